import type { Explanation } from './rule.ts';

/** Documentation of the ids that are not rules: errors of the text, found by the language, and the failure of a rule. */
export const LANGUAGE_IDS: readonly Explanation[] = [];
