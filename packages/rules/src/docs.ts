import { EXPORT_IDS } from './export-ids.ts';
import { LANGUAGE_IDS } from './language-ids.ts';
import { RULES } from './registry.ts';
import type { Explanation } from './rule.ts';

const REPOSITORY = 'https://github.com/sysd-lang/sysd';

/** Where faults of sysd itself are reported. */
export const ISSUES_URL = `${REPOSITORY}/issues`;

/** The page that explains an id: the link of every diagnostic. */
export function documentationUrl(id: string): string {
  return `${REPOSITORY}/blob/main/docs/rules/${id}.md`;
}

/** Every id that a diagnostic can carry, rules first, language and export after them, each with its documentation. */
export function allExplanations(): readonly Explanation[] {
  return [...RULES, ...LANGUAGE_IDS, ...EXPORT_IDS];
}

/** The documentation of an id, for `sysd explain`; undefined where there is no such id. */
export function explain(id: string): Explanation | undefined {
  return allExplanations().find((e) => e.id === id);
}
