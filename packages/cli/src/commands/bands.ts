import { bands } from '../bands.ts';
import { designsAmong } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { bandsJson } from '../formatters/bands-json.ts';
import { bandsText } from '../formatters/bands-text.ts';

export interface BandsOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** Number of samples; true for as many as are usual. */
  readonly bands: string | boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

const SAMPLES = 1000;
const [FEWEST, MOST] = [20, 100_000];

/** `sysd estimate --bands`: what the ranges in every design among the paths make of its results. */
export function estimateBands(paths: readonly string[], { format, bands: wanted, scenario, set, fail }: BandsOptions): string {
  if (format === 'csv') throw new CouldNotRun('--format csv is a form of sweeps; bands are told as text or json');
  const samples = typeof wanted === 'string' ? Number(wanted) : SAMPLES;
  if (!Number.isInteger(samples) || samples < FEWEST || samples > MOST)
    throw new CouldNotRun(`--bands ${wanted}: a number of samples from ${FEWEST} to ${MOST} is due here, or none for ${SAMPLES}`);
  const options = { ...(scenario === undefined ? {} : { scenario }), ...(set ? { set } : {}), ...(fail ? { fail } : {}) };
  const found = designsAmong(paths).map((uri) => bands(uri, samples, options));
  if (format === 'json') return `${JSON.stringify(found.map(bandsJson), null, 2)}\n`;
  return found.map(bandsText).join('\n');
}
