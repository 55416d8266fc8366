import type { Availability, Design, Estimate, FailureEvent } from '@sysd/core';
import { DerivationTable, estimateIn } from './derivation.ts';
import { targetText } from './design-title.ts';

/**
 * The availability as plain data in base units (`schemas/availability.schema.json`): shares of 1, times in seconds. What is unknown is
 * `{ notEstimated }`; with `explain` a figure has `derivation`, an index into `derivations`.
 */
export function availabilityJson(design: Design, availability: Availability, options: { readonly explain: boolean }): object {
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
    })),
    withoutAvailability: f.unknown.map((u) => ({ event: event(u.event), reason: u.reason })),
    overCapacity: f.overCapacity,
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
    ...(design.failed.length > 0 ? { failed: design.failed.map(targetText) } : {}),
    flows,
    ...(derivations ? { derivations: derivations.entries } : {}),
  };
}
