import type { FlowEffect, Measure, Scenario } from '@sysd/core';
import { changeOf, type ScenarioColumn } from '../scenarios.ts';
import { designTitle, targetText } from './design-title.ts';
import { STATES } from './effects-text.ts';
import { times } from './headroom-text.ts';
import { dash, measureKey, measureText, measureTitle, missingReasons, tellingMeasures } from './measures.ts';
import { table } from './table.ts';

const MARKS = { more: ' ▲', less: ' ▼', known: ' *', unknown: ' *' } as const;

/** A design and its scenarios side by side; what differs from the first column is marked. */
export function scenariosText(columns: readonly ScenarioColumn[]): string {
  const [baseline, ...others] = columns;
  if (!baseline) return '';
  const byKey = columns.map((c) => new Map(c.measures.map((m) => [measureKey(m), m])));
  const measures = [...new Map(columns.flatMap((c) => tellingMeasures(c.measures).map((m) => [measureKey(m), m]))).values()];
  const isKnown = (m: Measure) => byKey.some((column) => 'value' in (column.get(measureKey(m))?.estimate ?? {}));
  const numbers = measures.filter(isKnown).map((m) => {
    const key = measureKey(m);
    const cells = byKey.map((column, i) => {
      const measure = column.get(key);
      const change = i === 0 ? undefined : changeOf(byKey[0]?.get(key), measure);
      return `${measure ? measureText(measure) : dash}${change ? MARKS[change] : ''}`;
    });
    return [measureTitle(m), ...cells];
  });
  const rows = [
    ['first to saturate', ...columns.map(bottleneck)].map((cell, i, all) => (i > 1 && cell !== all[1] ? `${cell} *` : cell)),
    ...full(columns),
    ...states(columns),
    ...numbers,
  ];
  const header = ['', 'as it is', ...others.map((c) => c.design.scenario ?? '')];
  const reasons = missingReasons(columns.flatMap((c) => c.measures.filter((m) => isKnown(m))));
  return `${[
    `${designTitle(baseline.design)}, and its scenarios`,
    baseline.design.scenarios.map(scenarioLine).join('\n'),
    table(header, rows, ['left', ...columns.map(() => 'right' as const)]),
    '▲ more than as it is, ▼ less, * other',
    ...(reasons.length > 0 ? [`Not estimated (${dash}):\n${reasons.map((r) => `  ${r}`).join('\n')}`] : []),
  ].join('\n\n')}\n`;
}

/** What a scenario says, on a line. */
function scenarioLine({ id, overrides, fails }: Scenario): string {
  return `${id}: ${[...overrides.map((o) => `${o.path}: ${o.text}`), ...(fails.length > 0 ? [`fail ${fails.map(targetText).join(', ')}`] : [])].join('; ')}`;
}

function bottleneck({ headroom: [first] }: ScenarioColumn): string {
  if (!first) return dash;
  return 'value' in first.toFull ? `${first.component}, at ${times(first.toFull.value)}` : dash;
}

/** How many components are full, where any is in some column. */
function full(columns: readonly ScenarioColumn[]): string[][] {
  const counts = columns.map((c) => c.headroom.filter((h) => h.utilization.value > 1 + 1e-9).length);
  if (counts.every((n) => n === 0)) return [];
  return [
    [
      'components over capacity',
      ...counts.map((n, i) => `${n}${n === counts[0] || i === 0 ? '' : n > (counts[0] ?? 0) ? MARKS.more : MARKS.less}`),
    ],
  ];
}

/** Flows that do not go on as they are in some column where something has failed. */
function states(columns: readonly ScenarioColumn[]): string[][] {
  const name = (e: FlowEffect) => (e.completion ? `${e.flow}, completion` : e.flow);
  const rows = new Map<string, string[]>();
  columns.forEach((column, i) => {
    for (const effect of column.effects) {
      if (effect.state === 'unaffected') continue;
      const cells = rows.get(name(effect)) ?? columns.map(() => '');
      cells[i] = `${STATES[effect.state]}${i > 0 ? ' *' : ''}`;
      rows.set(name(effect), cells);
    }
  });
  return [...rows].map(([flow, cells]) => [flow, ...cells]);
}
