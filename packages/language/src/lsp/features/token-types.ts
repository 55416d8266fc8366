/** Order is the encoding: append only. */
export const TOKEN_TYPES = [
  'keyword',
  'class',
  'variable',
  'property',
  'function',
  'number',
  'string',
  'comment',
  'operator',
  'namespace',
  'enumMember',
  'type',
  'event',
  'struct',
] as const;
export const TOKEN_MODIFIERS = ['declaration', 'defaultLibrary', 'documentation', 'readonly'] as const;

export type TokenType = (typeof TOKEN_TYPES)[number];
export type TokenModifier = (typeof TOKEN_MODIFIERS)[number];
