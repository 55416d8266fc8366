import { type Analysis, type Flow, formatQuantity, formatRatio, known, RATE } from '@sysd/core';

/** Share of the flow's requests that take a hop (at most 1), or undefined where it is not estimated. */
export function shareOfRequests(analysis: Analysis, flow: Flow, hop: number): number | undefined {
  const traffic = analysis.traffic.flows.get(flow.id);
  const demand = known(traffic?.demand.average);
  const rate = known(traffic?.hops[hop]?.rate.average);
  return demand === undefined || rate === undefined || demand <= 0 ? undefined : Math.min(1, rate / demand);
}

/** `Checkout` or `Checkout (12 % of its requests, 340/s at peak)`: a flow and how much of it takes the hop. */
export function flowWithShare(analysis: Analysis, flow: Flow, hop: number): string {
  const share = shareOfRequests(analysis, flow, hop);
  const rate = known(analysis.traffic.flows.get(flow.id)?.hops[hop]?.rate.peak);
  const parts = [
    ...(share === undefined ? [] : [share >= 1 ? 'every request' : `${formatRatio(share)} of its requests`]),
    ...(rate === undefined ? [] : [`${formatQuantity(rate, RATE)} at peak`]),
  ];
  return parts.length === 0 ? flow.id : `${flow.id} (${parts.join(', ')})`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
