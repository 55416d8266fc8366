import { availabilityOf, eventProbability, loadedDesign, statesOf } from '@sysd/analysis';
import { type Availability, type Design, type FailureEvent, type FlowAvailability, known, type ObjectiveResult } from '@sysd/core';
import { designBench, finish, improvementsOf } from '@sysd/language';
import { readText } from './files.ts';
import type { Found } from './formatters/improvements-text.ts';
import { lowerOptionsOf } from './lower-options.ts';

/** The availability of a design with what is said of it to people. */
export interface AvailabilityAnswer {
  readonly design: Design;
  readonly availability: Availability;
  /** Why flows have failed already, with what has failed in the design; only those that have. */
  readonly failed: ReadonlyMap<FlowAvailability, readonly string[]>;
  /** Events that happen, as the design says, with probability 0: an availability of 100 %. */
  readonly isNever: (event: FailureEvent) => boolean;
  /** What brings missed objectives nearer. */
  readonly improvements: ReadonlyMap<ObjectiveResult, Found>;
}

export function availabilityAnswer(design: Design): AvailabilityAnswer {
  const loaded = loadedDesign(design);
  const availability = availabilityOf(design, loaded);
  const down = availability.flows.filter(hasFailed);
  const states = down.length > 0 ? statesOf(design, loaded) : [];
  const failed = new Map(
    down.map((f) => {
      const state = states.find((s) => s.flow === f.flow && s.completion === f.completion);
      return [f, (state?.reasons ?? []).map((r) => r.text)];
    }),
  );
  const isNever = (event: FailureEvent): boolean => known(eventProbability(design, { ...event, count: 1, failed: 0 })) === 0;
  return { design, availability, failed, isNever, improvements: improvementsIn(design, availability) };
}

/** Nothing more need fail. */
function hasFailed({ unavailability, cutSets, singles }: FlowAvailability): boolean {
  return ('ofOrder' in cutSets && (cutSets.ofOrder[0] ?? 0) > 0) || (known(unavailability) === 1 && singles.length === 0);
}

/** For each missed objective; not while something has failed, as the objective speaks of the whole year. */
function improvementsIn(design: Design, { flows }: Availability): ReadonlyMap<ObjectiveResult, Found> {
  const found = new Map<ObjectiveResult, Found>();
  if (design.failed.length > 0) return found;
  const source = { readText, bench: designBench(design.uri, lowerOptionsOf(design)) };
  for (const { flow, completion, objectives } of flows) {
    for (const result of objectives) {
      if (result.verdict !== 'missed') continue;
      const answer = finish(improvementsOf(source, { flow, completion, objective: result.objective }));
      found.set(result, 'notEstimated' in answer ? answer : answer.improvements);
    }
  }
  return found;
}
