import type { Design } from '@sysd/core';
import { type Assessment, assess, assessor, lowerText } from '@sysd/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';
import { apply, edit, start, textOf } from './edits.ts';
import { takeOver } from './take-over.ts';

function lower(text: string, before: Design | undefined, scenario: boolean): Design {
  return takeOver(before, lowerText(text, scenario ? { scenario: 'Bad' } : {}).design as Design);
}

/** Results that say the same as before must be the objects of before. */
function expectKept(before: Assessment, now: Assessment): void {
  const old = new Map(before.findings.map((f) => [f.message, f]));
  for (const finding of now.findings) {
    const same = old.get(finding.message);
    if (same && difference(same, finding) === undefined) expect(finding === same, `${finding.rule}: ${finding.message}`).toBe(true);
  }
  for (const name of ['flows', 'components', 'connections'] as const) {
    for (const [id, load] of now.analysis.traffic[name]) {
      const same = before.analysis.traffic[name].get(id);
      if (same && difference(same, load) === undefined) expect(load === same, `${name}: ${id}`).toBe(true);
    }
  }
}

describe('assessing version after version', () => {
  it('gives what a fresh assessment gives, and keeps what did not change', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(999), { minLength: 40, maxLength: 60 }),
        fc.array(edit, { minLength: 3, maxLength: 8 }),
        (seeds, edits) => {
          const choices = start(seeds);
          const incremental = assessor();
          let before: Assessment | undefined;
          for (const one of [undefined, ...edits]) {
            if (one) apply(choices, one);
            const text = textOf(choices);
            const design = lower(text, before?.design, choices.fails.length > 0);
            const severities = new Map(one?.[1] === 7 ? [['over-capacity', 'hint'] as const, ['cap-mismatch', 'off'] as const] : []);
            const now = incremental(design, severities);
            const fresh = assess(design, severities);
            expect(difference(now.analysis, fresh.analysis), text).toBeUndefined();
            expect(difference(now.findings, fresh.findings), text).toBeUndefined();
            if (before && severities.size === 0) expectKept(before, now);
            before = severities.size === 0 ? now : undefined;
          }
        },
      ),
      { numRuns: 100, seed: 20_260_728 },
    );
  }, 300_000);
});
