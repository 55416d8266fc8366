import { type FlowEffect, formatTimes, type Measure, scenarioText } from '@sysd/core';
import { changeOf, type ScenarioColumn } from '../scenarios.ts';
import { designTitle } from './design-title.ts';
import { STATES } from './effects-text.ts';
import { dash, measureKey, measureText, measureTitle, missingParts, tellingMeasures } from './measures.ts';
import type { Told } from './parts.ts';

const MARKS = { more: ' ▲', less: ' ▼', known: ' *', unknown: ' *' } as const;

/** A design and its scenarios side by side; what differs from the first column is marked. */
export function scenariosParts(columns: readonly [ScenarioColumn, ...ScenarioColumn[]]): Told {
  const [baseline, ...others] = columns;
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
  return {
    title: `${designTitle(baseline.design)}, and its scenarios`,
    parts: [
      { lines: baseline.design.scenarios.map((s) => `${s.id}: ${scenarioText(s)}`) },
      { table: { header, rows } },
      { lines: ['▲ more than as it is, ▼ less, * other'] },
      ...missingParts(columns.flatMap((c) => c.measures.filter(isKnown))),
    ],
  };
}

function bottleneck({ headroom: [first] }: ScenarioColumn): string {
  if (!first) return dash;
  return 'value' in first.toFull ? `${first.component}, at ${formatTimes(first.toFull.value)}` : dash;
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
