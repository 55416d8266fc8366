import { type Fix, KIND_NAMES, type Kind, type Span } from '@sysd/core';
import { replaceFix, suggestion } from './context.ts';

/** Kinds under the names that other tools and people give them. */
const ALSO_CALLED: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['server', 'service'],
  ['api', 'service'],
  ['app', 'service'],
  ['microservice', 'service'],
  ['lb', 'loadbalancer'],
  ['load-balancer', 'loadbalancer'],
  ['load_balancer', 'loadbalancer'],
  ['db', 'database'],
  ['bucket', 'blobstore'],
  ['topic', 'stream'],
  ['mq', 'queue'],
  ['user', 'client'],
  ['users', 'client'],
  ['third-party', 'external'],
]);

/** ` did you mean X?` with its fix for a word that is no kind: by its other name, else by its spelling. */
export function kindSuggestion(word: string, span: Span): { text: string; fixes?: readonly Fix[] } {
  const kind = ALSO_CALLED.get(word.toLowerCase());
  if (kind === undefined) return suggestion(word, KIND_NAMES, span);
  return { text: `; did you mean ${kind}?`, fixes: [replaceFix(`Change to ${kind}`, span, kind)] };
}
