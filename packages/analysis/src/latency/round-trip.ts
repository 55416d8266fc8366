import {
  type Component,
  type Copy,
  type Design,
  type ElementId,
  type Estimate,
  effective,
  type Figure,
  type Flow,
  type Hop,
  notEstimated,
  type Property,
  type PropertyValue,
  property,
  type Stop,
  schemaDefault,
  TIME,
} from '@sysd/core';
import { leaf } from '../figure/make.ts';
import { needsFresh } from '../queries/requirement.ts';
import { readersOf, rolesOf } from '../scenario/roles.ts';
import { sameStamp } from '../scenario/stamps.ts';
import { constant, type Distribution, mixture } from './distribution/distribution.ts';

/** Round trips of a step: a mixture over the pairs of places between which it may go. */
export interface RoundTrip {
  readonly mean: Estimate;
  readonly time?: Distribution;
  /** Why none is counted. */
  readonly leftOut?: string;
}

const NOWHERE: ElementId = '';

/** Shares of places. */
type Places = ReadonlyMap<ElementId, number>;

/** The round trip of a hop to one of its targets, between the places where the instances of both stand. */
export function roundTrip(design: Design, flow: Flow, hop: Hop, target: number): RoundTrip {
  const source = flow.stops[hop.from] as Stop;
  const reached = flow.stops[hop.to[target]?.stop as number] as Stop;
  const from = design.components.get(source.component);
  const to = design.components.get(reached.component);
  if (!from || !to) return { mean: notEstimated(`${reached.component} is not there`) };
  const name = `${from.id} → ${to.id}`;
  if (from.kind === 'client') return none(name, 'nobody says where they stand', `${from.id} stand nowhere in the design`);
  const level = property(to.properties, 'level')?.value;
  if (level?.level === 'in-process') return { mean: zero(name, 'in the same process'), time: constant(0) };
  if (to.kind === 'external' && placesOf(to.copies).has(NOWHERE)) {
    return none(name, 'their latency is what their callers see', `the latency of ${to.id} is what its callers see`);
  }
  return over(name, distancesOf(design, pairsOf(design, flow, hop, source, reached, from, to)));
}

const zero = (name: string, formula: string): Figure => ({ value: 0, dimension: TIME, label: `round trip ${name}`, formula, inputs: [] });

const none = (name: string, leftOut: string, formula: string): RoundTrip => ({
  mean: zero(name, `not counted: ${formula}`),
  time: constant(0),
  leftOut,
});

interface Pair {
  readonly share: number;
  readonly trip: Estimate;
}

function over(name: string, pairs: readonly Pair[]): RoundTrip {
  const [first] = pairs;
  const unknown = pairs.find((p) => !('value' in p.trip));
  if (!first) return { mean: zero(name, 'nowhere to go'), time: constant(0) };
  if (unknown) return { mean: unknown.trip };
  if (pairs.length === 1) return { mean: first.trip, time: constant((first.trip as Figure).value) };
  const trips = pairs.map((p) => p.trip as Figure);
  const mean: Figure = {
    value: pairs.reduce((n, p, i) => n + p.share * (trips[i] as Figure).value, 0),
    dimension: TIME,
    label: `mean round trip ${name}`,
    formula: pairs.map((p, i) => `${Number((p.share * 100).toPrecision(3))} % × ${trips[i]?.label}`).join(' + '),
    inputs: trips,
  };
  return { mean, time: mixture(pairs.map((p, i) => ({ share: p.share, of: constant((trips[i] as Figure).value) }))) };
}

/** Between which places a hop goes, with shares: any instance of the caller to any that can serve it; inside of a stamp within the copy. */
function pairsOf(
  design: Design,
  flow: Flow,
  hop: Hop,
  source: Stop,
  reached: Stop,
  from: Component,
  to: Component,
): (readonly [Places, Places, number])[] {
  const callers = copiesAt(from, source);
  const served = (copies: readonly Copy[]): Places => servingPlaces(design, flow, hop, to, copies);
  if (reached.copy === undefined && sameStamp(design, from, to)) {
    return callers.flatMap((copy): (readonly [Places, Places, number])[] => {
      const own = to.copies.filter((c) => c.place === copy.place);
      return own.length === 0 ? [] : [[callingPlaces(from, [copy]), served(own), 1 / callers.length]];
    });
  }
  return [[callingPlaces(from, callers), served(copiesAt(to, reached)), 1]];
}

const copiesAt = (component: Component, stop: Stop): readonly Copy[] => {
  const named = stop.copy === undefined ? [] : component.copies.filter((c) => c.place === stop.copy);
  return named.length > 0 ? named : component.copies;
};

function placesOf(copies: readonly Copy[]): Places {
  const runs = copies.flatMap((copy) => copy.instances);
  return shares(runs.map((run) => [run.place ?? NOWHERE, run.count]));
}

function shares(counts: readonly (readonly [ElementId, number])[]): Places {
  const all = counts.reduce((n, [, count]) => n + count, 0);
  const places = new Map<ElementId, number>();
  for (const [place, count] of counts) if (count > 0) places.set(place, (places.get(place) ?? 0) + count / all);
  return places;
}

