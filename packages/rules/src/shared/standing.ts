import { type Component, type Design, type ElementId, type FailureEvent, type Pieces, property } from '@sysd/core';

const NONE: Pieces<ElementId> = new Map();

/** What a component stands in or on, as keys under which it is found: places in use, and what takes it down (`takesDown`). */
export function standingOf(design: Design, component: Component): Pieces<ElementId> {
  const keys = new Set<string>();
  for (const copy of component.copies) {
    const counts = new Map<ElementId, number>();
    let all = 0;
    const add = (place: ElementId | undefined, count: number): void => {
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + count);
    };
    if (copy.place !== undefined) keys.add(`${USED}${copy.place}`);
    for (const { place, count } of copy.instances) {
      all += count;
      const at = place ?? copy.place;
      if (at === undefined) continue;
      if (place !== undefined) keys.add(`${USED}${place}`);
      add(at, count);
      const region = design.places.get(at)?.region;
      if (region !== at) add(region, count);
    }
    for (const [place, lost] of counts) if (lost > 1 || (lost > 0 && lost === all)) keys.add(`place ${place}`);
  }
  for (const { name } of property(component.properties, 'host')?.value ?? []) keys.add(`host ${name}`);
  for (const { name } of property(component.properties, 'shares')?.value ?? []) keys.add(`shared ${name}`);
  return keys.size === 0 ? NONE : new Map([...keys].map((key) => [key, [component.id]]));
}

const USED = 'used ';

/** Under which key those are found that lose all instances with an event, or several. */
export function takesDown(event: FailureEvent): string {
  return `${event.kind === 'host' || event.kind === 'shared' ? event.kind : 'place'} ${event.element}`;
}

/** Zones in use, and regions of which a zone (or the whole) is in use. */
export function placesInUse(design: Design, standing: Pieces<ElementId>): readonly ElementId[] {
  const used = new Set<ElementId>();
  for (const key of standing.keys()) {
    if (!key.startsWith(USED)) continue;
    const id = key.slice(USED.length);
    used.add(id);
    const region = design.places.get(id)?.region;
    if (region !== undefined) used.add(region);
  }
  // A region's other zones are there to be used, whether or not anything stands in them yet.
  for (const id of [...used]) for (const zone of design.places.get(id)?.zones ?? []) used.add(zone);
  for (const place of design.places.values()) if (place.kind === 'zone' && place.region === undefined) used.add(place.id);
  return [...used];
}
