import { geometricSum } from '../../queueing/truncated-geometric.ts';
import type { Distribution } from './distribution.ts';
import type { Complex } from './fourier.ts';
import { exponentialSpectrum, type Grid } from './grid.ts';

/**
 * With E the spectrum of one exponential time, the wait of those that wait is Σ r^j·E^(j+1) ÷ Σ r^j over j < n. Both sums are the polynomials
 * h(n) = Σ x^j·y^(n−1−j), of x = r·E and y = 1, or for r > 1 of x = E and y = 1/r, so that no power grows. They are doubled up: h(2n) = h(n)·(x^n + y^n),
 * h(n + 1) = x·h(n) + y^n.
 */
export function boundedWaitSpectrum(
  grid: Grid,
  { probability, ratio, places, each }: Extract<Distribution, { readonly kind: 'bounded-wait' }>,
): Complex {
  const one = exponentialSpectrum(grid, 1, each);
  const scale = Math.min(1, ratio);
  const y = ratio > 1 ? 1 / ratio : 1;
  const all = geometricSum(ratio > 1 ? y : ratio, places);
  const bits = bitsOf(places);
  for (let m = 0; m < one.re.length; m++) {
    const [u, v] = [one.re[m] as number, one.im[m] as number];
    const [a, b] = [scale * u, scale * v];
    let [h, k] = [0, 0];
    let [p, q] = [1, 0];
    let power = 1;
    for (const bit of bits) {
      [h, k] = [h * (p + power) - k * q, h * q + k * (p + power)];
      [p, q] = [p * p - q * q, 2 * p * q];
      power *= power;
      if (!bit) continue;
      [h, k] = [a * h - b * k + power, a * k + b * h];
      [p, q] = [p * a - q * b, p * b + q * a];
      power *= y;
    }
    one.re[m] = 1 - probability + (probability * (u * h - v * k)) / all;
    one.im[m] = (probability * (u * k + v * h)) / all;
  }
  return one;
}

/** Highest first; also of numbers that do not fit 32 bits. */
function bitsOf(n: number): boolean[] {
  const bits: boolean[] = [];
  for (let left = n; left > 0; left = Math.floor(left / 2)) bits.push(left % 2 === 1);
  return bits.reverse();
}
