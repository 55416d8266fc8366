import { type Phrase, PROPERTY_NAMES, propertySchema } from '@sysd/core';

let words: ReadonlySet<string> | undefined;

/** Words that lead from one part of a property's value to the next, such as `across`, `by` and `every`: all that the schema has. */
export function connectives(): ReadonlySet<string> {
  words ??= new Set(PROPERTY_NAMES.flatMap((name) => within(propertySchema(name).phrase)));
  return words;
}

function within(phrase: Phrase): string[] {
  switch (phrase.kind) {
    case 'record':
      return phrase.parts.flatMap((part) => [...(part.after?.split(' ') ?? []), ...(part.phrase ? within(part.phrase) : [])]);
    case 'list':
      return within(phrase.of);
    case 'choice':
      return phrase.of.flatMap(within);
    default:
      return [];
  }
}
