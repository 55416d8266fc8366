import type { Diagnostic, Fix } from '@sysd/core';
import { applyTextEdits, assess, finish, laterFindings, lowerText, textEditsOf } from '@sysd/language';
import { fixtureUri, ONLY_FILE, readFixture } from '@sysd/testkit';

const URI = fixtureUri(ONLY_FILE);

/** What sysd says about a text. */
export interface Examined {
  /** Found by the language: errors of the text. */
  readonly errors: readonly Diagnostic[];
  /** Found by the rules, with accepts applied. */
  readonly findings: readonly Diagnostic[];
}

/** Lowers, analyses and checks a design, as the hosts do. */
export function examine(text: string): Examined {
  const lowered = lowerText(readFixture(text).files);
  const assessment = assess(lowered.design);
  const findings = [...assessment.findings, ...finish(laterFindings(assessment))];
  return { errors: lowered.diagnostics, findings };
}

/** The text with a fix applied, as the editor does it. Fails where the fix cannot be made. */
export function applyFix(text: string, fix: Fix): string {
  const { design } = lowerText(text);
  const edits = textEditsOf(fix, design, (uri) => (uri === URI ? text : undefined));
  if (edits.length === 0) throw new Error(`no text edits for "${fix.title}": ${JSON.stringify(fix.edits)}`);
  return applyTextEdits(text, URI, edits);
}

/** The text with the preferred fix of a finding applied. */
export function fixed(text: string, finding: Diagnostic | undefined): string {
  const fix = finding?.fixes?.find((f) => f.preferred);
  if (!fix) throw new Error(`no preferred fix: ${finding?.message}`);
  return applyFix(text, fix);
}
