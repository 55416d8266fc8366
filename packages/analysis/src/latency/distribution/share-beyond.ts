import type { Distribution } from './distribution.ts';
import { POINTS } from './grid.ts';
import { onGrid } from './on-grid.ts';
import { gridAround, stepOf } from './quantiles.ts';

/** Of a step: what times are off by that were added up. */
const ROUNDING = 1e-6;

/**
 * P(T > limit), to about 10⁻³ of the share and 10⁻⁸. `limit` in s, above 0. What takes just as long as the limit lies on the two points around it and is
 * not beyond: the mass of both counts as before, but for what lies behind the limit if they hold no more than the lesser of their neighbours.
 */
export function shareBeyond(d: Distribution, limit: number): number {
  const level = gridAround(limit);
  const { shift, cdf } = onGrid(d, { step: stepOf(level) });
  if (!cdf || limit < shift) return shift > limit ? 1 : 0;
  const at = (limit - shift) / stepOf(level);
  const point = Math.min(POINTS - 1, Math.floor(at + ROUNDING) + 1);
  const upTo = (k: number): number => (k < 0 ? 0 : (cdf[Math.min(POINTS - 1, k)] as number));
  const mass = (k: number): number => upTo(k) - upTo(k - 1);
  // The mass of a point lies half before it and half behind.
  const behind = Math.max(0, point + 0.5 - at) * Math.min(mass(point - 2), mass(point + 1));
  return Math.min(1, Math.max(0, 1 - upTo(point) + behind));
}
