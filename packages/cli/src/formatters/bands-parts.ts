import { formatQuantity, formatRatio } from '@sysd/core';
import type { Bands, MeasureBand } from '../bands.ts';
import { designTitle } from './design-title.ts';
import { measureText, measureTitle, measureValue, tellingMeasures } from './measures.ts';
import { grouped } from './numbers.ts';
import type { Part, Told } from './parts.ts';
import type { Table } from './table.ts';

/** Shares below are not told one by one. */
const LEAST_SHARE = 0.05;

/** Bands as a table, what the uncertainty of each number comes from, and how often limits are kept. */
export function bandsParts(bands: Bands): Told {
  const { design, inputs, samples, measures, unknown, overCapacity, expectations } = bands;
  const telling = new Set(tellingMeasures([...measures, ...unknown].map((m) => m.measure)));
  const shown = measures.filter((m) => telling.has(m.measure));
  const rows = shown.map(({ measure, dimension, band, ...rest }) => {
    const value = (x: number) => measureValue(measure.name, x, dimension);
    return [measureTitle(measure), measureText(measure), value(band.p10), value(band.p50), value(band.p90), sources(bands, { ...rest })];
  });
  const inputRows = inputs.map((input) => [
    input.name,
    input.text,
    input.distribution,
    formatQuantity(input.low + (input.high - input.low) / 2, input.dimension, 4),
  ]);
  const unknownTelling = unknown.filter((u) => telling.has(u.measure));
  const found: Part =
    rows.length > 0
      ? {
          table: {
            header: ['Result', 'as written', 'P10', 'P50', 'P90', 'share of the variance'],
            rows,
            align: ['left', 'right', 'right', 'right', 'right', 'left'],
          },
        }
      : { lines: ['No result depends on them.'] };
  const bars = tornado(bands, shown);
  const over = overCapacity.map(({ component, share }) => `${component} is over capacity in ${formatRatio(share)} of the samples.`);
  const expected = expectations.map((e) => `expect ${e.text}: holds in ${formatRatio(e.holds)} of the samples`);
  const without = unknownTelling.map((u) => `${measureTitle(u.measure)}, in ${formatRatio(u.samples / samples)}: ${u.reason}`);
  return {
    title: `${designTitle(design)}: bands of ${grouped(samples)} samples`,
    parts: [
      {
        table: { header: ['Uncertain', '90 % interval', 'taken as', 'middle'], rows: inputRows, align: ['left', 'left', 'left', 'right'] },
      },
      found,
      ...(bars && bars.rows.length > 0 ? [{ table: bars }] : []),
      ...(over.length > 0 ? [{ lines: over }] : []),
      ...(expected.length > 0 ? [{ lines: expected }] : []),
      ...(without.length > 0 ? [{ heading: 'Not estimated in some samples, and so without a band', lines: without }] : []),
    ],
  };
}

/** The inputs that account for most of a result, the greatest share first. */
function sources({ inputs }: Bands, { shares }: Pick<MeasureBand, 'shares'>): string {
  return ranked(shares)
    .filter(({ share }) => share >= LEAST_SHARE)
    .map(({ index, share }) => `${inputs[index]?.name} ${formatRatio(share)}`)
    .join(', ');
}

const ranked = (shares: readonly number[]) => shares.map((share, index) => ({ share, index })).sort((a, b) => b.share - a.share);

const BAR = 30;

/** Totals of the design: what their uncertainty comes from, as bars. */
function tornado({ inputs }: Bands, shown: readonly MeasureBand[]): Table | undefined {
  const totals = shown.filter((m) => m.measure.element === undefined);
  if (totals.length === 0 || inputs.length < 2) return undefined;
  const rows = totals.flatMap(({ measure, shares }) => {
    const told = ranked(shares).filter(({ share }) => share >= 0.01);
    const left = 1 - told.reduce((n, { share }) => n + share, 0);
    const lines = told.map(({ index, share }, i) => [
      i === 0 ? measureTitle(measure) : '',
      inputs[index]?.name ?? '',
      formatRatio(share),
      bar(share),
    ]);
    return left >= LEAST_SHARE ? [...lines, ['', 'together, or chance', formatRatio(left), bar(left)]] : lines;
  });
  return { header: ['Uncertainty of', 'comes from', 'share', ''], rows, align: ['left', 'left', 'right', 'left'] };
}

const bar = (share: number): string => '█'.repeat(Math.max(1, Math.round(share * BAR)));
