import { type Fix, KIND_NAMES, type Span } from '@sysd/core';
import { meantKind } from '../parser/kind-names.ts';
import { replaceFix, suggestion } from './context.ts';

/** ` did you mean X?` with its fix for a word that is no kind: by its other name, else by its spelling. */
export function kindSuggestion(word: string, span: Span): { text: string; fixes?: readonly Fix[] } {
  const kind = meantKind(word);
  if (kind === undefined) return suggestion(word, KIND_NAMES, span);
  return { text: `; did you mean ${kind}?`, fixes: [replaceFix(`Change to ${kind}`, span, kind)] };
}
