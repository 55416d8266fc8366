import {
  BROKERS,
  COUNT,
  type Component,
  type ComponentLoad,
  type Estimate,
  type Figure,
  type Growth,
  isFigure,
  type Rate,
  STORES,
} from '@sysd/core';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { closedFigures } from './closed-parts.ts';
import { derivationLines } from './derivation.ts';
import { fanOutFigures } from './fan-out-parts.ts';
import { latencyName } from './latency-parts.ts';
import { limitFigures } from './limits-parts.ts';
import { stabilityFigures } from './stability-parts.ts';
import { waitingFigures } from './waiting-parts.ts';

/** One figure of an estimate: what it is of, and which. */
export interface NamedEstimate {
  readonly element: string;
  readonly quantity: string;
  readonly estimate: Estimate;
}

/**
 * Every figure of the estimate: constants, flows, users who think, latencies, components, their queues, connections, headroom, storage, limits, growth, cost;
 * each in text order.
 */
export function estimateFigures({
  design,
  analysis,
  latency,
  waiting,
  headroom,
  stability,
  fanOuts,
  growth,
  cost,
}: EstimateAnswer): NamedEstimate[] {
  const { traffic, storage } = analysis;
  const constants = design.lets.flatMap(({ id, value, text, inputs }): NamedEstimate[] => {
    if (!value) return [{ element: id, quantity: 'constant', estimate: { notEstimated: `${id} could not be computed` } }];
    const { dimension } = value;
    const from = inputs.map((i): Figure => ({ value: i.value.value, dimension: i.value.dimension, label: i.name }));
    const how = from.length > 0 ? { formula: text, inputs: from } : { text };
    return [{ element: id, quantity: 'constant', estimate: { value: value.value, dimension, label: id, ...how } }];
  });
  const flows = [...design.flows.keys()].flatMap((id) => {
    const demand = traffic.flows.get(id)?.demand;
    return demand ? rates(id, '', demand) : [];
  });
  const components = [...design.components.values()].flatMap((component) => {
    const load = traffic.components.get(component.id);
    return load && component.kind !== 'client' ? ofComponent(component, load) : [];
  });
  const connections = [...traffic.connections.values()].flatMap((c) => rates(c.connection, '', c.total));
  const stored = storage.entries.flatMap((e) =>
    named(e.element, {
      'stored a day': e.perDay,
      'stored a day, all copies': e.perDayWithCopies,
      retained: e.retained,
      'retained, all copies': e.retainedWithCopies,
    }),
  );
  const latencies = latency.flows.flatMap((f) => [
    ...named(f.flow, {
      [`mean latency${f.completion ? ' of the completion' : ''}`]: f.mean,
      [`p50 latency${f.completion ? ' of the completion' : ''}`]: f.p50,
      [`p95 latency${f.completion ? ' of the completion' : ''}`]: f.p95,
      [`p99 latency${f.completion ? ' of the completion' : ''}`]: f.p99,
    }),
    ...f.afterQueues.flatMap(({ queue, ...times }) =>
      Object.entries(times).map(([name, estimate]) => ({ element: f.flow, quantity: `${name} latency from ${queue} on`, estimate })),
    ),
  ]);
  const room = headroom.flatMap((h) =>
    named(h.component, { 'traffic at which it is at max-utilization': h.toTarget, 'traffic at which it is full': h.toFull }),
  );
  const costs = [
    ...cost.components.flatMap((c) => named(c.component, { 'cost a month': c.perMonth })),
    ...cost.totals.flatMap((total) => named(design.id, { 'cost a month': total })),
  ];
  return [
    ...constants,
    ...flows,
    ...closedFigures(traffic.closed.values()),
    ...latencies,
    ...components,
    ...waitingFigures(waiting),
    ...connections,
    ...room,
    ...stabilityFigures(stability),
    ...fanOutFigures(fanOuts),
    ...stored,
    ...limitFigures(analysis),
    ...growthFigures(growth),
    ...costs,
  ];
}

/** What growth makes of the design in time, for `--explain` and CSV. */
const growthFigures = (growth: Growth | undefined): NamedEstimate[] => [
  ...(growth?.sources ?? []).flatMap((s) => named(s.component, { 'growth a year': s.perYear })),
  ...(growth?.saturations ?? []).flatMap((s) =>
    named(s.component, { 'time until it is at max-utilization': s.toTarget, 'time until it is full': s.toFull }),
  ),
  ...(growth?.stocks ?? []).flatMap(({ store, after }) =>
    after.map(({ years, held }) => ({ element: store, quantity: `stored in ${years} years, all copies`, estimate: held })),
  ),
];

