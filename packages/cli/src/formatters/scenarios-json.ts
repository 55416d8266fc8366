import { targetText } from '@sysd/core';
import { changeOf, type ScenarioColumn } from '../scenarios.ts';
import { estimateIn } from './derivation.ts';
import { measureKey } from './measures.ts';

/** A design and its scenarios as plain data in base units (`schemas/scenarios.schema.json`); each number of a scenario says whether it differs. */
export function scenariosJson(columns: readonly ScenarioColumn[]): object {
  const [baseline] = columns;
  const before = new Map(baseline?.measures.map((m) => [measureKey(m), m]));
  return {
    version: 1,
    system: baseline?.design.id ?? '',
    ...(baseline?.design.set ? { set: baseline.design.set } : {}),
    ...(baseline?.design.horizon ? { in: { value: baseline?.design.horizon.value, unit: 's' } } : {}),
    ...(baseline?.design.traffic === undefined ? {} : { traffic: baseline.design.traffic }),
    columns: columns.map(({ design, measures, headroom, effects }, i) => ({
      ...(design.scenario === undefined ? {} : { scenario: design.scenario }),
      failed: design.failed.map(targetText),
      ...(headroom[0] ? { firstToSaturate: headroom[0].component } : {}),
      flows: effects.map(({ flow, completion, state }) => ({ flow, completion, state })),
      measures: measures.map((m) => {
        const change = i === 0 ? undefined : changeOf(before.get(measureKey(m)), m);
        return {
          ...(m.element === undefined ? {} : { element: m.element }),
          name: m.name,
          ...estimateIn(undefined, m.estimate),
          ...(change === undefined ? {} : { change }),
        };
      }),
    })),
  };
}
