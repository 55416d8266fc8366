import {
  COUNT,
  type Component,
  type ComponentLoad,
  type Design,
  type FanOut,
  type FanOutPart,
  type Figure,
  type Flow,
  type Hop,
  isFigure,
  known,
  notEstimated,
  type Objective,
  type Quantity,
  RATE,
  TIME,
  type Traffic,
} from '@sysd/core';
import { compute, leaf, named, quantityLeaf, quotient } from '../figure/make.ts';
import { standingInstances } from '../scenario/standing.ts';
import { sizeOf } from '../traffic/component-load.ts';
import { type Contribution, contributionsOf } from '../traffic/contributions.ts';
import { flowRates, hopName } from '../traffic/flow-rates.ts';

const NONE: readonly never[] = [];
/** Growth of the load beyond which rounding no longer explains a difference. */
const NOISE = 1e-9;

/** The largest fan-outs of all steps that say theirs, in text order. */
export function fanOutsOf(design: Design, traffic: Traffic): readonly FanOut[] {
  return [...design.flows.values()].flatMap((flow) => flowFanOuts(design, flow, traffic));
}

/** The same of one flow. */
export function flowFanOuts(design: Design, flow: Flow, traffic: Traffic): readonly FanOut[] {
  const steps = flow.hops.flatMap((hop) => (hop.max && hop.max.value > 0 ? [{ hop, max: hop.max }] : []));
  return steps.length === 0 ? NONE : steps.map(({ hop, max }) => fanOut(design, flow, hop, max, traffic));
}

/**
 * How long one request that repeats the step so often keeps its targets busy, and what they call for each repetition. A fluid approximation:
 * the requests are there at once, and each component works them off with the capacity that its load at peak leaves, as a queue drains.
 */
function fanOut(design: Design, flow: Flow, hop: Hop, max: Quantity, traffic: Traffic): FanOut {
  const largest = quantityLeaf('max', max);
  const parts = [...broughtBy(design, flow, hop, max.value)].flatMap(([id, contributions]): FanOutPart[] => {
    const component = design.components.get(id);
    const load = traffic.components.get(id);
    return component && load ? partOf(design, component, load, largest, contributions) : [];
  });
  const found = parts.filter((p) => isFigure(p.time));
  const slowest = found.reduce<FanOutPart | undefined>((a, b) => (a && (known(a.time) ?? 0) >= (known(b.time) ?? 0) ? a : b), undefined);
  const full = parts.find((p) => isFigure(p.work) && !isFigure(p.time));
  const reasons = [...new Set(parts.flatMap((p) => (isFigure(p.time) ? [] : [p.time.notEstimated])))];
  const step = hopName(flow, hop);
  const objective = completionObjective(flow);
  const time = full?.time ?? slowest?.time ?? notEstimated(reasons.join('; ') || `${step} brings nothing to any component`);
  return {
    flow: flow.id,
    hop: hop.index,
    step,
    average: hop.times ? quantityLeaf('times', hop.times) : leaf('times', 1, COUNT),
    largest,
    parts,
    time: named(`time of the largest fan-out of ${step}`, 'of its slowest component', time),
    ...(slowest && !full ? { slowest } : {}),
    whole: found.length === parts.length,
    ...(objective ? { objective } : {}),
  };
}

const PERCENTILES = ['p99', 'p95', 'p50'] as const;

function completionObjective(flow: Flow): Objective | undefined {
  const said = flow.objectives.filter((o) => o.completion);
  return PERCENTILES.map((p) => said.find((o) => o.metric === p)).find((o) => o !== undefined);
}

/** What so many requests over a hop bring to each component, and nothing else: as rates, all of them in one second. */
function broughtBy(design: Design, flow: Flow, hop: Hop, requests: number): ReadonlyMap<string, readonly Contribution[]> {
  const figure = (value: number): Figure => ({ value, dimension: RATE, label: 'requests of the largest fan-out' });
  const of = inOneCopy(design, flow, hop);
  const rates = flowRates({ design, given: { hop: hop.index, rate: figure(requests) } }, of, figure(0), 'largest');
  const demand = { average: figure(0), peak: figure(0) };
  const brought = contributionsOf(design, of, demand, rates, rates, undefined);
  return new Map(
    [...brought].map(([id, all]) => [id, all.filter((c) => known(c.rate.peak) !== 0)] as const).filter(([, c]) => c.length > 0),
  );
}

/** One request is in one copy of a stamp: in the first that stands. */
function inOneCopy(design: Design, flow: Flow, hop: Hop): Flow {
  const source = design.components.get(flow.stops[hop.from]?.component ?? '');
  const copy = source?.copies.find((c) => standingInstances(design, source, c) > 0)?.place;
  if (!source || source.copies.length <= 1 || copy === undefined) return flow;
  return { ...flow, stops: flow.stops.map((stop, i) => (i === hop.from ? { copy, ...stop } : stop)) };
}

function partOf(
  design: Design,
  component: Component,
  load: ComponentLoad,
  largest: Figure,
  contributions: readonly Contribution[],
): FanOutPart[] {
  const { id } = component;
  const size = sizeOf(design, component, contributions);
  const each = leaf(`requests of ${id} for each repetition`, sumOf(contributions) / largest.value, COUNT);
  const unknown = contributions.find((c) => !isFigure(c.rate.peak))?.rate.peak;
  const requests =
    unknown && !isFigure(unknown)
      ? unknown
      : compute(`requests of ${id} in the largest fan-out`, 'max × requests for each repetition', [largest, each], COUNT, (m, n) => m * n);
  // All of them in one second fill the busiest instance so many times over as they take seconds. An autoscaler runs what the peak takes.
  const instances = leaf(`instances of ${id} at peak`, load.replicas, COUNT);
  const filled = isFigure(size.utilization) ? size.utilization.value : 0;
  const served = (sumOf(contributions) / filled) * (load.replicas / size.replicas);
  const rate = compute(
    `requests/s of the fan-out at which ${id} is full`,
    isPlain(served, known(size.capacityPerInstance), load.replicas)
      ? 'capacity of one instance × instances'
      : 'where its busiest instance is full: the capacity of one instance, of those that serve such requests',
    [size.capacityPerInstance, instances, ...(isFigure(size.utilization) ? [] : [size.utilization])],
    RATE,
    () => served,
  );
  const work = quotient(`work that the largest fan-out makes for ${id}`, 'requests ÷ requests/s when full', requests, rate);
  const time =
    isFigure(work) && isFigure(load.utilization) && load.utilization.value >= 1 - NOISE
      ? notEstimated(`${id} has no capacity to spare at peak`)
      : compute(
          `time that the largest fan-out takes ${id} at peak`,
          'work ÷ (1 − utilisation)',
          [work, load.utilization],
          TIME,
          (w, u) => w / (1 - u),
        );
  return [{ component: id, requests, work, time }];
}

const sumOf = (contributions: readonly Contribution[]): number => contributions.reduce((n, c) => n + (known(c.rate.peak) ?? 0), 0);

const isPlain = (served: number, capacity: number | undefined, instances: number): boolean =>
  capacity !== undefined && Math.abs(served - capacity * instances) <= NOISE * served;
