import type { Phrase } from './phrase.ts';

/** Whether the number that leads a phrase (`replicas: 6 across us`) must be whole. */
export function isWholeNumber(phrase: Phrase): boolean {
  switch (phrase.kind) {
    case 'quantity':
      return phrase.whole === true;
    case 'record': {
      const [first] = phrase.parts;
      return first?.phrase !== undefined && first.after === undefined && isWholeNumber(first.phrase);
    }
    case 'list':
      return isWholeNumber(phrase.of);
    case 'choice':
      return phrase.of.length > 0 && phrase.of.every(isWholeNumber);
    default:
      return false;
  }
}
