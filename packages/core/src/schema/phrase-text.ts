import { type Dimension, dimensionName } from '../quantity/dimension.ts';
import type { Part, Phrase } from './phrase.ts';

const quantityText = (dimensions: readonly Dimension[]): string => dimensions.map(dimensionName).join(' or ');

function partText(part: Part): string {
  const body = [part.after, part.phrase ? phraseText(part.phrase) : undefined].filter((x) => x !== undefined).join(' ');
  return part.optional ? `[${body}]` : body;
}

/** A phrase in words, for errors, hover and the language reference: `a count [across a place, …]`. */
export function phraseText(phrase: Phrase): string {
  switch (phrase.kind) {
    case 'quantity':
      return phrase.most === 1 && !phrase.whole ? 'a share' : quantityText(phrase.dimensions);
    case 'range':
      return `a range of ${quantityText([phrase.dimension])} (LOW..HIGH)`;
    case 'word':
      return phrase.words.join(' | ');
    case 'text':
      return '"text"';
    case 'name':
      return { component: 'a component', place: 'a region or zone', column: 'a column', property: 'a property', fate: 'a name' }[
        phrase.role
      ];
    case 'call':
      return [...phrase.bare.filter((b) => !phrase.functions.includes(b)), ...phrase.functions.map((f) => `${f}(…)`)].join(' | ');
    case 'list':
      return `${phraseText(phrase.of)}, …`;
    case 'choice':
      return phrase.of.map(phraseText).join(' | ');
    case 'record':
      return phrase.parts.map(partText).join(' ');
  }
}
