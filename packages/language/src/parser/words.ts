import { KIND_NAMES, OPERATIONS } from '@sysd/core';

/** Words that begin a statement, besides the kinds of component. */
export const STATEMENT_WORDS: ReadonlySet<string> = new Set([
  'import',
  'system',
  'let',
  'technology',
  'region',
  'zone',
  'group',
  'table',
  'query',
  'join',
  'where',
  'from',
  'flow',
  'parallel',
  'else',
  'scenario',
  'fail',
  'accept',
  'expect',
  'view',
]);

/** Words that begin a statement or a declaration of a component. */
export const LEADING_WORDS: ReadonlySet<string> = new Set([...STATEMENT_WORDS, ...KIND_NAMES]);

/** Operations that an author may write. */
export const OPERATION_WORDS: ReadonlySet<string> = new Set(Object.keys(OPERATIONS).filter((o) => o !== 'resolve'));

/** Words of a step behind its targets. */
export const MODIFIER_WORDS: ReadonlySet<string> = new Set(['when', 'times', 'on', 'optional', 'requires', 'returns']);

/** What may stand before the modifier `max`: a value or a modifier that has ended. */
export const ENDS_OPERAND: ReadonlySet<string> = new Set(['NAME', 'QUANTITY', ')', 'miss', 'optional']);
