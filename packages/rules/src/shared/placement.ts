import { type Component, type Design, type ElementId, property } from '@sysd/core';

/** The declared `replicas`, if the component itself says it (not its technology). */
export function declaredReplicas(component: Component) {
  const replicas = property(component.properties, 'replicas');
  return replicas?.origin.kind === 'declared' ? replicas : undefined;
}

/** Zones of a place, or the place itself where it has none. */
function zonesOf(design: Design, id: ElementId): readonly ElementId[] {
  const place = design.places.get(id);
  return place?.kind === 'region' && place.zones.length > 0 ? place.zones : [id];
}

/** Names for `across` that spread the component wider than its `in`: the region of its zones, or all zones that stand alone. */
function wider(design: Design, zones: readonly ElementId[]): readonly ElementId[] {
  const regions = new Set(zones.map((z) => design.places.get(z)?.region));
  if (!regions.has(undefined)) return [...regions] as ElementId[];
  const alone = [...design.places.values()].filter((p) => p.kind === 'zone' && p.region === undefined).map((p) => p.id);
  return zones.every((z) => alone.includes(z)) ? alone : [...new Set(zones)];
}

/** Where more replicas of a component would stand: the names after `across`, and the zones that they mean. */
export interface Spread {
  readonly names: readonly string[];
  readonly zones: readonly ElementId[];
}

/** Keeps what `across` says; spreads what `in` holds together. Empty where the component is not placed. */
export function spreadOf(design: Design, component: Component): Spread {
  const value = declaredReplicas(component)?.value;
  if (value?.across) {
    const names = value.across.map((n) => n.name);
    const inStamp = component.copies[0]?.place;
    const zones = names.flatMap((n) => (n === 'zones' && inStamp !== undefined ? zonesOf(design, inStamp) : zonesOf(design, n)));
    return { names, zones: [...new Set(zones)] };
  }
  if (!value?.in) return { names: [], zones: [] };
  const names = wider(
    design,
    value.in.flatMap((n) => zonesOf(design, n.name)),
  );
  return { names, zones: [...new Set(names.flatMap((n) => zonesOf(design, n)))] };
}

/** The value of `replicas` for so many instances of the component: `3 across us`. */
export function replicasText(design: Design, component: Component, count: number): string {
  const { names } = spreadOf(design, component);
  return names.length === 0 ? String(count) : `${count} across ${names.join(', ')}`;
}

/**
 * Fewest instances of which `needed` are left when one fails, and when one zone fails if they stand in several: the largest share of a
 * zone is ⌈n / zones⌉, since they are dealt in turn.
 */
export function withSpare(needed: number, zones: number): number {
  // n − ⌈n / z⌉ = ⌊n (z − 1) / z⌋ ≥ needed exactly when n ≥ needed × z / (z − 1).
  return Math.max(needed + 1, zones > 1 ? Math.ceil((needed * zones) / (zones - 1)) : 0);
}

/** Places where the replicas stand and how many in each (of one copy); empty where they are not placed. */
export function replicasByPlace(component: Component): Map<ElementId, number> {
  const counts = new Map<ElementId, number>();
  for (const share of component.copies[0]?.instances ?? []) {
    if (share.place !== undefined) counts.set(share.place, (counts.get(share.place) ?? 0) + share.count);
  }
  return counts;
}