const named = (element: string, estimates: Readonly<Record<string, Estimate>>): NamedEstimate[] =>
  Object.entries(estimates).map(([quantity, estimate]) => ({ element, quantity, estimate }));

const rates = (element: string, of: string, { average, peak }: Rate): NamedEstimate[] =>
  named(element, { [`average rate${of}`]: average, [`peak rate${of}`]: peak });

function ofComponent(component: Component, load: ComponentLoad): NamedEstimate[] {
  const { id } = component;
  const keeps = STORES.includes(component.kind) || BROKERS.includes(component.kind);
  return [
    ...rates(id, '', load.total),
    ...(keeps ? [...rates(id, ' of reads', load.reads), ...rates(id, ' of writes', load.writes)] : []),
    ...named(id, {
      'peak rate of the busiest instance': load.perInstance,
      'capacity of one instance': load.capacityPerInstance,
      'cores at peak': load.cores,
      'utilisation at peak': load.utilization,
      ...(load.hotShard && {
        'share of the hottest shard': load.hotShard.share,
        'utilisation at peak if all shards got the same': load.hotShard.evenUtilization,
      }),
      instances: { value: load.replicas, dimension: COUNT, label: `instances of ${id}` },
      'instances needed at peak, at 100 %': load.replicasAtFull,
      'instances needed at peak, at max-utilization': load.replicasNeeded,
      'bytes in at peak': load.ingress,
      'bytes out at peak': load.egress,
    }),
  ];
}

/**
 * How the figures that the tables show came about, each once: what a line has written out is not written again. What is not estimated says what it
 * lacks.
 */
export function explanationLines({
  design,
  analysis,
  latency,
  waiting,
  headroom,
  stability,
  fanOuts,
  growth,
  cost,
}: EstimateAnswer): string[] {
  const { traffic, storage } = analysis;
  const all: [string, Estimate][] = [
    ...[...design.flows.keys()].flatMap((id): [string, Estimate][] => {
      const demand = traffic.flows.get(id)?.demand;
      return demand ? [[`peak rate of ${id}`, demand.peak]] : [];
    }),
    ...[...design.components.values()].flatMap(({ id, kind }): [string, Estimate][] => {
      const load = traffic.components.get(id);
      if (!load || kind === 'client') return [];
      return [
        [`peak rate of ${id}`, load.total.peak],
        [`utilisation of ${id} at peak`, load.utilization],
        [`instances of ${id} needed`, load.replicasNeeded],
      ];
    }),
    ...waiting.flatMap((w): [string, Estimate][] => [
      ...(w.refused ? [[`share of messages for ${w.component} that are refused`, w.refused] as [string, Estimate]] : []),
      [`p95 wait for ${w.component}`, w.p95],
    ]),
    ...closedFigures(traffic.closed.values()).map((c): [string, Estimate] => [`${c.quantity} of ${c.element}`, c.estimate]),
    ...headroom.flatMap((h): [string, Estimate][] => [
      [`growth until ${h.component} reaches its target`, h.toTarget],
      [`growth until ${h.component} is full`, h.toFull],
    ]),
    ...stabilityFigures(stability).map((s): [string, Estimate] => [`${s.quantity}, of ${s.element}`, s.estimate]),
    ...fanOutFigures(fanOuts).map((f): [string, Estimate] => [`${f.quantity}, of ${f.element}`, f.estimate]),
    ...storage.entries.map((e): [string, Estimate] => [`${e.element} per day`, e.perDay]),
    ['stored per day in all', storage.durable.perDay],
    ...limitFigures(analysis).map((l): [string, Estimate] => [`${l.quantity} of ${l.element}`, l.estimate]),
    ...growthFigures(growth).map((g): [string, Estimate] => [`${g.quantity} of ${g.element}`, g.estimate]),
    ...cost.components.map((c): [string, Estimate] => [`cost of ${c.component} a month`, c.perMonth]),
    ...cost.totals.map((total): [string, Estimate] => ['cost a month in all', total]),
    ...latency.flows.flatMap((f): [string, Estimate][] => [
      [`p99 latency of ${latencyName(f)}`, f.p99],
      ...f.afterQueues.map((a): [string, Estimate] => [`p99 latency of ${f.flow} from ${a.queue} on`, a.p99]),
    ]),
  ];
  const seen = new Set<Figure>();
  return all.flatMap(([title, estimate]) => {
    if (!isFigure(estimate)) return [`${title}: not estimated: ${estimate.notEstimated.replace(/^not estimated: /, '')}`];
    return seen.has(estimate) ? [] : derivationLines(estimate, '', seen);
  });
}
