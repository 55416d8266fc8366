import type { Component, Design, ElementId, PropertyBag } from '@sysd/core';
import { perDesign } from './per-design.ts';

/** Ids of components that the properties of others name: `covers: orders`, `failover: automatic via sentinel`, `checks db`. */
export const mentionedComponents = perDesign((design): ReadonlySet<ElementId> => {
  const found = new Set<ElementId>();
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    // Quantities hold no names, and most values are quantities.
    else if (typeof value === 'object' && value !== null && !('dimension' in value)) {
      if ('name' in value && typeof value.name === 'string') {
        if (design.components.has(value.name)) found.add(value.name);
      } else Object.values(value).forEach(visit);
    }
  };
  const bags: PropertyBag[] = [
    ...[...design.components.values()].flatMap((c: Component) => [c.properties, ...c.tables.map((t) => t.properties)]),
    ...[...design.connections.values()].map((c) => c.properties),
  ];
  for (const bag of bags) for (const property of bag.values()) visit(property.value);
  return found;
});

/** Ids of components at which some flow stops. */
export function visitedComponents(design: Design): Set<ElementId> {
  return new Set([...design.flows.values()].flatMap((flow) => flow.stops.map((s) => s.component)));
}
