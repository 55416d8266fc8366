import type { Diagnostic, Fix } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import type { Example, Rule } from '../src/rule.ts';
import { applyFix, examine } from './examine.ts';

const shown = (d: Diagnostic): string => `${d.rule} on ${d.element}: ${d.message}`;
const keyOf = (d: Diagnostic): string => `${d.rule} ${d.element}`;

/**
 * Runs what the documentation of a rule promises: each `avoid` is reported under its id, each `prefer` has no finding at all, and each
 * fix, applied to the text, removes its finding and brings no new one.
 */
export function testRule(rule: Rule): void {
  describe(`${rule.id}: documentation`, () => {
    for (const example of rule.docs.avoid) {
      it(`reports: ${example.title}`, () => {
        const { errors, findings } = examine(example.text);
        expect(errors.map(shown)).toEqual([]);
        expect(findings.map((f) => f.rule)).toContain(rule.id);
      });
    }
    for (const example of rule.docs.prefer) {
      it(`finds nothing in: ${example.title}`, () => {
        const { errors, findings } = examine(example.text);
        expect([...errors, ...findings].filter((f) => f.accepted === undefined).map(shown)).toEqual([]);
      });
    }
    if (rule.fixable) {
      it('offers fixes that remove the finding and bring no new one', () => {
        const applied = rule.docs.avoid.flatMap((example) => checkFixes(rule, example));
        expect(applied.length, `no avoid example of ${rule.id} has a fix`).toBeGreaterThan(0);
      });
    }
  });
}

/** Applies every fix of every finding of the rule, each to the example as it stands; the titles of the fixes. */
export function checkFixes(rule: Rule, example: Example): string[] {
  const before = examine(example.text);
  const known = new Set(before.findings.map(keyOf));
  return before.findings
    .filter((finding) => finding.rule === rule.id)
    .flatMap((finding) => (finding.fixes ?? []).map((fix) => checkFix(example.text, finding, fix, known)));
}

function checkFix(text: string, finding: Diagnostic, fix: Fix, known: ReadonlySet<string>): string {
  const fixed = applyFix(text, fix);
  const after = examine(fixed);
  const context = `${finding.rule}, "${fix.title}":\n${fixed}`;
  expect(after.errors.map(shown), context).toEqual([]);
  expect(after.findings.map(keyOf), context).not.toContain(keyOf(finding));
  expect(after.findings.filter((f) => !known.has(keyOf(f))).map(shown), context).toEqual([]);
  return fix.title;
}
