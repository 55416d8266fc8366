import { type ElementId, type Place, type PropertyBag, property } from '@sysd/core';
import type { Place as PlaceNode } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import type { At } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { overriddenBag } from './override-bag.ts';
import type { Scope } from './scope.ts';

const EMPTY: PropertyBag = new Map();

/** A region followed by its zones, or a zone that stands alone; nothing where its name belongs to another. */
export function lowerPlace({ context, scope, values, overrides }: LowerInput, at: At<PlaceNode>): Place[] {
  const { node } = at;
  if (node.name === undefined || !scope.counts(node.name, node)) return [];
  const properties = declaredBag(context, values, at, { owners: [node.kind], words: `a ${node.kind}` });
  const zones = node.kind === 'region' ? zonesOf(scope, node.name, properties) : [];
  const own: Place = { ...elementParts(at, node.name), kind: node.kind, zones: zones.map((z) => z.id), properties };
  return [own, ...zones].map((place) => ({
    ...place,
    properties: overriddenBag(place.properties, place.id, place.kind, overrides, values),
  }));
}

function zonesOf(scope: Scope, region: ElementId, properties: PropertyBag): Place[] {
  const zones: Place[] = [];
  for (const { name } of property(properties, 'zones')?.value ?? []) {
    const id = `${region}.${name}`;
    const declaration = scope.content(id);
    if (!declaration || zones.some((z) => z.id === id)) continue;
    zones.push({ id, kind: 'zone', region, zones: [], properties: EMPTY, span: declaration.span, nameSpan: declaration.nameSpan });
  }
  return zones;
}
