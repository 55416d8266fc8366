import type { Component, Design, ElementId } from '@sysd/core';
import { declaredReplicas, type Spread, spreadOf } from '../../shared/placement.ts';

/** Where a component would stand wider apart than it does. */
export interface Wider {
  /** After `across`. */
  readonly names: readonly string[];
  /** Places of which one may fail: zones, or regions. */
  readonly apart: number;
}

/** Where more instances of a component would stand; undefined where it is not placed. */
export function spreadOver(design: Design, component: Component): Spread | undefined {
  const spread = spreadOf(design, component);
  return spread.names.length > 0 ? spread : undefined;
}

const zonesOf = (design: Design, id: ElementId): readonly ElementId[] => design.places.get(id)?.zones ?? [];

/** All zones of the regions where it stands, if that is more than it uses; within its own region for a component of a stamp. */
export function widerZones(design: Design, component: Component): Wider | undefined {
  const used = new Set(component.copies.flatMap((c) => c.instances.flatMap((i) => i.place ?? [])));
  const home = component.copies[0]?.place;
  if (home !== undefined) {
    const zones = zonesOf(design, home);
    const held = zones.filter((id) => used.has(id)).length;
    return zones.length > 1 && held < zones.length ? { names: ['zones'], apart: zones.length } : undefined;
  }
  const regions = regionsOf(design, component);
  if (!regions) return loneZones(design, used);
  const zones = regions.flatMap((id) => zonesOf(design, id));
  return zones.length > 1 && zones.some((id) => !used.has(id)) ? { names: regions, apart: zones.length } : undefined;
}

/** All zones that belong to no region, where it stands in some of them. */
function loneZones(design: Design, used: ReadonlySet<ElementId>): Wider | undefined {
  const alone = [...design.places.values()].filter((p) => p.kind === 'zone' && p.region === undefined).map((p) => p.id);
  const stands = used.size > 0 && [...used].every((id) => alone.includes(id));
  return stands && alone.length > used.size ? { names: alone, apart: alone.length } : undefined;
}

/** One more region than those where it stands, if the design has another. */
export function widerRegions(design: Design, component: Component): Wider | undefined {
  if (component.copies[0]?.place !== undefined) return undefined;
  const regions = regionsOf(design, component);
  const other = regions && [...design.places.values()].find((p) => p.kind === 'region' && !regions.includes(p.id));
  return regions && other ? { names: [...regions, other.id], apart: regions.length + 1 } : undefined;
}

/** Regions where its instances stand, in the order written; undefined where one of them stands in none. */
function regionsOf(design: Design, component: Component): ElementId[] | undefined {
  const value = declaredReplicas(component)?.value;
  const names = (value?.across ?? value?.in ?? []).map((n) => n.name);
  const regions = names.map((id) => {
    const place = design.places.get(id);
    return place?.kind === 'region' ? place.id : place?.region;
  });
  return regions.length === 0 || regions.includes(undefined) ? undefined : ([...new Set(regions)] as ElementId[]);
}
