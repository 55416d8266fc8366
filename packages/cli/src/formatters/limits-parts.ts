import {
  type Analysis,
  COUNT,
  type ComponentLimits,
  DATA,
  type Design,
  type ElementId,
  type Estimate,
  formatBits,
  formatQuantity,
  formatRatio,
  groupedRate,
  isFigure,
  known,
  LOOKED_UP,
  TIME,
} from '@sysd/core';
import type { NamedEstimate } from './estimate-figures.ts';
import { grouped } from './numbers.ts';
import type { Part } from './parts.ts';
import type { Table } from './table.ts';

/** Shows an estimate, or a dash and its reason below the tables. */
export interface Shown {
  readonly text: (estimate: Estimate, show: (value: number) => string) => string;
}

const bytes = (value: number): string => formatQuantity(value, DATA, 4);
const time = (value: number): string => formatQuantity(value, TIME);
const traffic = (value: number): string => `${formatQuantity(value, { ...DATA, time: -1 })} (${formatBits(value)})`;
const few = (value: number): string => formatQuantity(value, COUNT);
const arrow = (connection: string): string => connection.replace('->', ' → ');

/** The first column to the left, numbers to the right; columns without an entry are left out. */
function numbers(header: readonly string[], rows: readonly (readonly string[])[]): Table | undefined {
  if (rows.length === 0) return undefined;
  const kept = header.map((_, i) => i === 0 || rows.some((row) => (row[i] ?? '') !== ''));
  const cut = (cells: readonly string[]): string[] => cells.filter((_, i) => kept[i]);
  return { header: cut(header), rows: rows.map(cut) };
}

/** Tables of what components can hold beside their work for the CPU, each where there is something to say. */
export function limitParts(design: Design, analysis: Analysis, shown: Shown): Part[] {
  const all = [...design.components.keys()].flatMap((id) => analysis.limits.get(id) ?? []);
  return [
    ...partOf(pools(all, shown)),
    ...partOf(sessions(all)),
    ...partOf(partitions(all, shown)),
    ...partOf(disks(design, all, shown)),
    ...partOf(caches(design, all, shown)),
    ...network(design, analysis, all, shown),
    ...links(design, analysis),
    ...partOf(backlogs(all, shown)),
  ];
}

function pools(all: readonly ComponentLimits[], shown: Shown): Table | undefined {
  const rows = all.flatMap(({ component, connections: use }) => {
    if (!use) return [];
    const limits = [
      isFigure(use.limit) ? grouped(use.limit.value) : 'not said',
      use.best === undefined ? '' : isFigure(use.best) ? grouped(use.best.value) : '–',
    ];
    const callers = use.callers.map((c) => [
      arrow(c.connection),
      shown.text(c.instances, grouped),
      isFigure(c.pool) ? grouped(c.pool.value) : 'not said',
      isFigure(c.busy) ? few(c.busy.value) : '–',
      isFigure(c.held) ? grouped(c.held.value) : '–',
      ...(use.callers.length === 1 ? limits : []),
    ]);
    const sum = ['', '', '', isFigure(use.held) ? grouped(use.held.value) : '–', ...limits];
    return use.callers.length === 1 ? callers : [...callers, [`to one server of ${component}`, ...sum]];
  });
  return numbers(['Connections', 'instances', 'pool', 'busy of a pool', 'to one server', 'max-connections', 'works best with'], rows);
}

function sessions(all: readonly ComponentLimits[]): Table | undefined {
  const count = (estimate: Estimate, otherwise = '–') => (isFigure(estimate) ? few(estimate.value) : otherwise);
  const rows = all.flatMap(({ component, sessions: use }) =>
    use
      ? [
          [
            component,
            count(use.held),
            count(use.instances),
            count(use.limit, 'not said'),
            isFigure(use.utilization) ? formatRatio(use.utilization.value) : '–',
            count(use.needed),
          ],
        ]
      : [],
  );
  return numbers(['Connections of users', 'held', 'instances', 'one holds', 'used', 'instances needed'], rows);
}

function partitions(all: readonly ComponentLimits[], shown: Shown): Table | undefined {
  const rows = all.flatMap(({ component, partitions: use }) => {
    if (!use) return [];
    const groups = use.groups.map((g) => [`  group ${g.name}`, shown.text(g.instances, grouped), shown.text(g.partitions, grouped)]);
    const there = isFigure(use.partitions) ? grouped(use.partitions.value) : 'not said';
    const producers = isFigure(use.forProducers) ? grouped(use.forProducers.value) : '–';
    return [[component, there, ''], ['  producers', '', producers], ...groups];
  });
  return numbers(['Partitions', 'there are', 'needed at peak'], rows);
}

function disks(design: Design, all: readonly ComponentLimits[], shown: Shown): Table | undefined {
  const rows = all.flatMap(({ component, disk }) => {
    if (!disk || !design.components.get(component)?.properties.has('disk')) return [];
    return [
      [
        component,
        shown.text(disk.used, bytes),
        shown.text(disk.usable, bytes),
        isFigure(disk.utilization) ? formatRatio(disk.utilization.value) : '–',
        disk.fullIn === undefined ? 'never' : shown.text(disk.fullIn, time),
      ],
    ];
  });
  return numbers(['Disks', 'kept on a machine', '80 % of its disk', 'used', 'full in'], rows);
}

