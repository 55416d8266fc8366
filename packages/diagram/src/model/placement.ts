import type { Component, Design, ElementId } from '@sysd/core';

/** The innermost place that holds all instances of a component, or of several; undefined where there is none. */
export interface Location {
  readonly region?: ElementId;
  readonly zone?: ElementId;
  /** Some instance is placed somewhere. */
  readonly placed: boolean;
}

const NOWHERE: Location = { placed: false };

/** Across zones of one region: that region. In several regions, or partly without a place: no place. */
export function locationOf(component: Component, design: Design): Location {
  const places = component.copies.flatMap((copy) => copy.instances.filter((s) => s.count > 0).map((s) => s.place ?? copy.place));
  if (places.length === 0 || places.every((p) => p === undefined)) return NOWHERE;
  return places.map((p) => placeLocation(p, design)).reduce(common);
}

/** Location of everything together. What is not placed at all (a managed store) does not pull the rest out of its region. */
export function commonLocation(locations: readonly Location[]): Location {
  const placed = locations.filter((l) => l.placed);
  return placed.length === 0 ? NOWHERE : placed.reduce(common);
}

function placeLocation(id: ElementId | undefined, design: Design): Location {
  const place = id === undefined ? undefined : design.places.get(id);
  if (!place) return { placed: true };
  if (place.kind === 'region') return { placed: true, region: place.id };
  return { placed: true, zone: place.id, ...(place.region === undefined ? {} : { region: place.region }) };
}

function common(a: Location, b: Location): Location {
  return {
    placed: true,
    ...(a.region !== undefined && a.region === b.region ? { region: a.region } : {}),
    ...(a.zone !== undefined && a.zone === b.zone ? { zone: a.zone } : {}),
  };
}
