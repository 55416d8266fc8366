import { bands } from '../bands.ts';
import { designsAmong } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { bandsJson } from '../formatters/bands-json.ts';
import { bandsText } from '../formatters/bands-text.ts';

export interface BandsOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** How many; as many as are usual where not said. */
  readonly samples?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

const SAMPLES = 1000;
const [FEWEST, MOST] = [20, 100_000];

/** `sysd estimate --bands`: what the ranges in every design among the paths make of its results. */
export function estimateBands(paths: readonly string[], { format, samples: wanted, scenario, set, fail }: BandsOptions): string {
  if (format === 'csv') throw new CouldNotRun('--format csv is a form of sweeps; bands are told as text or json');
  const samples = wanted === undefined ? SAMPLES : Number(wanted);
  if (!Number.isInteger(samples) || samples < FEWEST || samples > MOST)
    throw new CouldNotRun(
      `--samples ${wanted}: a whole number from ${FEWEST} to ${MOST} is due here; without it there are ${SAMPLES} samples`,
    );
  const options = { ...(scenario === undefined ? {} : { scenario }), ...(set ? { set } : {}), ...(fail ? { fail } : {}) };
  const found = designsAmong(paths).map((uri) => bands(uri, samples, options));
  if (format === 'json') return `${JSON.stringify(found.map(bandsJson), null, 2)}\n`;
  return found.map(bandsText).join('\n');
}
