import type { Distribution } from './distribution.ts';
import { POINTS } from './grid.ts';
import { onGrid } from './on-grid.ts';
import { gridAround, stepOf } from './quantiles.ts';

/** P(T > limit), to about 10⁻³ of the share and 10⁻⁸. `limit` in s, above 0. */
export function shareBeyond(d: Distribution, limit: number): number {
  const level = gridAround(limit);
  const { shift, cdf } = onGrid(d, { step: stepOf(level) });
  if (!cdf || limit < shift) return shift > limit ? 1 : 0;
  // The mass of a point lies half before it and half behind.
  const at = (limit - shift) / stepOf(level) + 0.5;
  const point = Math.min(POINTS - 1, Math.floor(at));
  const before = point === 0 ? 0 : (cdf[point - 1] as number);
  return Math.min(1, Math.max(0, 1 - before - (at - point) * ((cdf[point] as number) - before)));
}
