import type { Property, PropertyBag } from '../design/property-bag.ts';
import { parseQuantity } from '../quantity/parse.ts';
import type { Span } from '../source.ts';
import { matchPhrase, type Term } from './match.ts';
import { PROPERTIES, PROPERTY_NAMES, type PropertyName, type PropertyValue, propertySchema } from './properties.ts';

const nowhere: Span = { block: { uri: '', offset: 0 }, start: 0, end: 0 };

/** Terms of a default's text: quantities without a space, words and commas, which is all that defaults use. */
function termsOf(text: string): Term[] {
  return text
    .replaceAll(',', ' ,')
    .split(' ')
    .map((part): Term => {
      if (part === ',') return { kind: 'comma', span: nowhere };
      const parsed = /^\d/.test(part) ? parseQuantity(part) : undefined;
      return parsed?.ok ? { kind: 'quantity', quantity: parsed.value, span: nowhere } : { kind: 'word', word: part, span: nowhere };
    });
}

const defaults: ReadonlyMap<PropertyName, Property> = new Map(
  PROPERTY_NAMES.flatMap((name): [PropertyName, Property][] => {
    const schema = propertySchema(name);
    if (schema.default === undefined) return [];
    const matched = matchPhrase(schema.phrase, termsOf(schema.default), nowhere);
    if ('error' in matched) return [];
    const origin = { kind: 'default' as const, ...(schema.source === undefined ? {} : { source: schema.source }) };
    return [[name, { value: matched.value, origin, text: schema.default }]];
  }),
);

/** The default that the schema gives, marked as such; undefined where it has none. */
export function schemaDefault<K extends PropertyName>(name: K): Property<PropertyValue<K>> | undefined {
  return defaults.get(name) as Property<PropertyValue<K>> | undefined;
}

/** What holds for an element: declared, else the technology's, else the schema's default, each with its origin; undefined where nobody says. */
export function effective<K extends PropertyName>(bag: PropertyBag, name: K): Property<PropertyValue<K>> | undefined {
  return (bag.get(name) as Property<PropertyValue<K>> | undefined) ?? schemaDefault(name);
}

/** Names of properties with a default whose text does not match its own phrase; empty (tested). */
export function brokenDefaults(): PropertyName[] {
  return (Object.keys(PROPERTIES) as PropertyName[]).filter((n) => propertySchema(n).default !== undefined && !defaults.has(n));
}
