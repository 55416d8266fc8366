import { BROKERS, type Component, type Edit, STORES } from '@sysd/core';

/** Whether its instances hold data, so that they are not interchangeable. */
export const holdsState = (component: Component): boolean =>
  STORES.includes(component.kind) || BROKERS.includes(component.kind) || component.kind === 'registry';

/** Gives a component a property, or another value of it. */
export const set = (component: Component, name: string, value: string): Edit => ({
  kind: 'set-property',
  on: component.id,
  property: name,
  value,
});