/** Where a request is answered: a write by the primary where there is one, a read by those that serve it, all else by any instance. */
function servingPlaces(design: Design, flow: Flow, hop: Hop, to: Component, copies: readonly Copy[]): Places {
  const roles = rolesOf(to);
  const read = hop.operation === 'read';
  const by = read ? readersOf(to, needsFresh(design, flow, hop)) : roles === 'primary' ? 'primary' : 'any';
  if (roles === 'active-passive' || by === 'primary') return shares(copies.flatMap((c) => firstOf(c)));
  if (by === 'replicas') return shares(copies.flatMap((c) => standbysOf(c)));
  return placesOf(copies);
}

/** Where requests come from: the one that works of those of which one works, else any instance. */
function callingPlaces(from: Component, copies: readonly Copy[]): Places {
  return rolesOf(from) === 'active-passive' ? shares(copies.flatMap((c) => firstOf(c))) : placesOf(copies);
}

function firstOf({ instances }: Copy): (readonly [ElementId, number])[] {
  const first = instances.find((run) => run.count > 0);
  return first ? [[first.place ?? NOWHERE, 1]] : [];
}

function standbysOf(copy: Copy): (readonly [ElementId, number])[] {
  const total = copy.instances.reduce((n, run) => n + run.count, 0);
  if (total <= 1) return firstOf(copy);
  let first = true;
  return copy.instances.map((run): readonly [ElementId, number] => {
    const without = first && run.count > 0 ? 1 : 0;
    if (run.count > 0) first = false;
    return [run.place ?? NOWHERE, run.count - without];
  });
}

/** The distances that occur, each with its share. */
function distancesOf(design: Design, pairs: readonly (readonly [Places, Places, number])[]): Pair[] {
  const found = new Map<string, { share: number; trip: Estimate }>();
  for (const [from, to, weight] of pairs) {
    for (const [a, x] of from) {
      for (const [b, y] of to) {
        const trip = distance(design, a, b);
        const key = 'value' in trip ? trip.label : trip.notEstimated;
        const before = found.get(key);
        if (before) before.share += weight * x * y;
        else found.set(key, { share: weight * x * y, trip });
      }
    }
  }
  return [...found.values()];
}

type Trips = Property<PropertyValue<'round-trip'>>;
type Trip = PropertyValue<'round-trip'>[number];

/** The round trip between two places. What is placed nowhere counts as standing in the other's zone, and the figure says so. */
function distance(design: Design, a: ElementId, b: ElementId): Estimate {
  if (a === NOWHERE || b === NOWHERE) {
    const here = design.places.get(a === NOWHERE ? b : a);
    return within(design, here?.region ?? here?.id, 'inZone', 'round trip in a zone (not placed: as if in the same)');
  }
  const [from, to] = [design.places.get(a), design.places.get(b)];
  const [inA, inB] = [from?.region ?? a, to?.region ?? b];
  if (a === b) return within(design, inA, 'inZone', `round trip in a zone of ${inA}`);
  const said = between(design, a, b) ?? between(design, b, a);
  if (said) return said;
  if (inA === inB) return within(design, inA, 'betweenZones', `round trip between zones of ${inA}`);
  const regions = between(design, inA, inB) ?? between(design, inB, inA);
  if (regions) return regions;
  // Zones outside of regions are those of one place.
  if (from?.kind === 'zone' && to?.kind === 'zone' && !from.region && !to.region) {
    return within(design, inA, 'betweenZones', 'round trip between zones');
  }
  return notEstimated(`nobody says how far ${inA} is from ${inB}: round-trip: 80 ms to ${inB} (on ${inA}) would`);
}

function within(design: Design, region: ElementId | undefined, where: 'inZone' | 'betweenZones', label: string): Estimate {
  const bag = (region === undefined ? undefined : design.places.get(region)?.properties) ?? new Map();
  const fits = (trip: Trip): boolean => trip.to === undefined && (trip[where] === true || (!trip.inZone && !trip.betweenZones));
  for (const trips of [effective(bag, 'round-trip'), schemaDefault('round-trip')] as (Trips | undefined)[]) {
    const trip = trips?.value.find(fits);
    if (trips && trip) return tripLeaf(label, trips, trip);
  }
  return notEstimated('there is no round-trip');
}

function between(design: Design, a: ElementId, b: ElementId): Figure | undefined {
  const trips = property(design.places.get(a)?.properties ?? new Map(), 'round-trip');
  const trip = trips?.value.find((t) => t.to?.name === b);
  return trips && trip && tripLeaf(`round trip between ${a} and ${b}`, trips, trip);
}

/** One of the round trips that a property gives. */
function tripLeaf(label: string, trips: Trips, trip: Trip): Figure {
  const { text: _all, ...rest } = leaf(label, trip.time.value, TIME, trips);
  return trip.time.text === undefined ? rest : { ...rest, text: trip.time.text };
}
