import { costOf, flowLatencies, hasAvailabilityObjective, loadAnalyser, measuresOf, quickAvailability } from '@sysd/analysis';
import {
  type Flow,
  type FlowAvailability,
  type FlowLatency,
  formatAvailability,
  formatQuantity,
  grouped,
  groupedRate,
  isFigure,
  type Measure,
  money,
  TIME,
} from '@sysd/core';
import type { FlowOutcome, TrafficOutcome } from '../protocol.ts';
import { isOver } from './at-traffic.ts';
import type { Evaluated } from './evaluated.ts';

/**
 * Latencies and objectives of the flows, and totals of the design, at some traffic: what takes longer than a drag may. Yields between flows. Availability
 * is of the whole year: it is not told while something has failed.
 */
export function* trafficOutcome(evaluated: Evaluated): Generator<void, TrafficOutcome> {
  const { asked, question } = evaluated;
  const flows: FlowOutcome[] = [];
  for (const flow of asked.design.flows.values()) {
    flows.push(...outcomesOf(evaluated, flow));
    yield;
  }
  return { factor: question.factor, flows, totals: totalsOf(evaluated) };
}

function outcomesOf({ asked: { design }, loaded, traffic }: Evaluated, flow: Flow): FlowOutcome[] {
  const outcome = loaded().outcomes.get(flow.id);
  const latencies = flowLatencies({ design, traffic, ...(outcome ? { outcome } : {}) }, flow);
  const judged = hasAvailabilityObjective(flow) && design.failed.length === 0 ? quickAvailability(design, flow.id, loaded()) : [];
  return latencies.map((latency): FlowOutcome => {
    const { completion, objectives } = latency;
    const availability = judged.filter((f) => f.completion === completion);
    return {
      flow: flow.id,
      completion,
      label: `${flow.title ?? flow.id}${completion ? ', completion' : ''}`,
      latency: latencyWords(latency, overOnTheWay(latency, traffic)),
      objectives: [...objectives.map(latencyObjective), ...availability.flatMap(availabilityObjectives)],
    };
  });
}

/** Of the components that a request waits for, those over capacity. */
function overOnTheWay({ waterfall }: FlowLatency, traffic: Evaluated['traffic']): string[] {
  const over = (id: string) => {
    const utilization = traffic.components.get(id)?.utilization;
    return isFigure(utilization) && isOver(utilization.value);
  };
  return [...new Set(waterfall.map((span) => span.component))].filter(over);
}

function latencyWords({ p99 }: FlowLatency, over: readonly string[]): string {
  if (isFigure(p99)) return `p99 ${formatQuantity(p99.value, TIME)}`;
  if (over.length > 0) return `over capacity: ${over.join(', ')}`;
  return `latency not estimated: ${p99.notEstimated.replace(/^not estimated: /, '')}`;
}

function latencyObjective({ objective, verdict, estimate }: FlowLatency['objectives'][number]): FlowOutcome['objectives'][number] {
  const { metric, relation, bound } = objective;
  const comes = isFigure(estimate) ? ` (${formatQuantity(estimate.value, TIME)})` : '';
  return { text: `${metric} ${relation} ${bound.text ?? formatQuantity(bound.value, TIME)}${comes}`, verdict };
}

/** Figures leave overload out: what cannot carry the peak is said with them. */
function availabilityObjectives({ objectives, unavailability, overCapacity }: FlowAvailability): FlowOutcome['objectives'][number][] {
  const asIf = overCapacity.length > 0 ? ' if its components carried the peak' : '';
  const comes = isFigure(unavailability) ? ` (${formatAvailability(unavailability.value)}${asIf})` : '';
  return objectives.map(({ objective: { relation, bound }, verdict }) => ({
    text: `availability ${relation} ${bound.text ?? formatAvailability(1 - bound.value)}${comes}`,
    verdict,
  }));
}

const TOTALS: Readonly<Partial<Record<Measure['name'], string>>> = {
  'rate-at-peak': 'Requests at peak',
  'instances-needed': 'Instances needed',
  'cost-per-month': 'Cost a month',
};

function totalsOf({ asked: { design } }: Evaluated): TrafficOutcome['totals'] {
  const analysis = loadAnalyser()(design);
  const unpriced = costOf(design, analysis).unpriced.length;
  return measuresOf(design, analysis).flatMap(({ element, name, estimate }) => {
    const words = element === undefined ? TOTALS[name] : undefined;
    if (words === undefined) return [];
    if (!isFigure(estimate)) return [{ name: words, value: `not estimated: ${estimate.notEstimated}` }];
    const { value, dimension } = estimate;
    if (name === 'cost-per-month') {
      const without = unpriced > 0 ? ` (without ${unpriced} that ${unpriced === 1 ? 'has' : 'have'} no price)` : '';
      return [{ name: words, value: `${money(value, dimension)}${without}` }];
    }
    return [{ name: words, value: name === 'rate-at-peak' ? groupedRate(value) : grouped(value) }];
  });
}
