import type { Design, Diagnostic } from '@sysd/core';
import { type TextEdit, textEditsOf } from './text-edits.ts';

/** A diagnostic with the design that its fixes are for. */
export interface InDesign {
  readonly diagnostic: Diagnostic;
  readonly design: Design;
}

/** The one right move for a diagnostic, as changes of text that are made whole or not at all. */
export interface PreferredEdits {
  readonly fixed: Diagnostic;
  /** What the fix is called. */
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** The preferred fixes whose edits do not meet those of one before them: all of them, or any of them, can be made at once. */
export function preferredEdits(all: Iterable<InDesign>, textOf: (uri: string) => string | undefined): PreferredEdits[] {
  const made: PreferredEdits[] = [];
  const taken: TextEdit[] = [];
  for (const { diagnostic, design } of all) {
    const fix = diagnostic.fixes?.find((f) => f.preferred);
    const edits = fix ? textEditsOf(fix, design, textOf) : [];
    if (!fix || edits.length === 0 || edits.some((e) => taken.some((t) => t.uri === e.uri && t.start <= e.end && e.start <= t.end)))
      continue;
    made.push({ fixed: diagnostic, title: fix.title, edits });
    taken.push(...edits);
  }
  return made;
}
