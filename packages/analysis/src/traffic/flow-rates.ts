import {
  COUNT,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  type Flow,
  type Hop,
  known,
  notEstimated,
  type Property,
  property,
  type Quantity,
  RATE,
  type Stop,
} from '@sysd/core';
import { leaf, product, propertyLeaf, quantityLeaf, sum } from '../figure/make.ts';
import type { FlowOutcome } from './outcomes.ts';

/** Rates of one flow under one demand (average or peak). */
export interface FlowRates {
  readonly stops: readonly Estimate[];
  /** Attempts included; before the split over alternatives. */
  readonly hops: readonly Estimate[];
  /** Per hop and target: the part that goes there. */
  readonly targets: readonly (readonly Estimate[])[];
}

export interface RateContext {
  readonly design: Design;
  readonly outcome?: FlowOutcome;
  /** Caches whose hit ratio is taken as zero: to ask what they carry. */
  readonly cold?: ReadonlySet<ElementId>;
  /** What takes a hop in place of what its source and modifiers say: to ask what follows from so many. */
  readonly given?: { readonly hop: number; readonly rate: Estimate };
}

const zero = (label: string, formula: string): Estimate => ({ value: 0, dimension: RATE, label, formula, inputs: [] });
const componentOf = (flow: Flow, stop: number): ElementId => (flow.stops[stop] as Stop).component;

/** Where a hop goes, in words: `api → tweets`. */
export function hopName(flow: Flow, hop: Hop): string {
  return `${componentOf(flow, hop.from)} → ${hop.to.map((t) => componentOf(flow, t.stop)).join(' | ')}`;
}

/** 1 − hit-ratio of a cache; 1 where the scenario has failed it, since a dead cache answers nothing. */
export function missRatio(context: RateContext, flow: Flow, hop: Hop): Estimate | undefined {
  if (!hop.miss) return undefined;
  const { cache, read } = hop.miss;
  const dead =
    read === undefined
      ? readsThrough(context, flow, hop.from) && context.outcome?.down[hop.from] === 1
      : (flow.hops[read] as Hop).to.some((t) => componentOf(flow, t.stop) === cache && context.outcome?.down[t.stop] === 1);
  if (context.cold?.has(cache))
    return { value: 1, dimension: COUNT, label: `misses of ${cache}`, formula: 'every read, with a hit-ratio of 0', inputs: [] };
  if (dead)
    return { value: 1, dimension: COUNT, label: `misses of ${cache}`, formula: 'every read: it has failed in this scenario', inputs: [] };
  const ratio = hitRatio(context.design, cache);
  if (!ratio) return notEstimated(`${cache} has no hit-ratio`);
  const hits = propertyLeaf(`${cache}.hit-ratio`, ratio);
  return { value: 1 - hits.value, dimension: COUNT, label: `misses of ${cache}`, formula: '1 − hit-ratio', inputs: [hits] };
}

/** Whether what asks a stop can go round it: a CDN that fetches what it does not hold. */
export function readsThrough(context: RateContext, flow: Flow, stop: number): boolean {
  const { component, outgoing } = flow.stops[stop] as Stop;
  if (context.design.components.get(component)?.kind !== 'cdn') return false;
  return outgoing.some((h) => {
    const miss = flow.hops[h]?.miss;
    return miss !== undefined && miss.read === undefined;
  });
}

function hitRatio(design: Design, cache: ElementId): Property<Quantity> | undefined {
  const component = design.components.get(cache);
  return component && property(component.properties, 'hit-ratio');
}

/**
 * One pass over the hops in text order (LANGUAGE "Semantics of a flow", rates): λ(hop) = λ(source stop) × when × times × misses, and
 * λ(stop) = Σ λ(hop) × share over the hops into it. `which` names the figures: `average` or `peak`.
 */
export function flowRates(context: RateContext, flow: Flow, demand: Estimate, which: string): FlowRates {
  const into: { name: string; value: Estimate }[][] = flow.stops.map(() => []);
  const settled: (Estimate | undefined)[] = flow.stops.map(() => undefined);
  const requests: Estimate[] = [];
  const hops: Estimate[] = [];
  const targets: Estimate[][] = [];

  const stopRate = (index: number): Estimate => {
    const ready = settled[index];
    if (ready) return ready;
    const parts = into[index] ?? [];
    const label = `${which} rate of ${componentOf(flow, index)} in ${flow.id}`;
    const only = parts[0];
    const rate =
      index === 0
        ? demand
        : parts.length === 1 && only
          ? only.value
          : sum(label, parts, RATE, `nothing reaches ${componentOf(flow, index)} in ${flow.id}`);
    settled[index] = rate;
    return rate;
  };

  for (const hop of flow.hops) {
    const source = stopRate(hop.from);
    const { given } = context;
    const request = given?.hop === hop.index ? given.rate : requestRate(context, flow, hop, which, source, requests, targets);
    requests.push(request);
    const split = splitOver(context, flow, hop, which, request);
    const attempted = split.map((rate, i) => withRetries(context, flow, hop, which, rate, i));
    targets.push(attempted);
    const retried = attempted.some((rate, i) => rate !== split[i]);
    const name = hopName(flow, hop);
    hops.push(
      retried
        ? sum(
            `${which} rate of ${name} with retries`,
            attempted.map((value) => ({ name, value })),
            RATE,
            name,
          )
        : request,
    );
    hop.to.forEach((target, i) => {
      into[target.stop]?.push({ name, value: attempted[i] as Estimate });
    });
  }
  return { stops: flow.stops.map((_, i) => stopRate(i)), hops, targets };
}

