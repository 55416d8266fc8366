import { didYouMean, type Operation } from '@sysd/core';
import { OPERATION_WORDS } from './words.ts';

/** Operations by the words of SQL, of HTTP and of others. */
const ALSO_CALLED: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ...['get', 'select', 'find', 'fetch', 'load', 'search', 'scan', 'list'].map((w) => [w, 'read'] as const),
  ...['put', 'insert', 'save', 'store', 'create', 'add', 'delete', 'remove', 'append'].map((w) => [w, 'write'] as const),
  ...['modify', 'upsert', 'patch', 'change'].map((w) => [w, 'update'] as const),
  ...['send', 'enqueue', 'produce', 'emit'].map((w) => [w, 'publish'] as const),
  ...['receive', 'dequeue', 'subscribe'].map((w) => [w, 'consume'] as const),
]);

/** The operation that a word is meant for: another name of it, or its misspelling. */
export function meantOperation(word: string): Operation | undefined {
  return ALSO_CALLED.get(word.toLowerCase()) ?? (didYouMean(word, OPERATION_WORDS) as Operation | undefined);
}
