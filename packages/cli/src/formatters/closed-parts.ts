import { type ClosedLoad, COUNT, type Estimate, formatQuantity, isFigure, RATE, TIME } from '@sysd/core';
import type { NamedEstimate } from './estimate-figures.ts';
import type { Part } from './parts.ts';

/** Shows an estimate, or a dash and its reason below the tables. */
type Shown = (estimate: Estimate, show: (value: number) => string) => string;

/** Users who think between two requests: what comes out of how many they are. */
export function closedParts(closed: Iterable<ClosedLoad>, shown: Shown): Part[] {
  const loads = [...closed];
  const rows = loads.map((c) => [
    c.client,
    shown(c.population, (n) => formatQuantity(n, COUNT)),
    shown(c.thinkTime, (t) => formatQuantity(t, TIME)),
    shown(c.throughput, (x) => formatQuantity(x, RATE, 4)),
    shown(c.responseTime, (r) => formatQuantity(r, TIME)),
    shown(c.saturation, (n) => `${formatQuantity(n, COUNT)} users`),
    c.bottleneck ?? '',
  ]);
  if (rows.length === 0) return [];
  const header = ['Users who think', 'online', 'think time', 'throughput', 'response time', 'queue from', 'at'];
  const lines = loads.flatMap(cycleText);
  return [
    { table: { header, rows, align: ['left', 'right', 'right', 'right', 'right', 'right', 'left'] } },
    ...(lines.length > 0 ? [{ lines }] : []),
  ];
}

/** What the numbers of a client are of, where that is more than one run of a flow; nothing where they are not estimated. */
function cycleText({ client, flows, throughput }: ClosedLoad): string[] {
  if (!isFigure(throughput) || (flows.length === 1 && flows[0]?.runs === 1)) return [];
  const often = (runs: number): string => String(Number(runs.toPrecision(6)));
  const runs = flows.reduce((n, f) => n + f.runs, 0);
  const cycle = flows.map((f) => (f.runs === 1 ? f.flow : `${often(f.runs)} × ${f.flow}`)).join(' + ');
  return [
    `${client}: throughput and response time are those of a cycle, ${cycle}, in which they think ${runs === 1 ? 'once' : `${often(runs)} times`}.`,
  ];
}

/** Figures with their names, for `--explain` and CSV. */
export function closedFigures(closed: Iterable<ClosedLoad>): NamedEstimate[] {
  return [...closed].flatMap(({ client: element, ...c }) => [
    { element, quantity: 'throughput', estimate: c.throughput },
    { element, quantity: 'response time', estimate: c.responseTime },
    { element, quantity: 'users from which they queue', estimate: c.saturation },
  ]);
}

export function closedJson(closed: Iterable<ClosedLoad>, figure: (estimate: Estimate) => object): object[] {
  return [...closed].map((c) => ({
    client: c.client,
    population: figure(c.population),
    thinkTime: figure(c.thinkTime),
    throughput: figure(c.throughput),
    responseTime: figure(c.responseTime),
    saturation: figure(c.saturation),
    ...(c.bottleneck === undefined ? {} : { bottleneck: c.bottleneck }),
    flows: c.flows.map((f) => ({ id: f.flow, runs: f.runs, responseTime: figure(f.responseTime) })),
    stations: [...c.times].map(([component, { alone, wait }]) => ({ component, alone: figure(alone), wait: figure(wait) })),
  }));
}
