import { type Estimate, type FailureEvent, type Improvement, targetText } from '@sysd/core';
import type { AvailabilityAnswer } from '../availability-answer.ts';
import { verdictsOf } from './availability-numbers.ts';
import { DerivationTable, estimateIn } from './derivation.ts';
import type { Found } from './improvements-text.ts';

/**
 * The availability as plain data in base units (`schemas/availability.schema.json`): shares of 1, times in seconds. What is unknown is
 * `{ notEstimated }`; with `explain` a figure has `derivation`, an index into `derivations`.
 */
export function availabilityJson(answer: AvailabilityAnswer, options: { readonly explain: boolean }): object {
  const { design, availability, failed, improvements } = answer;
  const derivations = options.explain ? new DerivationTable() : undefined;
  const figure = (estimate: Estimate): object => estimateIn(derivations, estimate);
  const event = (e: FailureEvent) => ({
    id: e.id,
    kind: e.kind,
    element: e.element,
    ...(e.place === undefined ? {} : { place: e.place }),
    label: e.label,
  });
  const flows = availability.flows.map((f) => ({
    flow: f.flow,
    completion: f.completion,
    availability: figure(f.availability),
    unavailability: figure(f.unavailability),
    ...(f.between ? { between: { low: f.between.low.value, high: f.between.high.value } } : {}),
    downtimePerYear: figure(f.downtime),
    objectives: f.objectives.map((o) => ({
      relation: o.objective.relation,
      bound: o.objective.bound.value,
      verdict: o.verdict,
      allowedDowntimePerYear: figure(o.allowed),
      usedErrorBudget: figure(o.used),
      ...improvementsIn(improvements.get(o), figure),
    })),
    withoutAvailability: f.unknown.map((u) => ({ event: event(u.event), reason: u.reason })),
    overCapacity: f.overCapacity.map((o) => o.component),
    ...(failed.has(f) ? { failedAlready: failed.get(f) } : {}),
    conditionalSteps: f.conditionalSteps,
    ...(f.shiftsUpTo === undefined ? {} : { loadShiftsUpTo: f.shiftsUpTo }),
    singleFailures: f.singles.map(event),
    pairs: 'notEstimated' in f.pairs ? f.pairs : f.pairs.map((p) => ({ events: [event(p.first), event(p.second)], same: p.same })),
    cutSets: f.cutSets,
    importance: f.importance.map((i) => ({
      event: event(i.event),
      count: i.count,
      probability: figure(i.probability),
      birnbaum: i.birnbaum,
      criticality: i.criticality,
    })),
  }));
  return {
    version: 1,
    system: design.id,
    ...(design.scenario ? { scenario: design.scenario } : {}),
    ...(design.set ? { set: design.set } : {}),
    ...(design.horizon ? { in: { value: design.horizon.value, unit: 's' } } : {}),
    ...(design.traffic === undefined ? {} : { traffic: design.traffic }),
    ...(design.failed.length > 0 ? { failed: design.failed.map(targetText) } : {}),
    objectives: verdictsOf(availability),
    flows,
    ...(derivations ? { derivations: derivations.entries } : {}),
  };
}

function improvementsIn(found: Found | undefined, figure: (estimate: Estimate) => object): object {
  if (!found) return {};
  if ('notEstimated' in found) return { improvements: found };
  const change = ({ fix, availability, unavailability, cost, met }: Improvement) => ({
    title: fix.title,
    edits: fix.edits.flatMap((e) => (e.kind === 'set-property' ? [{ element: e.on, property: e.property, value: e.value }] : [])),
    availability: figure(availability),
    unavailability: figure(unavailability),
    addedCost: figure(cost),
    met,
  });
  const { changes, path, met, cost, computed, bounded } = found;
  return {
    improvements: {
      met,
      addedCost: figure(cost),
      path: path.map(change),
      changes: changes.map(change),
      designsComputed: computed,
      bounded,
    },
  };
}
