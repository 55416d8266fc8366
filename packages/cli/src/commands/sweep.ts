import type { Quantity } from '@sysd/core';
import type { Answer } from '../answer.ts';
import { designNamed } from '../designs.ts';
import { toldMarkdown, toldText } from '../formatters/parts.ts';
import { CHART_MARK, sweepChart } from '../formatters/sweep-chart.ts';
import { sweepCsv, sweepJson } from '../formatters/sweep-data.ts';
import { sweepParts } from '../formatters/sweep-parts.ts';
import { lowerOptionsOf } from '../lower-options.ts';
import { readSweep, type Sweep, sweep } from '../sweep.ts';
import { writeFile } from '../write.ts';

export interface SweepOptions {
  readonly format: 'text' | 'json' | 'markdown' | 'csv';
  /** `users.daily-active=1M..1G:13`. */
  readonly sweep: string;
  readonly chart?: string;
  readonly force?: boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly traffic?: number;
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
}

/** `sysd estimate --sweep`: what a value that runs over a range makes of one design. With `chart` also as a drawing in that file. */
export function sweepDesign(paths: readonly string[], options: SweepOptions): Answer {
  const { chart, force = false } = options;
  const spec = readSweep(options.sweep);
  const lowering = lowerOptionsOf(options);
  const swept = sweep(designNamed(...paths), spec, lowering);
  const notes = chart === undefined ? [] : writeFile(chart, sweepChart(swept), { force, isOurs: (old) => old.includes(CHART_MARK) });
  return { output: written(swept, options.format), notes, code: 0 };
}

function written(swept: Sweep, format: SweepOptions['format']): string {
  switch (format) {
    case 'csv':
      return sweepCsv(swept);
    case 'json':
      return `${JSON.stringify(sweepJson(swept), null, 2)}\n`;
    case 'markdown':
      return toldMarkdown(sweepParts(swept));
    case 'text':
      return toldText(sweepParts(swept));
  }
}
