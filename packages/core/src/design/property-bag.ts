import type { PropertyName, PropertyValue } from '../schema/properties.ts';
import type { Span } from '../source.ts';

/** Where a value comes from. `source` is the citation of a technology's fact or a default; without one it is shown as a guess. */
export type Origin =
  | { readonly kind: 'declared' }
  | { readonly kind: 'technology'; readonly technology: string; readonly source?: string }
  | { readonly kind: 'default'; readonly source?: string }
  | { readonly kind: 'scenario'; readonly scenario: string };

/** A property of an element with its matched value. `span` covers `name: value`, `valueSpan` the value. Defaults of the schema have none. */
export interface Property<T = unknown> {
  readonly value: T;
  readonly origin: Origin;
  /** The value as source text. */
  readonly text: string;
  readonly span?: Span;
  readonly valueSpan?: Span;
}

/**
 * Properties of an element: declared ones, and below them the technology's. Schema defaults are not stored; `effective` adds them.
 * Keys are schema names only. A property may be given several times only where the schema says so (`index`): the last one counts.
 */
export type PropertyBag = ReadonlyMap<PropertyName, Property>;

/** The property as declared or brought by the technology; undefined where neither says it (schema defaults not applied). */
export function property<K extends PropertyName>(bag: PropertyBag, name: K): Property<PropertyValue<K>> | undefined {
  return bag.get(name) as Property<PropertyValue<K>> | undefined;
}

/** The matched value of a property, or undefined. */
export function valueIn<K extends PropertyName>(bag: PropertyBag, name: K): PropertyValue<K> | undefined {
  return property(bag, name)?.value;
}
