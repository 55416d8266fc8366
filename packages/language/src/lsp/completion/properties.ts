import {
  type Dimension,
  dimensionName,
  isProperty,
  type Owner,
  type PropertyName,
  phraseText,
  propertiesOf,
  propertySchema,
  sameDimension,
  UNITS,
} from '@sysd/core';
import type { IToken } from 'chevrotain';
import { CompletionItemKind } from 'vscode-languageserver';
import { isMeasure } from '../markdown/text.ts';
import { type Expected, expectedAfter, writtenParts } from './expect.ts';
import { type Offer, word } from './item.ts';
import type { Scope } from './scope.ts';

/** Documentation of a property from the schema, as Markdown. */
export function propertyDoc(name: PropertyName): string {
  const schema = propertySchema(name);
  const lines = [schema.doc, '', `Value: ${escaped(phraseText(schema.phrase))}  `, `Example: \`${name}: ${schema.example}\``];
  if (schema.default !== undefined) lines.push('', `Default: \`${schema.default}\`${defaultSource(name, schema.default, schema.source)}`);
  else if (schema.fromTechnology) lines.push('', 'Default: from the technology, where it has one.');
  return lines.join('\n');
}

function defaultSource(name: PropertyName, text: string, source: string | undefined): string {
  if (source !== undefined) return ` (${source})`;
  return isMeasure(name, text) ? ' (a guess: no source)' : '';
}

const escaped = (text: string): string => text.replace(/[|<>]/g, '\\$&');

/** Properties that the owner may have and has not yet. */
export function propertyOffers(owner: Owner, present: ReadonlySet<string>): Offer[] {
  return propertiesOf(owner)
    .filter((name) => !present.has(name))
    .map((name): Offer => {
      const schema = propertySchema(name);
      return {
        label: name,
        kind: CompletionItemKind.Property,
        detail: schema.default === undefined ? phraseText(schema.phrase) : `default ${schema.default}`,
        doc: propertyDoc(name),
        insert: `${name}: `,
        again: true,
        rank: 2,
      };
    });
}

interface ValueContext {
  readonly scope: Scope;
  /** Tokens behind the `:`. */
  readonly value: readonly IToken[];
  /** A number stands right before the cursor: units are due. */
  readonly unit: boolean;
  /** Store whose columns are meant, and table in it, where the property stands in one. */
  readonly store?: string;
  readonly table?: string;
}

/** What may follow in the value of a property, by its phrase. */
export function valueOffers(name: string, context: ValueContext): Offer[] {
  if (!isProperty(name)) return [];
  const schema = propertySchema(name);
  if (context.unit) {
    const before = expectedAfter(schema.phrase, writtenParts(context.value.slice(0, -1)));
    const after = expectedAfter(schema.phrase, writtenParts(context.value));
    return [...unitOffers(dimensionsOf(before)), ...after.flatMap((e) => offersFor(e, context))];
  }
  const offers = expectedAfter(schema.phrase, writtenParts(context.value)).flatMap((e) => offersFor(e, context));
  if (context.value.length > 0) return offers;
  const example: Offer = { label: schema.example, kind: CompletionItemKind.Value, detail: 'example', rank: 4 };
  const standard: Offer[] =
    schema.default === undefined ? [] : [{ label: schema.default, kind: CompletionItemKind.Value, detail: 'default', rank: 3 }];
  const labels = new Set(offers.map((o) => o.label));
  return [...offers, ...[...standard, example].filter((o) => !labels.has(o.label))];
}

const dimensionsOf = (expected: readonly Expected[]): Dimension[] =>
  expected.flatMap((e) => (e.kind === 'quantity' ? [...e.dimensions] : e.kind === 'range' ? [e.dimension] : []));

/** Units of these dimensions; of time also as `/unit` where a rate is due. All where the dimension is not known. */
export function unitOffers(dimensions: readonly Dimension[]): Offer[] {
  return UNITS.filter((unit) => dimensions.length === 0 || dimensions.some((d) => sameDimension(d, unit.dimension))).map((unit) => ({
    label: unit.name,
    kind: CompletionItemKind.Unit,
    detail: unit.doc,
    doc: `${unit.doc} (${dimensionName(unit.dimension)})`,
    rank: 1,
  }));
}

function offersFor(expected: Expected, context: ValueContext): Offer[] {
  const { scope } = context;
  switch (expected.kind) {
    case 'words':
      return [{ ...word(expected.words, undefined, 1), kind: CompletionItemKind.EnumMember }];
    case 'function':
      return [
        {
          label: expected.name,
          kind: CompletionItemKind.Function,
          insert: expected.name,
          snippet: `${expected.name}($1)`,
          again: true,
          rank: 1,
        },
      ];
    case 'quantity':
      return scope.lets.map((l) => ({ label: l.name, kind: CompletionItemKind.Constant, detail: l.detail ?? 'let', rank: 4, ...docOf(l) }));
    case 'name':
      return nameOffers(expected.role, context);
    case 'range':
    case 'text':
      return [];
  }
}

function nameOffers(role: string, context: ValueContext): Offer[] {
  const { scope } = context;
  if (role === 'component') return componentOffers(scope);
  if (role === 'place') return placeOffers(scope);
  if (role !== 'column') return [];
  const ofStore = scope.columns.filter((c) => context.store === undefined || c.store === context.store);
  const prefix = context.table === undefined ? undefined : `${context.table}.`;
  const columns = ofStore.filter((c) => prefix === undefined || c.name.startsWith(prefix));
  return columns.map((c) => ({
    label: c.name.slice(c.name.lastIndexOf('.') + 1),
    kind: CompletionItemKind.Field,
    detail: c.name,
    rank: 1,
  }));
}

export const docOf = (named: { readonly doc?: string }): { doc?: string } => (named.doc === undefined ? {} : { doc: named.doc });

export function componentOffers(scope: Scope, rank = 1): Offer[] {
  return scope.components.map((c) => ({
    label: c.name,
    kind: CompletionItemKind.Variable,
    detail: c.technology === undefined ? c.kind : `${c.kind}: ${c.technology}`,
    rank,
    ...docOf(c),
  }));
}

export function placeOffers(scope: Scope, rank = 1): Offer[] {
  return scope.places.map((p) => ({ label: p.name, kind: CompletionItemKind.EnumMember, detail: p.detail ?? 'place', rank, ...docOf(p) }));
}