/** Requests that take a hop, each counted once however often it is tried. */
function requestRate(
  context: RateContext,
  flow: Flow,
  hop: Hop,
  which: string,
  source: Estimate,
  requests: readonly Estimate[],
  targets: readonly (readonly Estimate[])[],
): Estimate {
  const label = `${which} rate of ${hopName(flow, hop)}`;
  const down = context.outcome?.down[hop.from] ?? 0;
  const lost = down > 0 && readsThrough(context, flow, hop.from) ? 0 : down;
  if (lost === 1) return zero(label, `${componentOf(flow, hop.from)} has failed in this scenario`);
  if (hop.fallbackOf !== undefined) {
    const replaced = flow.hops[hop.fallbackOf] as Hop;
    if (!context.outcome?.stepFails[hop.fallbackOf]) return zero(label, `else: only when ${hopName(flow, replaced)} fails`);
    const rate = requests[hop.fallbackOf];
    if (rate) return withModifiers(hop, label, rate, `rate of ${hopName(flow, replaced)}, which has failed in this scenario`);
  }
  const misses = missRatio(context, flow, hop);
  if (!misses) return withModifiers(hop, label, standing(flow, hop, which, source, lost), `rate of ${componentOf(flow, hop.from)}`);
  const read = hop.miss?.read;
  const base = read === undefined ? standing(flow, hop, which, source, lost) : readRate(flow, hop, read, requests, targets);
  const formula = read === undefined ? `rate of ${componentOf(flow, hop.from)}` : `reads of ${hop.miss?.cache}`;
  return withModifiers(hop, label, base, formula, misses);
}

/** What is left of a stop's rate where the scenario has failed copies to which some requests are pinned. */
function standing(flow: Flow, hop: Hop, which: string, source: Estimate, lost: number): Estimate {
  if (lost === 0) return source;
  const name = componentOf(flow, hop.from);
  return product(`${which} rate of ${name} that is served`, 'rate × share of the copies that stand', [
    source,
    leaf('share of the copies that stand', 1 - lost, COUNT),
  ]);
}

/** The part of a read that goes to the cache itself, where the read has alternatives. */
function readRate(flow: Flow, hop: Hop, read: number, requests: readonly Estimate[], targets: readonly (readonly Estimate[])[]): Estimate {
  const reading = flow.hops[read] as Hop;
  const at = reading.to.findIndex((t) => componentOf(flow, t.stop) === hop.miss?.cache);
  const whole = requests[read] ?? notEstimated(`${hop.miss?.cache} is not read above`);
  return reading.to.length > 1 && at >= 0 ? (targets[read]?.[at] ?? whole) : whole;
}

function withModifiers(hop: Hop, label: string, base: Estimate, baseName: string, misses?: Estimate): Estimate {
  const factors: [string, Estimate][] = [[baseName, base]];
  if (hop.when) factors.push(['when', quantityLeaf('when', hop.when)]);
  if (hop.times) factors.push(['times', quantityLeaf('times', hop.times)]);
  if (misses) factors.push(['misses', misses]);
  if (factors.length === 1) return base;
  return product(
    label,
    factors.map(([name]) => name).join(' × '),
    factors.map(([, value]) => value),
  );
}

/** Splits over `b 80% | c 20%`. Where some alternatives have failed in the scenario, those that stand take their share. */
function splitOver(context: RateContext, flow: Flow, hop: Hop, which: string, rate: Estimate): Estimate[] {
  if (hop.to.length === 1) return [rate];
  const standing = hop.to.filter((_, i) => !context.outcome?.targetFails[hop.index]?.[i]);
  const shifted = standing.length > 0 && standing.length < hop.to.length;
  const whole = shifted ? standing.reduce((n, t) => n + t.share, 0) : 1;
  return hop.to.map((target) => {
    const name = componentOf(flow, target.stop);
    const label = `${which} rate of ${componentOf(flow, hop.from)} → ${name}`;
    if (shifted && !standing.includes(target))
      return zero(label, `${name} has failed in this scenario: the other alternatives take its share`);
    const share = { ...leaf(`share of ${name}`, whole > 0 ? target.share / whole : 0, COUNT), span: target.span };
    return product(label, shifted ? 'rate × share of those that stand' : 'rate × share', [rate, share]);
  });
}

/** Attempts: 1, and toward what has failed in the scenario 1 + retries of the connection. */
function withRetries(context: RateContext, flow: Flow, hop: Hop, which: string, rate: Estimate, target: number): Estimate {
  const stop = hop.to[target]?.stop as number;
  if (!context.outcome?.targetFails[hop.index]?.[target] || known(rate) === 0) return rate;
  const id = `${componentOf(flow, hop.from)}->${componentOf(flow, stop)}`;
  const connection = context.design.connections.get(id);
  const retries = connection && effective(connection.properties, 'retries');
  if (!retries || retries.value.value === 0) return rate;
  const attempts: Estimate = {
    value: 1 + retries.value.value,
    dimension: COUNT,
    label: `attempts of ${id}`,
    formula: '1 + retries',
    inputs: [propertyLeaf(`${id}.retries`, retries)],
  };
  return product(`${which} rate of ${id} with retries`, `rate × attempts: ${componentOf(flow, stop)} has failed in this scenario`, [
    rate,
    attempts,
  ]);
}
