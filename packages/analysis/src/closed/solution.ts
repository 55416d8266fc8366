import {
  type ClosedLoad,
  COUNT,
  type Design,
  type ElementId,
  type Estimate,
  type Figure,
  formatRatio,
  isFigure,
  known,
  notEstimated,
  property,
  RATE,
  TIME,
} from '@sysd/core';
import { compute, leaf, product, propertyLeaf, sum } from '../figure/make.ts';
import { type ClosedClass, closedClasses } from '../queueing/closed-classes.ts';
import { isNotEstimated } from '../queueing/domain.ts';
import type { CycleFlow } from './cycle.ts';
import type { ClosedGroup } from './groups.ts';
import { usersOnline } from './online.ts';
import type { ClosedClient } from './plan.ts';
import type { Station, StationClass } from './station.ts';

export interface ClosedInput {
  readonly design: Design;
  readonly group: ClosedGroup;
  readonly cycles: ReadonlyMap<ElementId, CycleFlow>;
  readonly stations: ReadonlyMap<ElementId, Station>;
}

/** A client with all numbers that the solution needs. */
interface Ready {
  readonly client: ClosedClient;
  readonly population: Figure;
  readonly thinkTime: Figure;
  /** Visits of a cycle by component. */
  readonly visits: ReadonlyMap<ElementId, number>;
}

/**
 * Throughput and times of clients whose users think, together, since they meet at the same components. A component is one queue in front
 * of the c cores of its busiest instance; a visit takes S ÷ c there and S × (c − 1) ÷ c without queueing (Seidmann, Schweitzer and
 * Shalev-Oren, Computerized Closed Queueing Network Models of Flexible Manufacturing Systems, 1987), which is exact for one core.
 */
export function closedSolution(input: ClosedInput): ReadonlyMap<ElementId, ClosedLoad> {
  const asked = input.group.clients.map((client) => readyOf(input, client));
  const ready = asked.filter((a): a is Ready => !('notEstimated' in a));
  const solved = ready.length > 0 ? solve(input, ready) : [];
  return new Map(
    input.group.clients.map((client, i): [ElementId, ClosedLoad] => {
      const one = asked[i] as Ready | { readonly notEstimated: string };
      if ('notEstimated' in one) return [client.client, unsolved(input, client, one.notEstimated)];
      // Users whose own numbers are known may still load what those of others wait for: then nobody's throughput is known.
      const other = asked.find((a): a is { readonly notEstimated: string } => 'notEstimated' in a);
      if (other) return [client.client, unsolved(input, client, other.notEstimated)];
      const result = Array.isArray(solved) ? solved[i] : undefined;
      return [client.client, result ?? unsolved(input, client, 'notEstimated' in solved ? solved.notEstimated : '')];
    }),
  );
}

const populationOf = (design: Design, client: ElementId): Estimate =>
  usersOnline(design, client, `${client} has a think-time but does not say how many are online`);

function thinkTimeOf(design: Design, client: ElementId): Estimate {
  const time = property(design.components.get(client)?.properties ?? new Map(), 'think-time');
  return time ? propertyLeaf(`${client}.think-time`, time) : notEstimated(`${client} has no think-time`);
}

function unsolved({ design, group, stations }: ClosedInput, { client, own, following }: ClosedClient, reason: string): ClosedLoad {
  const no = notEstimated(reason);
  return {
    client,
    population: populationOf(design, client),
    thinkTime: thinkTimeOf(design, client),
    flows: own.map(({ flow, runs }) => ({ flow, runs, responseTime: no })),
    following: following.map((f) => f.flow),
    throughput: no,
    responseTime: no,
    saturation: no,
    components: loadedBy(group, stations, client),
    times: new Map(),
  };
}

const loadedBy = (group: ClosedGroup, stations: ReadonlyMap<ElementId, Station>, client: ElementId): ElementId[] =>
  group.stations.filter((id) => stations.get(id)?.classes.has(client) && id !== client);

