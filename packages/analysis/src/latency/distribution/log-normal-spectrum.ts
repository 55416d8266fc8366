import { type Complex, zeros } from './fourier.ts';
import { addDelayed, FREQUENCIES, type Grid, POINTS, spectrumOf } from './grid.ts';
import { normalCdf } from './normal.ts';

/** Masses of a log-normal rounded down to the grid; what rounding takes from the mean is given back as a delay of less than a step. */
export function logNormalSpectrum({ step }: Grid, mu: number, sigma: number): Complex {
  const masses = new Float64Array(POINTS);
  const z = (k: number): number => (Math.log(k * step) - mu) / sigma;
  let below = 0;
  let rounded = 0;
  for (let k = 0; k < POINTS; k++) {
    const next = normalCdf(z(k + 1));
    masses[k] = next - below;
    rounded += k * (next - below);
    below = next;
  }
  // Mean of the part that lies on the grid, in steps.
  const mean = (Math.exp(mu + sigma ** 2 / 2) * normalCdf(z(POINTS) - sigma)) / step;
  const delay = below > 0 ? Math.min(1, Math.max(0, (mean - rounded) / below)) : 0;
  const spectrum = zeros(FREQUENCIES);
  addDelayed(spectrum, spectrumOf(masses), delay, 1);
  return spectrum;
}
