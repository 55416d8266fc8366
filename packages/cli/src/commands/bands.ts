import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { bands } from '../bands.ts';
import { eachDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { bandsJson } from '../formatters/bands-json.ts';
import { bandsParts } from '../formatters/bands-parts.ts';
import { toldMarkdown, toldText } from '../formatters/parts.ts';
import { lowerOptionsOf } from '../lower-options.ts';

export interface BandsOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  /** How many; as many as are usual where not said. */
  readonly samples?: string;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly traffic?: number;
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
}

const SAMPLES = 1000;
const [FEWEST, MOST] = [20, 100_000];

/** `sysd estimate --bands`: what the ranges in every design among the paths make of its results. */
export function estimateBands(paths: readonly string[], { format, samples: wanted, ...given }: BandsOptions): Answer {
  if (format === 'csv') throw new CouldNotRun('--bands has no form csv: they are told as text, json or markdown');
  const samples = wanted === undefined ? SAMPLES : Number(wanted);
  if (!Number.isInteger(samples) || samples < FEWEST || samples > MOST)
    throw new CouldNotRun(
      `--samples ${wanted}: a whole number from ${FEWEST} to ${MOST} is due here; without it there are ${SAMPLES} samples`,
    );
  const options = lowerOptionsOf(given);
  const { designs, notes, broken } = eachDesign(paths, options, (lowered) => bands(lowered, samples, options));
  const told = format === 'markdown' ? toldMarkdown : toldText;
  const output =
    format === 'json' ? `${JSON.stringify(designs.map(bandsJson), null, 2)}\n` : designs.map((d) => told(bandsParts(d))).join('\n');
  return { output, notes, code: broken ? 2 : 0 };
}