/** What is lacking, all of it, or the numbers. */
function readyOf({ design, cycles, stations }: ClosedInput, client: ClosedClient): Ready | { readonly notEstimated: string } {
  const [population, thinkTime] = [populationOf(design, client.client), thinkTimeOf(design, client.client)];
  const visits = new Map<ElementId, number>();
  for (const { flow } of client.own) {
    for (const [id, n] of cycles.get(flow)?.visits ?? []) visits.set(id, (visits.get(id) ?? 0) + n);
  }
  const times = client.own.map(({ flow }) => cycles.get(flow)?.network ?? notEstimated(`${flow} is not there`));
  const alone = [...visits.keys()].flatMap((id): Estimate[] => {
    const station = stations.get(id);
    const at = station?.classes.get(client.client);
    if (!station || !at) return [notEstimated(`${id} is not there`)];
    return [at.alone, ...(at.service ? [station.open] : [])];
  });
  const reasons = [population, thinkTime, ...times, ...alone].flatMap((e) => (isFigure(e) ? [] : [e.notEstimated]));
  if (reasons.length > 0 || !isFigure(population) || !isFigure(thinkTime)) return notEstimated([...new Set(reasons)].join('; '));
  return { client, population, thinkTime, visits };
}

/** Clients × components that are solved together while somebody types. */
const MOST_MEETING = 20_000;

type Solved = readonly ClosedLoad[] | { readonly notEstimated: string };

function solve(input: ClosedInput, ready: readonly Ready[]): Solved {
  const reached = input.group.stations.map((id) => input.stations.get(id) as Station);
  const queues = reached.filter((s) => ready.some((r) => r.visits.has(s.component) && s.classes.get(r.client.client)?.service));
  const open = queues.map((s) => known(s.open) ?? 0);
  const full = queues.find((_, j) => (open[j] as number) >= 1 - 1e-9);
  if (full) {
    const load = formatRatio(known(full.open) as number);
    return notEstimated(
      `${full.component} is over capacity by its other flows alone (${load} at peak), so that nobody is left to serve the users`,
    );
  }
  if (ready.length > 1 && ready.length * queues.length > MOST_MEETING)
    return notEstimated(`${ready.length} clients whose users think meet at ${queues.length} components, too many to estimate`);
  const classes = ready.map((r) => classOf(input, r, queues));
  const state = closedClasses({
    classes,
    open,
    named: { stations: queues.map((s) => s.component), classes: ready.map((r) => r.client.client) },
  });
  if (isNotEstimated(state)) return state;
  return ready.map((r, k): ClosedLoad => {
    const { throughput, stretch } = state.classes[k] as { throughput: number; stretch: readonly number[] };
    const waits = new Map<ElementId, Figure>();
    const formula = `waits by ${state.exact ? 'exact mean value analysis (Reiser and Lavenberg, 1980)' : 'approximate mean value analysis (Bard and Schweitzer, 1979)'}`;
    queues.forEach(({ component, classes: at, servers }, j) => {
      const service = at.get(r.client.client)?.service;
      if (!service) return;
      const wait = (service.value / servers) * ((stretch[j] as number) - 1);
      const how = `${formula}${servers > 1 ? `, ${servers} cores after Seidmann` : ''}`;
      waits.set(component, { value: wait, dimension: TIME, label: `mean wait for ${component}`, formula: how, inputs: [service] });
    });
    return toldOf(input, r, throughput, waits, boundsOf(r, classes[k] as ClosedClass, queues, open));
  });
}

/** Time of a visit of a station, of which S ÷ c is queued for. */
const delayOf = ({ alone, service }: StationClass, servers: number): number =>
  (known(alone) ?? 0) - (service ? service.value / servers : 0);

function classOf(
  { cycles, stations }: ClosedInput,
  { client, population, thinkTime, visits }: Ready,
  queues: readonly Station[],
): ClosedClass {
  const runs = client.own.reduce((n, f) => n + f.runs, 0);
  let delay = thinkTime.value * runs;
  for (const { flow } of client.own) delay += known(cycles.get(flow)?.network) ?? 0;
  for (const [id, n] of visits) {
    const station = stations.get(id) as Station;
    delay += n * delayOf(station.classes.get(client.client) as StationClass, station.servers);
  }
  const at = (s: Station) => s.classes.get(client.client);
  return {
    population: population.value,
    thinkTime: delay,
    demands: queues.map((s) => ((visits.get(s.component) ?? 0) * (at(s)?.service?.value ?? 0)) / s.servers),
    busiest: queues.map((s) => at(s)?.busy ?? 0),
    background: queues.map((s) => at(s)?.background ?? 0),
  };
}

interface Saturation {
  readonly users: Estimate;
  readonly bottleneck?: ElementId;
}

/**
 * N* = (D + Z) ÷ Dmax, with D and Z of a cycle in which nobody waits, and Dmax the greatest time that a cycle takes of one instance, among
 * the open traffic that is there. Source: Denning and Buzen, The Operational Analysis of Queueing Network Models, 1978.
 */