function caches(design: Design, all: readonly ComponentLimits[], shown: Shown): Table | undefined {
  const rows = all.flatMap(({ component, workingSet: use }) => {
    if (!use) return [];
    const uneven = design.components.get(component)?.properties.has('popularity');
    return [
      [
        component,
        shown.text(use.held, bytes),
        use.filledAt ? `${use.filledAt} rate` : '',
        isFigure(use.memory) ? bytes(use.memory.value) : 'not said',
        isFigure(use.utilization) ? formatRatio(use.utilization.value) : '–',
        uneven ? shown.text(use.hitRatio, formatRatio) : '',
      ],
    ];
  });
  return numbers(['Caches', 'asked to hold, a machine', 'misses at', 'memory', 'used', 'hit ratio that it buys'], rows);
}

/** Components with bytes that are known; the others are named below, since a reason for each step would drown the rest. */
function network(design: Design, analysis: Analysis, all: readonly ComponentLimits[], shown: Shown): Part[] {
  const unknown: string[] = [];
  const rows = all.flatMap(({ component, network: use }) => {
    const load = analysis.traffic.components.get(component);
    if (!load || !use) return [];
    const [into, out] = [known(load.ingress), known(load.egress)];
    if (into === undefined && out === undefined) {
      if (!isLookedUp(design, component)) unknown.push(component);
      return [];
    }
    const one = Math.max(known(use.in) ?? 0, known(use.out) ?? 0);
    const isOneKnown = isFigure(use.in) || isFigure(use.out);
    return [
      [
        component,
        into === undefined ? '–' : traffic(into),
        out === undefined ? '–' : traffic(out),
        isOneKnown ? traffic(one) : '–',
        isFigure(use.bandwidth) ? traffic(use.bandwidth.value) : '',
        isFigure(use.bandwidth) ? shown.text(use.utilization, formatRatio) : '',
      ],
    ];
  });
  const made = numbers(['Network', 'in at peak', 'out at peak', 'busiest instance', 'bandwidth', 'used'], rows);
  return withoutSizes(made, unknown);
}

function links(design: Design, analysis: Analysis): Part[] {
  const unknown: string[] = [];
  const rows = [...analysis.traffic.connections.values()].flatMap(({ connection, total, request, answer }) => {
    const [there, back] = [known(request), known(answer)];
    if (there === undefined && back === undefined) {
      const to = design.connections.get(connection)?.to ?? '';
      if (isFigure(total.peak) && !isLookedUp(design, to)) unknown.push(arrow(connection));
      return [];
    }
    return [[arrow(connection), there === undefined ? '–' : traffic(there), back === undefined ? '–' : traffic(back)]];
  });
  return withoutSizes(numbers(['Connection', 'requests at peak', 'answers at peak'], rows), unknown);
}

/** Look-ups are a few bytes that nobody plans for. */
const isLookedUp = (design: Design, id: ElementId): boolean => LOOKED_UP.includes(design.components.get(id)?.kind ?? 'service');

const withoutSizes = (made: Table | undefined, unknown: readonly string[]): Part[] =>
  made === undefined || unknown.length === 0
    ? partOf(made)
    : [{ table: made }, { lines: [`No bytes, since steps say no size: ${unknown.join(', ')}`] }];

const partOf = (table: Table | undefined): Part[] => (table ? [{ table }] : []);

function backlogs(all: readonly ComponentLimits[], shown: Shown): Table | undefined {
  const every = all.flatMap(({ component, backlogs: list }) => list.map((b) => ({ broker: component, ...b })));
  const [first] = every;
  if (!first) return undefined;
  const rows = every.map((b) => [
    `${b.broker} → ${b.consumer}`,
    shown.text(b.arrival, groupedRate),
    shown.text(b.capacity, groupedRate),
    isFigure(b.waiting) ? few(b.waiting.value) : '–',
    isFigure(b.drain) ? time(b.drain.value) : isFigure(b.capacity) && isFigure(b.arrival) ? 'never' : '–',
    b.overflow === undefined ? '' : shown.text(b.overflow, time),
    b.refused === undefined ? '' : shown.text(b.refused, formatRatio),
  ]);
  const header = [
    `After an outage of ${time(first.outage.value)} (default)`,
    'arrive at peak',
    'worked off',
    'wait',
    'worked off in',
    'full after',
    'refused at peak',
  ];
  return numbers(header, rows);
}

/** Figures with their names, for `--explain` and CSV. */
export function limitFigures(analysis: Analysis): NamedEstimate[] {
  const of = (element: string, quantity: string, estimate: Estimate): NamedEstimate => ({ element, quantity, estimate });
  return [...analysis.limits.values()].flatMap(
    ({ component: id, connections, sessions: held, partitions: use, disk, workingSet, network: net, backlogs: waiting }) => [
      ...(connections ? [of(id, 'connections to one server', connections.held)] : []),
      ...(connections?.callers ?? []).map((c) => of(arrow(c.connection), 'busy connections of a pool', c.busy)),
      ...(held ? [of(id, 'connections of users', held.held), of(id, 'instances needed for connections', held.needed)] : []),
      ...(use ? [of(id, 'partitions needed', use.needed)] : []),
      ...(disk ? [of(id, 'use of the disks', disk.utilization)] : []),
      ...(disk?.fullIn ? [of(id, 'time until the disks are full', disk.fullIn)] : []),
      ...(workingSet
        ? [of(id, 'use of the memory', workingSet.utilization), of(id, 'hit ratio that the memory buys', workingSet.hitRatio)]
        : []),
      ...(net ? [of(id, 'use of the network', net.utilization)] : []),
      ...waiting.map((b) => of(`${id} → ${b.consumer}`, 'time to work off an outage', b.drain)),
    ],
  );
}
