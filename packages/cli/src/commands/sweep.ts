import { designsAmong } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { shortName } from '../files.ts';
import { CHART_MARK, sweepChart } from '../formatters/sweep-chart.ts';
import { sweepCsv, sweepJson } from '../formatters/sweep-data.ts';
import { sweepText } from '../formatters/sweep-text.ts';
import { readSweep, sweep } from '../sweep.ts';
import { writeFile } from '../write.ts';

export interface SweepOptions {
  readonly format: 'text' | 'json' | 'csv';
  /** `users.daily-active=1M..1G:13`. */
  readonly sweep: string;
  readonly chart?: string;
  readonly force?: boolean;
  readonly scenario?: string;
  readonly set?: readonly string[];
  readonly fail?: readonly string[];
}

/** `sysd estimate --sweep`: what a value that runs over a range makes of one design. With `chart` also as a drawing in that file. */
export function sweepDesign(paths: readonly string[], options: SweepOptions): string {
  const spec = readSweep(options.sweep);
  const [uri, ...more] = designsAmong(paths);
  if (uri === undefined || more.length > 0)
    throw new CouldNotRun(
      `--sweep is for one design, and there are ${more.length + 1}: name one of ${[uri ?? '', ...more].map(shortName).join(', ')}`,
    );
  const swept = sweep(uri, spec, options);
  if (options.chart !== undefined)
    writeFile(options.chart, sweepChart(swept), { force: options.force ?? false, isOurs: (old) => old.includes(CHART_MARK) });
  switch (options.format) {
    case 'csv':
      return sweepCsv(swept);
    case 'json':
      return `${JSON.stringify(sweepJson(swept), null, 2)}\n`;
    case 'text':
      return sweepText(swept);
  }
}
