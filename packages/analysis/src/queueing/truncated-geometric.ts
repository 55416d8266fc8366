/**
 * A number J from 0 to n − 1 with weights r^J, r ≥ 0 and n ≥ 1: how many wait already, seen by one who has to wait in a bounded queue. Its moments are
 * the derivatives of ln Σ e^(jx) at x = ln r; r and 1/r mirror each other. Near r = 1, where the differences would cancel, their series.
 */
const SMALL = 1e-4;

/** Σ r^j over j < n for r ≤ 1. */
export function geometricSum(ratio: number, n: number): number {
  if (n === 0 || ratio === 1) return n;
  return -Math.expm1(n * Math.log(ratio)) / (1 - ratio);
}

/** Mean of J. */
export function meanPosition(ratio: number, n: number): number {
  if (ratio > 1) return n - 1 - meanPosition(1 / ratio, n);
  const x = -Math.log(ratio);
  if (n * x < SMALL) return (n - 1) / 2 - ((n * n - 1) * x) / 12;
  return 1 / Math.expm1(x) - n / Math.expm1(n * x);
}

/** Variance of J. */
export function positionVariance(ratio: number, n: number): number {
  const x = Math.abs(Math.log(ratio));
  if (n * x < SMALL) return (n * n - 1) / 12;
  return Math.max(0, (0.5 / Math.sinh(x / 2)) ** 2 - ((0.5 * n) / Math.sinh((n * x) / 2)) ** 2);
}
