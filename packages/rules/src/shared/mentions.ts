import type { Component, ElementId, PropertyBag } from '@sysd/core';

const NONE: readonly ElementId[] = [];

/** Names that properties of a component and its tables give: `covers: orders`, `failover: automatic via sentinel`, `checks db`. */
export function namesInComponent(component: Component): readonly ElementId[] {
  return namesIn([component.properties, ...component.tables.map((t) => t.properties)]);
}

/** Names in values of the bags, whatever they stand for: components among them are mentioned. */
export function namesIn(bags: readonly PropertyBag[]): readonly ElementId[] {
  const found: ElementId[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    // Quantities hold no names, and most values are quantities.
    else if (typeof value === 'object' && value !== null && !('dimension' in value)) {
      if ('name' in value && typeof value.name === 'string') found.push(value.name);
      else Object.values(value).forEach(visit);
    }
  };
  for (const bag of bags) for (const property of bag.values()) visit(property.value);
  return found.length > 0 ? found : NONE;
}
