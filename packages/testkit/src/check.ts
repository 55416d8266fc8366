import type { Diagnostic } from '@sysd/core';
import { assess, finish, type Lowered, laterFindings, lowerText } from '@sysd/language';
import { expect } from 'vitest';
import { annotate } from './annotate.ts';
import { readFixture } from './fixture.ts';

export interface CheckOptions {
  /** False: only the errors of the language, without the findings of rules. */
  readonly rules?: boolean;
}

/**
 * Checks a fixture: the design is lowered (and its rules are run), what is reported is written back below the lines that it is about, and
 * the whole is compared with the fixture, so that nothing unexpected can hide.
 */
export function check(fixture: string, options: CheckOptions = {}): Lowered {
  const text = dedent(fixture);
  const { files } = readFixture(text);
  const lowered = lowerText(files);
  expect(annotate(files, reported(lowered, options))).toBe(text);
  return lowered;
}

function reported(lowered: Lowered, { rules = true }: CheckOptions): Diagnostic[] {
  const assessment = assess(lowered.design);
  const findings = rules ? [...assessment.findings, ...finish(laterFindings(assessment))] : [];
  return [...lowered.diagnostics, ...findings.filter((f) => f.accepted === undefined)];
}

/** Takes the line break behind the opening quote and the common indentation away, so that fixtures stand well in a test. */
export function dedent(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/\n[ \t]*$/, '')
    .split('\n');
  const indents = lines.filter((l) => l.trim() !== '').map((l) => /^ */.exec(l)?.[0].length ?? 0);
  const common = indents.length > 0 ? Math.min(...indents) : 0;
  return lines.map((l) => l.slice(common)).join('\n');
}
