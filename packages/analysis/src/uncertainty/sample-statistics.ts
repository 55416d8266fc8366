/** Quantiles of a sample at 10, 50 and 90 %. */
export interface Band {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
}

/** The band of a sample of at least one number; between two of them linearly (Hyndman and Fan's definition 7). */
export function bandOf(sample: ArrayLike<number>): Band {
  const sorted = Float64Array.from(sample).sort();
  const at = (p: number): number => {
    const place = p * (sorted.length - 1);
    const below = sorted[Math.floor(place)] as number;
    return below + ((sorted[Math.ceil(place)] as number) - below) * (place % 1);
  };
  return { p10: at(0.1), p50: at(0.5), p90: at(0.9) };
}

/** Ranks from 1; equal values share the mean of theirs. O(n log n). */
export function ranksOf(values: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: values.length }, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end] as number] === values[order[i] as number]) end++;
    for (let k = i; k < end; k++) ranks[order[k] as number] = (i + end + 1) / 2;
    i = end;
  }
  return ranks;
}

/**
 * Share of the variance of a result that an input accounts for by itself, 0 to 1: the squared rank correlation (Spearman's ρ²) of both,
 * given their ranks. Where a result grows or falls with each of its independent inputs, these shares add up to nearly 1; what is left is
 * what inputs do together, and chance, about 1 ÷ samples for each (Saltelli et al., Global Sensitivity Analysis, 2008, chapter 1).
 */
export function varianceShare(input: Float64Array, result: Float64Array): number {
  const n = input.length;
  const mean = (n + 1) / 2;
  let [both, inputs, results] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [(input[i] as number) - mean, (result[i] as number) - mean];
    both += a * b;
    inputs += a * a;
    results += b * b;
  }
  return inputs === 0 || results === 0 ? 0 : both ** 2 / (inputs * results);
}
