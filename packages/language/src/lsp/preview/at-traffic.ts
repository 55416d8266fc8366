import { headroomOf } from '@sysd/analysis';
import {
  type ComponentLoad,
  type Estimate,
  formatRatio,
  formatTimes,
  grouped,
  groupedRate,
  type Headroom,
  isFigure,
  known,
  type Traffic,
} from '@sysd/core';
import { type ComponentEstimate, MOST_TRAFFIC, type PreviewTraffic, type TrafficAsked, type TrafficBreak } from '../protocol.ts';
import { estimateCommand } from './command.ts';
import type { Evaluated } from './evaluated.ts';

/** So many marks beside a slider are read by nobody. */
const MOST_BREAKS = 100;
const MOST_OVER = 20;
const LONGEST = 300;

/** What a client asks of the traffic: whatever it sent, within the bounds. Undefined where it does not ask. */
export function readTraffic(given: unknown): TrafficAsked | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { factor, element } = given as Readonly<Record<string, unknown>>;
  const number = typeof factor === 'number' && Number.isFinite(factor) ? Math.min(MOST_TRAFFIC, Math.max(1, factor)) : 1;
  return { factor: number, ...(typeof element === 'string' && element.length <= LONGEST ? { element } : {}) };
}

/**
 * What so many times the traffic makes of a design, in words and the figures of `sysd estimate`.
 *
 * @param evaluated at that traffic
 * @param order what saturates first, of the same failures at the traffic as written
 * @param file name of the file that a command names
 */
export function trafficInWords(
  { asked: { design, found }, traffic, question: { factor } }: Evaluated,
  order: readonly Headroom[],
  file: string,
  element: string | undefined,
): PreviewTraffic {
  const command = estimateCommand(file, { scenario: design.scenario, failed: [...found.keys()], factor });
  const lacking = lackingIn(
    design.flows.size,
    [...traffic.flows.values()].some((flow) => isFigure(flow.demand.peak)),
  );
  if (lacking !== undefined) return { factor, lacking, command, breaks: [], over: [] };
  const load = element === undefined ? undefined : traffic.components.get(element);
  const component = load && design.components.get(load.component)?.kind !== 'client' ? componentEstimate(load) : undefined;
  const breaks = breaksOf(order);
  return {
    factor,
    command,
    breaks,
    ...(breaks.length === 0 ? { unbroken: unbroken(order, traffic) } : {}),
    over: overOf(traffic.components.values()),
    ...(component ? { component } : {}),
  };
}

function lackingIn(flows: number, rated: boolean): string | undefined {
  if (flows === 0) return 'No traffic to grow: the design has no flow.';
  return rated ? undefined : 'No traffic to grow: no flow says how often it starts (at 10/day each).';
}

function breaksOf(order: readonly Headroom[]): TrafficBreak[] {
  return order
    .flatMap(({ component, toFull }): TrafficBreak[] =>
      isFigure(toFull) && toFull.value < MOST_TRAFFIC
        ? [{ element: component, at: Number(toFull.value.toPrecision(12)), text: formatTimes(toFull.value) }]
        : [],
    )
    .slice(0, MOST_BREAKS);
}

function unbroken(order: readonly Headroom[], { components }: Traffic): string {
  const [first] = order;
  const estimated = [...components.values()].some((load) => isFigure(load.utilization));
  if (!first)
    return estimated ? 'Nothing is filled by more traffic.' : 'No utilisation is estimated: give components a cpu-time or a capacity.';
  return isFigure(first.toFull)
    ? `Nothing up to ${MOST_TRAFFIC}x; ${first.component} at ${formatTimes(first.toFull.value)}.`
    : 'Nothing: no flow loads what has a capacity.';
}

/** More than rounding noise above 100 %. */
export const isOver = (utilisation: number): boolean => utilisation > 1 + 1e-9;

function overOf(loads: Iterable<ComponentLoad>): PreviewTraffic['over'] {
  return [...loads]
    .flatMap(({ component, utilization }) =>
      isFigure(utilization) && isOver(utilization.value) ? [{ component, value: utilization.value }] : [],
    )
    .sort((a, b) => b.value - a.value)
    .slice(0, MOST_OVER)
    .map(({ component, value }) => ({ element: component, utilisation: formatRatio(value) }));
}

/** The row of a component in `sysd estimate`. */
function componentEstimate(load: ComponentLoad): ComponentEstimate {
  const shown = (estimate: Estimate, show: (value: number) => string): string =>
    isFigure(estimate) ? show(estimate.value) : `not estimated: ${estimate.notEstimated.replace(/^not estimated: /, '')}`;
  return {
    element: load.component,
    over: isOver(known(load.utilization) ?? 0),
    rows: [
      { name: 'Peak rate', value: shown(load.total.peak, groupedRate) },
      { name: 'Utilisation at peak', value: shown(load.utilization, formatRatio) },
      { name: 'Instances', value: grouped(load.replicas) },
      { name: 'Needed at 100 %', value: shown(load.replicasAtFull, grouped) },
      { name: 'Needed at target', value: shown(load.replicasNeeded, grouped) },
    ],
  };
}

/** What saturates first, computed once for an evaluation at the traffic as written. */
export function saturationOrders(): (evaluated: Evaluated) => readonly Headroom[] {
  const orders = new WeakMap<Evaluated, readonly Headroom[]>();
  return (evaluated) => {
    const order = orders.get(evaluated) ?? headroomOf(evaluated.asked.design, evaluated.traffic);
    orders.set(evaluated, order);
    return order;
  };
}
