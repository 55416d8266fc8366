import type { Design, Diagnostic } from '@sysd/core';
import { type TextEdit, textEditsOf } from './text-edits.ts';

/** A diagnostic with the design that its fixes are for. */
export interface InDesign {
  readonly diagnostic: Diagnostic;
  readonly design: Design;
}

/** What is fixed at once, and the edits that do it. */
export interface PreferredEdits {
  readonly fixed: readonly Diagnostic[];
  readonly edits: readonly TextEdit[];
}

/** The preferred fixes whose edits do not meet those of one before them, each whole. */
export function preferredEdits(all: Iterable<InDesign>, textOf: (uri: string) => string | undefined): PreferredEdits {
  const fixed: Diagnostic[] = [];
  const edits: TextEdit[] = [];
  for (const { diagnostic, design } of all) {
    const fix = diagnostic.fixes?.find((f) => f.preferred);
    const own = fix ? textEditsOf(fix, design, textOf) : [];
    if (own.length === 0 || own.some((e) => edits.some((t) => t.uri === e.uri && t.start <= e.end && e.start <= t.end))) continue;
    fixed.push(diagnostic);
    edits.push(...own);
  }
  return { fixed, edits };
}
