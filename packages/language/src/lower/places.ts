import { type ElementId, type Place, type PropertyBag, property } from '@sysd/core';
import { isPlace, type Place as PlaceNode } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import type { At, Context } from './context.ts';
import { elementParts, isDeclared } from './elements.ts';
import { overriddenBag } from './override-bag.ts';
import type { Overrides } from './overrides.ts';
import type { Scope } from './scope.ts';
import type { Placed } from './statements.ts';
import type { Values } from './values.ts';

const EMPTY: PropertyBag = new Map();

/** Regions, each followed by its zones, and zones that stand alone. */
export function lowerPlaces(
  context: Context,
  scope: Scope,
  values: Values,
  overrides: Overrides,
  statements: readonly Placed[],
): Map<ElementId, Place> {
  const places = new Map<ElementId, Place>();
  for (const { node, file } of statements) {
    if (!isPlace(node) || !isDeclared(scope, node)) continue;
    const at: At<PlaceNode> = { node, file };
    const properties = declaredBag(context, values, at, { owners: [node.kind], words: `a ${node.kind}` });
    const zones = node.kind === 'region' ? zonesOf(scope, node.name, properties) : [];
    const set = (place: Place) =>
      places.set(place.id, { ...place, properties: overriddenBag(place.properties, place.id, place.kind, overrides, values) });
    set({ ...elementParts(at, node.name), kind: node.kind, zones: zones.map((z) => z.id), properties });
    for (const zone of zones) set(zone);
  }
  return places;
}

function zonesOf(scope: Scope, region: string, properties: PropertyBag): Place[] {
  const zones: Place[] = [];
  for (const { name } of property(properties, 'zones')?.value ?? []) {
    const id = `${region}.${name}`;
    const declaration = scope.declarations.get(id);
    if (!declaration || zones.some((z) => z.id === id)) continue;
    zones.push({ id, kind: 'zone', region, zones: [], properties: EMPTY, span: declaration.span, nameSpan: declaration.nameSpan });
  }
  return zones;
}
