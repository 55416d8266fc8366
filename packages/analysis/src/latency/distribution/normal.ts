/** Φ(x), distribution function of the standard normal, to about 15 digits. */
export function normalCdf(x: number): number {
  const t = Math.abs(x) / Math.SQRT2;
  const upper = t < 2.5 ? (1 - erfSeries(t)) / 2 : erfcFraction(t) / 2;
  return x > 0 ? 1 - upper : upper;
}

/** erf by its series e^(−t²)·2t/√π·Σ (2t²)^n / (1·3·5…(2n+1)): all terms positive. Abramowitz & Stegun 7.1.6. */
function erfSeries(t: number): number {
  let term = t;
  let sum = t;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * t * t) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-t * t) * sum;
}

/** erfc for t ≥ 2.5 by its continued fraction from the inside out. Abramowitz & Stegun 7.1.14. */
function erfcFraction(t: number): number {
  if (t > 27) return 0;
  let fraction = t;
  for (let n = 60; n >= 1; n--) fraction = t + n / 2 / fraction;
  return Math.exp(-t * t) / Math.sqrt(Math.PI) / fraction;
}
