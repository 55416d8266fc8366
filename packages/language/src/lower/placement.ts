import type { Copy, ElementId, Group, Name, Place, Property, Quantity, Share, Span } from '@sysd/core';
import type { Context } from './context.ts';
import type { Elements } from './elements-input.ts';

/** Value of `replicas`: `3 across us`, `3 in us.a, us.a, us.b`. */
interface Replicas {
  readonly count: Quantity;
  readonly across?: readonly Name[];
  readonly in?: readonly Name[];
}

/**
 * Where the instances of each copy stand (LANGUAGE "Redundancy and placement"): one copy, or one per place of the stamp.
 * `across` deals to the zones in the order written; `in` places each one, or all in one place.
 */
export function copiesOf(
  context: Context,
  places: Elements<Place>,
  stamp: Group | undefined,
  replicas: Property | undefined,
  name: Span,
): Copy[] {
  const value = replicas?.value as Replicas | undefined;
  const count = Math.max(0, Math.round(value?.count.value ?? 1));
  const span = replicas?.valueSpan ?? name;
  const homes: (ElementId | undefined)[] = stamp ? [...stamp.across] : [undefined];
  // An error is told once, not for every copy that has it.
  let told = false;
  return homes.map((home) => {
    const report = (message: string, at?: Span) => {
      if (!told) context.report('invalid-placement', at ?? span, message);
      told = true;
    };
    const instances = place(places, home, count, value, report);
    return home === undefined ? { instances } : { place: home, instances };
  });
}

type Report = (message: string, at?: Span) => void;

function place(places: Elements<Place>, home: ElementId | undefined, count: number, value: Replicas | undefined, report: Report): Share[] {
  if (value?.in) return placeEach(places, home, count, value.in, report);
  if (value?.across) {
    const zones = value.across.flatMap((name) => zonesOf(places, home, name, report));
    if (zones.length === 0) return [{ count }];
    return deal(count, zones);
  }
  return home === undefined ? [{ count }] : [{ place: home, count }];
}

function placeEach(places: Elements<Place>, home: ElementId | undefined, count: number, names: readonly Name[], report: Report): Share[] {
  const known = names.filter((n) => places.has(n.name));
  const [only] = known;
  if (known.length < names.length) return [{ count }];
  const abroad = home === undefined ? undefined : known.find(({ name }) => name !== home && places.get(name)?.region !== home);
  if (abroad) {
    report(
      `the group has one copy per place, so its components stand in their own: say "across zones" rather than in ${abroad.name}`,
      abroad.span,
    );
    return [{ place: home as ElementId, count }];
  }
  if (only && known.length === 1) return [{ place: only.name, count }];
  if (known.length !== count) {
    report(`${count} replicas are placed in ${known.length} places: name one place for each, or one for all`);
    return [{ count }];
  }
  const runs: { place: ElementId; count: number }[] = [];
  for (const { name } of known) {
    const last = runs.at(-1);
    if (last?.place === name) last.count++;
    else runs.push({ place: name, count: 1 });
  }
  return runs;
}

/** Zones that a name of `across` stands for: those of a region, a zone itself, or `zones` of the stamp's own region. */
function zonesOf(places: Elements<Place>, home: ElementId | undefined, name: Name, report: Report): ElementId[] {
  if (name.name === 'zones') {
    if (home === undefined) {
      report('"across zones" is for components of a group with copies: name the regions or zones here', name.span);
      return [];
    }
    return spread(places, home);
  }
  const place = places.get(name.name);
  if (!place) return [];
  if (home !== undefined && place.id !== home && place.region !== home) {
    report(
      `the group has one copy per place, so its components stand in their own: say "across zones" rather than ${name.name}`,
      name.span,
    );
    return spread(places, home);
  }
  return spread(places, place.id);
}

function spread(places: Elements<Place>, id: ElementId): ElementId[] {
  const zones = places.get(id)?.zones ?? [];
  return zones.length > 0 ? [...zones] : [id];
}

/** Deals instances one by one: the first zones get one more. A zone named twice gets twice as many; runs are by zone, first dealt first. */
function deal(count: number, zones: readonly ElementId[]): Share[] {
  const each = Math.floor(count / zones.length);
  const counts = new Map<ElementId, number>();
  zones.forEach((zone, i) => {
    const more = each + (i < count % zones.length ? 1 : 0);
    if (more > 0) counts.set(zone, (counts.get(zone) ?? 0) + more);
  });
  return [...counts].map(([place, n]) => ({ place, count: n }));
}
