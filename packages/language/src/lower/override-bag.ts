import { isProperty as isPropertyName, type Owner, type Property, type PropertyBag, type PropertyName, propertySchema } from '@sysd/core';
import type { Overrides } from './overrides.ts';
import type { Values } from './values.ts';

/** A bag with what the scenario sets of the element (`us.availability`, `tweets.tweet.rows`). Components have `componentBag`. */
export function overriddenBag(bag: PropertyBag, id: string, owner: Owner, overrides: Overrides, values: Values): PropertyBag {
  const prefix = `${id}.`;
  let changed: Map<PropertyName, Property> | undefined;
  for (const [path, override] of overrides) {
    const name = path.startsWith(prefix) ? path.slice(prefix.length) : '';
    if (!isPropertyName(name) || !(propertySchema(name).on as readonly Owner[]).includes(owner)) continue;
    const value = values.match(override.property, name);
    if (!value) continue;
    changed ??= new Map(bag);
    changed.set(name, { ...value, origin: { kind: 'scenario', scenario: override.scenario } });
  }
  return changed ?? bag;
}