function boundsOf({ client }: Ready, c: ClosedClass, queues: readonly Station[], open: readonly number[]): Saturation {
  const takes = queues.map((_, j) => ((c.busiest[j] as number) + (c.background[j] as number)) / (1 - (open[j] as number)));
  const most = Math.max(0, ...takes);
  if (most === 0) return { users: notEstimated(`users of ${client.client} never wait for one another`) };
  const bottleneck = (queues[takes.indexOf(most)] as Station).component;
  const least = c.thinkTime + c.demands.reduce((a, b, j) => a + b / (1 - (open[j] as number)), 0);
  const inputs: Figure[] = [
    { value: least, dimension: TIME, label: 'cycle in which nobody waits, thinking included' },
    { value: most, dimension: TIME, label: `time of a cycle at the busiest instance of ${bottleneck}` },
  ];
  const formula = '(response time without waiting + think-time) ÷ greatest demand';
  return { users: compute(`users from which they queue for ${bottleneck}`, formula, inputs, COUNT, (a, b) => a / b), bottleneck };
}

function toldOf(
  { cycles, group, stations }: ClosedInput,
  { client, population, thinkTime }: Ready,
  throughput: number,
  waits: ReadonlyMap<ElementId, Figure>,
  { users, bottleneck }: Saturation,
): ClosedLoad {
  const flows = client.own.map(({ flow, runs }) => {
    const cycle = cycles.get(flow) as CycleFlow;
    const parts = [...cycle.visits].map(([id, n]) => {
      const { alone } = (stations.get(id) as Station).classes.get(client.client) as StationClass;
      const wait = waits.get(id);
      const visits = leaf(`visits of ${id} in ${flow}`, runs === 0 ? 0 : n / runs, COUNT);
      const label = `time at ${id} in ${flow}`;
      return wait
        ? compute(label, 'visits × (time of one + wait)', [visits, alone, wait], TIME, (v, a, w) => v * (a + w))
        : product(label, 'visits × time of one', [visits, alone]);
    });
    const network = compute(`network of ${flow}`, 'round trips and sending', [cycle.network], TIME, (t) => (runs === 0 ? 0 : t / runs));
    const all = [...parts, ...(known(network) === 0 ? [] : [network])];
    const none: Estimate = { value: 0, dimension: TIME, label: `response time of ${flow}`, formula: 'nothing takes time', inputs: [] };
    const responseTime =
      all.length === 0
        ? none
        : sum(
            `response time of ${flow}`,
            all.map((value) => ({ name: 'value' in value ? value.label : flow, value })),
            TIME,
            '',
          );
    return { flow, runs, responseTime };
  });
  const only = flows.length === 1 && flows[0]?.runs === 1 ? flows[0].responseTime : undefined;
  const label = `response times of a cycle of ${client.client}`;
  const responseTime =
    only ??
    compute(
      label,
      flows.map((f) => `${runsText(f.runs)}${f.flow}`).join(' + '),
      flows.map((f) => f.responseTime),
      TIME,
      (...times) => times.reduce((n, t, i) => n + t * (flows[i]?.runs as number), 0),
    );
  const visited = client.own.flatMap(({ flow }) => [...(cycles.get(flow)?.visits.keys() ?? [])]);
  const times = new Map(
    visited.map((id) => {
      const { alone } = (stations.get(id) as Station).classes.get(client.client) as StationClass;
      const none: Estimate = {
        value: 0,
        dimension: TIME,
        label: `mean wait for ${id}`,
        formula: 'nothing bounds how many it serves at once',
      };
      return [id, { alone, wait: waits.get(id) ?? none }] as const;
    }),
  );
  const runs = flows.reduce((n, f) => n + f.runs, 0);
  const formula = only ? 'online ÷ (think-time + response time)' : `online ÷ (${runsText(runs)}think-time + response times of a cycle)`;
  const x = compute(`cycles of ${client.client}`, formula, [population, thinkTime, responseTime], RATE, () => throughput);
  return {
    client: client.client,
    population,
    thinkTime,
    flows,
    following: client.following.map((f) => f.flow),
    throughput: x,
    responseTime,
    saturation: users,
    ...(bottleneck === undefined ? {} : { bottleneck }),
    components: loadedBy(group, stations, client.client),
    times,
  };
}

const runsText = (runs: number): string => (runs === 1 ? '' : `${Number(runs.toPrecision(6))} × `);
