import { boundedWaitSpectrum } from './bounded-wait-spectrum.ts';
import type { Distribution } from './distribution.ts';
import { fold } from './fold.ts';
import { type Complex, zeros } from './fourier.ts';
import {
  addDelayed,
  copyOf,
  cumulative,
  differences,
  exponentialSpectrum,
  FREQUENCIES,
  type Grid,
  massesOf,
  multiply,
  POINTS,
  power,
  spectrumOf,
} from './grid.ts';
import { logNormalSpectrum } from './log-normal-spectrum.ts';

/** A distribution on a grid that begins at its `shift` (s); without spectrum it is that constant. */
interface Placed {
  readonly shift: number;
  readonly spectrum?: Complex;
}

/** A distribution function: `cdf[k]` is P(T ≤ shift + (k + ½)·h), right for all that is on the grid; without it T is the constant `shift`. */
export interface OnGrid {
  readonly shift: number;
  readonly cdf?: Float64Array;
}

/**
 * The distribution function on a grid. Constants are kept apart, so that they stay exact; sums and mixtures are products and sums of transforms;
 * what runs at once is the product of distribution functions.
 */
export function onGrid(whole: Distribution, grid: Grid): OnGrid {
  const { shift, spectrum } = fold<Placed>(whole, (d, parts, own) => place(grid, d, parts, own));
  return spectrum ? { shift, cdf: cumulative(massesOf(spectrum)) } : { shift };
}

function place(grid: Grid, d: Distribution, parts: readonly Placed[], own: readonly boolean[]): Placed {
  const [first] = parts as [Placed];
  switch (d.kind) {
    case 'constant':
      return { shift: d.time };
    case 'exponential':
      return { shift: 0, spectrum: exponentialSpectrum(grid, d.probability, d.mean) };
    case 'bounded-wait':
      return { shift: 0, spectrum: boundedWaitSpectrum(grid, d) };
    case 'log-normal':
      return { shift: 0, spectrum: logNormalSpectrum(grid, d.mu, d.sigma) };
    case 'sum':
      return placeSum(parts, own);
    case 'mixture':
      return placeMixture(
        grid,
        parts,
        d.parts.map((p) => p.share),
      );
    case 'repeated': {
      const shift = first.shift * d.times;
      return first.spectrum ? { shift, spectrum: power(first.spectrum, d.times) } : { shift };
    }
    case 'slowest':
      return placeSlowest(grid, parts);
    case 'slowest-of':
      return first.spectrum
        ? { shift: first.shift, spectrum: fromCdf(cumulative(massesOf(first.spectrum)).map((p) => Math.min(1, p) ** d.times)) }
        : first;
    case 'at-most':
      return placeAtMost(grid, first, d.limit);
  }
}

const fromCdf = (cdf: Float64Array): Complex => spectrumOf(differences(cdf));

function placeSum(parts: readonly Placed[], own: readonly boolean[]): Placed {
  let shift = 0;
  let spectrum: Complex | undefined;
  for (const [i, part] of parts.entries()) {
    shift += part.shift;
    if (!part.spectrum) continue;
    if (spectrum) multiply(spectrum, part.spectrum);
    else spectrum = own[i] ? part.spectrum : copyOf(part.spectrum);
  }
  return spectrum ? { shift, spectrum } : { shift };
}

function placeMixture({ step }: Grid, parts: readonly Placed[], shares: readonly number[]): Placed {
  const shift = earliest(parts);
  const spectrum = zeros(FREQUENCIES);
  for (const [i, part] of parts.entries()) addDelayed(spectrum, part.spectrum, (part.shift - shift) / step, shares[i] as number);
  return { shift, spectrum };
}

const earliest = (parts: readonly Placed[]): number => parts.reduce((least, p) => Math.min(least, p.shift), Number.POSITIVE_INFINITY);

function placeSlowest({ step }: Grid, parts: readonly Placed[]): Placed {
  const random = parts.filter((p) => p.spectrum);
  const shift = earliest(random.length > 0 ? random : parts);
  const cdf = new Float64Array(POINTS).fill(1);
  const latest = random.reduce((most, p) => Math.max(most, p.shift), shift);
  for (const part of parts) {
    // Something else surely takes as long as that.
    if (!part.spectrum && part.shift <= latest) continue;
    const delayed = zeros(FREQUENCIES);
    addDelayed(delayed, part.spectrum, (part.shift - shift) / step, 1);
    const own = cumulative(massesOf(delayed));
    for (let k = 0; k < POINTS; k++) cdf[k] = (cdf[k] as number) * Math.min(1, own[k] as number);
  }
  return { shift, spectrum: fromCdf(cdf) };
}

function placeAtMost({ step }: Grid, { shift, spectrum }: Placed, limit: number): Placed {
  if (limit <= shift || !spectrum) return { shift: Math.min(shift, limit) };
  const at = (limit - shift) / step;
  const whole = Math.floor(at);
  if (whole >= POINTS) return { shift, spectrum };
  const cdf = cumulative(massesOf(spectrum));
  const before = Math.min(1, cdf[whole] as number);
  cdf[whole] = before + (1 - before) * (1 - (at - whole));
  cdf.fill(1, whole + 1);
  return { shift, spectrum: fromCdf(cdf) };
}
