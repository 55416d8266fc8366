/** Ids of the errors that the language itself finds. The pages about them are in the rules package. */
export type LanguageRule =
  /** The text cannot be read. */
  | 'syntax'
  /** An `import` that names no readable file. */
  | 'import-not-found'
  | 'import-cycle'
  /** A word before a name that is no kind of component. */
  | 'unknown-kind'
  /** A name (component, place, flow, let, technology, table …) that nothing declares, or that is not imported. */
  | 'unknown-name'
  /** Something of that name exists already. */
  | 'duplicate-name'
  /** No such property, or not of this kind of element. */
  | 'unknown-property'
  /** A value that its property (or statement) does not take. */
  | 'invalid-value'
  /** Numbers that measure different things. */
  | 'unit-mismatch'
  /** A value that needs itself. */
  | 'circular-value'
  /** A statement that does not belong where it stands. */
  | 'misplaced-statement'
  /** A step from a component that the flow has not reached. */
  | 'flow-source'
  /** An operation, share, size or modifier that does not fit the step. */
  | 'invalid-step'
  /** Replicas or copies that cannot stand where they are put. */
  | 'invalid-placement'
  /** An `expect` that does not hold. */
  | 'expectation-failed';

export const LANGUAGE_RULES: readonly LanguageRule[] = [
  'syntax',
  'import-not-found',
  'import-cycle',
  'unknown-kind',
  'unknown-name',
  'duplicate-name',
  'unknown-property',
  'invalid-value',
  'unit-mismatch',
  'circular-value',
  'misplaced-statement',
  'flow-source',
  'invalid-step',
  'invalid-placement',
  'expectation-failed',
];
