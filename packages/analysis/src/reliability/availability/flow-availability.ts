import {
  type AvailabilityRange,
  COUNT,
  type CutSetNumbers,
  type Estimate,
  type EventImportance,
  type FailureEvent,
  type Figure,
  type Flow,
  type FlowAvailability,
  type Hop,
  type NotEstimated,
  notEstimated,
  type OverCapacity,
  TIME,
} from '@sysd/core';
import { compute } from '../../figure/make.ts';
import { maxUtilization } from '../../traffic/capacity.ts';
import type { FailureContext } from '../component-failure.ts';
import type { ExactOptions } from '../exact/exact-reliability.ts';
import type { EventClass } from '../fault-tree.ts';
import { flowFailure } from '../flow-failure.ts';
import { withOverload } from '../load-shifts/overload.ts';
import type { LoadedDesign } from '../loaded-design.ts';
import { isOverCapacity, overCapacityText } from '../over-capacity.ts';
import { singleFailures } from '../single-failures.ts';
import { A_YEAR, objectiveResults, type Reached } from './objectives.ts';
import { failurePairs } from './pairs.ts';
import { type Reliability, reliabilityOf } from './reliability.ts';

/** What the author may write of it, without the state of the scenario. */
const eventOf = ({ count: _count, failed: _failed, ...event }: EventClass): FailureEvent => event;

export interface FlowOptions extends Omit<ExactOptions, 'choiceOf'> {
  /** Words of bit sets beyond which pairs are not sought. */
  readonly mostPairWords?: number;
}

/** Availability of a flow's answer or completion with its failure function. `at` is the place of an event in the text. */
export function flowAvailability(
  context: LoadedDesign['shifting'],
  flow: Flow,
  completion: boolean,
  at: (event: FailureEvent) => number,
  options: FlowOptions,
): FlowAvailability {
  const { tree } = flowFailure(context, flow, completion);
  const pass = singleFailures(tree);
  const inOrder = (a: number, b: number) => at(tree.events[a] as EventClass) - at(tree.events[b] as EventClass) || a - b;
  const event = (index: number): FailureEvent => eventOf(tree.events[index] as EventClass);
  const pairs = failurePairs(tree, pass, options.mostPairWords);
  const what = completion ? `the completion of ${flow.id}` : flow.id;
  const found = reliabilityOf(context.design, tree, options);
  const reached = reachedOf(what, found);
  const { unavailability, between } = reached;
  const overCapacity = overCapacityOf(context, flow);
  const peak = overCapacity.length > 0 ? flowFailure(withOverload({ ...context, shifts: [] }), flow, completion).tree : undefined;
  const overloaded = peak && singleFailures(peak).fails[peak.top] ? overCapacity.map(overCapacityText).join(', ') : undefined;
  return {
    flow: flow.id,
    completion,
    availability: complement(`availability of ${what}`, unavailability),
    unavailability,
    ...(between ? { between } : {}),
    downtime: compute(
      `downtime of ${what} a year`,
      'unavailability × a year',
      [unavailability, A_YEAR],
      TIME,
      (u = 0, year = 0) => u * year,
    ),
    objectives: objectiveResults(flow, completion, reached, overloaded),
    unknown:
      'notEstimated' in found
        ? []
        : found.unknown.map((i) => ({ event: event(i), reason: (found.probabilities[i] as NotEstimated).notEstimated })),
    overCapacity,
    conditionalSteps: flow.hops.filter((hop) => isConditional(hop) && (completion || hop.sync)).length,
    ...(context.upTo === undefined ? {} : { shiftsUpTo: context.upTo }),
    singles: [...pass.events].sort(inOrder).map(event),
    pairs:
      'notEstimated' in pairs
        ? pairs
        : pairs
            .map((pair) => [...pair].sort(inOrder) as [number, number])
            .sort((a, b) => inOrder(a[0], b[0]) || inOrder(a[1], b[1]))
            .map(([a, b]) => ({ first: event(a), second: event(b), same: a === b })),
    cutSets: numbersOf(found),
    importance:
      'notEstimated' in found
        ? []
        : found.importance.map(
            ({ class: index, ...rest }): EventImportance => ({
              event: event(index),
              probability: found.probabilities[index] as Estimate,
              ...rest,
            }),
          ),
  };
}

/** What of a flow is above its `max-utilization` at peak. */
function overCapacityOf({ design, sizing }: FailureContext, flow: Flow): OverCapacity[] {
  if (!sizing) return [];
  const visited = new Set(flow.stops.map((stop) => stop.component));
  return [...visited].flatMap((id) => {
    const component = design.components.get(id);
    const load = sizing.get(id);
    return component && load && isOverCapacity(component, sizing)
      ? [{ component: id, utilization: load.utilization, limit: maxUtilization(component) }]
      : [];
  });
}

const isConditional = ({ when, optional }: Hop): boolean => !optional && when !== undefined && when.value > 0 && when.value < 1;

function reachedOf(what: string, found: Reliability | NotEstimated): Reached {
  if ('notEstimated' in found) return { unavailability: found };
  const { unavailability, between, importance, probabilities } = found;
  if (typeof unavailability === 'number') {
    const inputs = importance.map((i) => probabilities[i.class] as Figure);
    const events = importance.reduce((n, i) => n + i.count, 0);
    const formula = `P(its failure function), exact over ${events} independent event${events === 1 ? '' : 's'}`;
    const label = `unavailability of ${what}`;
    return { unavailability: { value: unavailability, dimension: COUNT, label, formula, ...(inputs.length > 0 ? { inputs } : {}) } };
  }
  if ('reason' in unavailability) return { unavailability: notEstimated(unavailability.reason), between: rangeOf(what, unavailability) };
  return { unavailability, ...(between ? { between: rangeOf(what, between) } : {}) };
}

/** From bounds of the unavailability. */
function rangeOf(what: string, { low, high }: { readonly low: number; readonly high: number }): AvailabilityRange {
  const side = (word: string, u: number): Figure => ({ value: 1 - u, dimension: COUNT, label: `availability of ${what}, ${word}` });
  return { low: side('at least', high), high: side('at most', low) };
}

function complement(label: string, unavailability: Estimate): Estimate {
  return compute(label, '1 − unavailability', [unavailability], COUNT, (u = 0) => 1 - u);
}

function numbersOf(found: Reliability | NotEstimated): CutSetNumbers | NotEstimated {
  if ('notEstimated' in found) return found;
  if ('notEstimated' in found.cutSets) return found.cutSets;
  return { ofOrder: found.cutSets.ofOrder, total: found.cutSets.count };
}
