import type { Component, PropertyName, Span } from '@sysd/core';

/** Where the component itself says the property, else its name: what its technology says stands elsewhere. */
export function declaredSpan(component: Component, name: PropertyName): Span {
  const property = component.properties.get(name);
  const own = property?.origin.kind === 'declared' || property?.origin.kind === 'scenario';
  return (own ? property?.valueSpan : undefined) ?? component.nameSpan;
}
