import { formatQuantity, formatRatio } from '@sysd/core';
import type { Sweep, SweepPoint } from '../sweep.ts';
import { designTitle } from './design-title.ts';
import { dash, measureText, missingParts } from './measures.ts';
import type { Told } from './parts.ts';
import type { Align } from './table.ts';

/** The value of a point as people read it. */
const valueText = ({ spec }: Sweep, value: number): string => formatQuantity(value, spec.dimension, 3);

/** What runs over the range, with the words that stand behind each value: `api.replicas (across us)`. */
export const sweptName = ({ spec }: Sweep): string => (spec.suffix === '' ? spec.path : `${spec.path} (${spec.suffix})`);

/** Components that are full, the fullest first. */
export const overCapacity = ({ headroom }: SweepPoint): string[] =>
  headroom.filter((h) => h.utilization.value > 1 + 1e-9).map((h) => h.component);

/** The sweep as a table: a line a value, and between which values components become full. */
export function sweepParts(sweep: Sweep): Told {
  const { points } = sweep;
  const [first] = points;
  const last = points.at(-1) ?? first;
  const total = (point: SweepPoint, name: string) => {
    const measure = point.measures.find((m) => m.element === undefined && m.name === name);
    return measure ? measureText(measure) : dash;
  };
  const priced = points.some((p) => p.measures.some((m) => m.element === undefined && m.name === 'cost-per-month'));
  const rows = points.map((point) => {
    const [bottleneck] = point.headroom;
    return [
      valueText(sweep, point.value),
      total(point, 'rate-at-peak'),
      total(point, 'instances-needed'),
      bottleneck?.component ?? dash,
      bottleneck ? formatRatio(bottleneck.utilization.value) : dash,
      named(overCapacity(point)),
      total(point, 'stored-per-day'),
      ...(priced ? [total(point, 'cost-per-month')] : []),
    ];
  });
  const header = [
    sweptName(sweep),
    'requests at peak',
    'instances needed',
    'first to saturate',
    'utilisation',
    'over capacity',
    'stored a day, all copies',
    ...(priced ? ['cost a month'] : []),
  ];
  const align: Align[] = ['right', 'right', 'right', 'left', 'right', 'left'];
  const { set: _, ...base } = first.design;
  const others = (first.design.set ?? []).slice(0, -1);
  const title = `${designTitle(others.length > 0 ? { ...base, set: others } : base)}: ${sweptName(sweep)} from ${valueText(sweep, first.value)} to ${valueText(sweep, last.value)}, ${points.length} steps`;
  return {
    title,
    parts: [
      { table: { header, rows, align } },
      { lines: crossings(sweep) },
      ...missingParts(points.flatMap((p) => p.measures.filter((m) => m.element === undefined))),
    ],
  };
}

const named = (names: readonly string[]): string =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');

/** Where components become full, and where they cease to be, in the order of the values. */
function crossings(sweep: Sweep): string[] {
  const { points } = sweep;
  const lines = points.flatMap((point, i) => {
    const at = valueText(sweep, point.value);
    const full = overCapacity(point);
    const before = points[i - 1];
    if (!before) return full.length > 0 ? [`Already at ${at}: ${full.join(', ')} ${full.length === 1 ? 'is' : 'are'} over capacity.`] : [];
    const was = overCapacity(before);
    const between = `Between ${valueText(sweep, before.value)} and ${at}`;
    const come = full.filter((c) => !was.includes(c));
    const gone = was.filter((c) => !full.includes(c));
    return [
      ...(come.length > 0 ? [`${between}: ${come.join(', ')} ${come.length === 1 ? 'becomes' : 'become'} full.`] : []),
      ...(gone.length > 0 ? [`${between}: ${gone.join(', ')} ${gone.length === 1 ? 'is' : 'are'} no longer full.`] : []),
    ];
  });
  if (lines.length > 0) return lines;
  const most = Math.max(0, ...points.map((p) => p.headroom[0]?.utilization.value ?? 0));
  return [`Nothing becomes full on the way: at most ${formatRatio(most)}.`];
}
