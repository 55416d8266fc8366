/** Σ k^−s for k = first … last, s ≥ 0: direct for the first terms, then Euler–Maclaurin, to about 13 digits; the time does not grow with `last`. */
export function powerSum(first: number, last: number, s: number): number {
  if (last < first) return 0;
  const direct = Math.min(last, Math.max(first, DIRECT));
  let sum = 0;
  // Small terms first.
  if (direct < last) sum = tail(direct + 1, last, s);
  for (let k = direct; k >= first; k--) sum += k ** -s;
  return sum;
}

const DIRECT = 200;

/** Euler–Maclaurin over [a, b] for f(x) = x^−s, with the terms of f' and f'''. */
function tail(a: number, b: number, s: number): number {
  const f = (x: number) => x ** -s;
  const first = (x: number) => -s * x ** (-s - 1);
  const third = (x: number) => -s * (s + 1) * (s + 2) * x ** (-s - 3);
  // With steep exponents nothing is left of the tail, and s³ would overflow.
  if (f(a) === 0) return 0;
  return integral(a, b, s) + (f(a) + f(b)) / 2 + (first(b) - first(a)) / 12 - (third(b) - third(a)) / 720;
}

/** ∫ x^−s over [a, b] = a^(1−s)·(e^((1−s)·ln(b/a)) − 1)/(1 − s), without cancellation at s near 1. */
function integral(a: number, b: number, s: number): number {
  const width = Math.log(b / a);
  const e = (1 - s) * width;
  return a ** (1 - s) * width * (e === 0 ? 1 : Math.expm1(e) / e);
}
