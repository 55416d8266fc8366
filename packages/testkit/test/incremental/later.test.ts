// What takes longer than a key may (`flowJudge`): version after version as judged afresh, whatever is left unfinished in between.
import type { Design } from '@sysd/core';
import { assess, assessor, finish, laterFindings, lowerText } from '@sysd/language';
import { defineRule, flowJudge } from '@sysd/rules';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';
import { takeOver } from './take-over.ts';

/** Some flows through services of their own and one that all share; objectives and timeouts that some of them miss. */
const text = (shared: number, own: readonly number[], accepted: boolean) => `system S
client users { daily-active: 1M }
service shared { replicas: 6, cores: 4, cpu-time: ${shared} ms }
${own.map((ms, i) => `service s${i} { replicas: 4, cores: 4, cpu-time: ${ms} ms }\ns${i} -> shared { timeout: 30 ms }`).join('\n')}
${own.map((_, i) => `flow F${i} from users at 20/day each {\n  users -> s${i} -> shared\n  slo: p99 <= 60 ms\n}`).join('\n')}
${accepted ? 'accept latency-objective-missed on F0 because "known"' : ''}
`;

const version = fc.record({
  shared: fc.constantFrom(1, 5, 9),
  own: fc.array(fc.constantFrom(1, 8, 20), { minLength: 1, maxLength: 4 }),
  accepted: fc.boolean(),
  /** Flows that are judged before the next version comes; all of them where that is more than there are. */
  steps: fc.constantFrom(0, 1, 2, 9),
});

describe('judging what takes longer', () => {
  it('gives what a fresh judge gives', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(version, { minLength: 2, maxLength: 8 }), (versions) => {
        const [assessed, judge] = [assessor(), flowJudge()];
        let before: Design | undefined;
        for (const { shared, own, accepted, steps } of versions) {
          before = takeOver(before, lowerText(text(shared, own, accepted)).design as Design);
          const assessment = assessed(before);
          const work = laterFindings(assessment, undefined, { judge });
          if (steps < own.length) {
            for (let i = 0; i < steps; i++) work.next();
            continue;
          }
          const now = finish(work);
          expect(difference(now, finish(laterFindings(assess(before))))).toBeUndefined();
          found += now.length;
        }
      }),
      { numRuns: 60, seed: 20_261_128 },
    );
    expect(found).toBeGreaterThan(50);
  }, 120_000);

  it('judges each of two versions as what it is, though both are under way', () => {
    const [assessed, judge] = [assessor(), flowJudge()];
    const first = assessed(lowerText(text(9, [8, 8, 8], false)).design as Design);
    const second = assessed(takeOver(first.design, lowerText(text(1, [1, 8, 1], false)).design as Design));
    const [older, newer] = [first, second].map((one) => laterFindings(one, undefined, { judge }));
    older?.next();
    newer?.next();
    older?.next();
    for (const [one, work] of [
      [second, newer],
      [first, older],
    ] as const) {
      expect(difference(finish(work as NonNullable<typeof work>), finish(laterFindings(assess(one.design))))).toBeUndefined();
    }
  });

  it('judges only flows that a change reaches', () => {
    const judged: string[] = [];
    const rule = defineRule({
      id: 'asked',
      category: 'latency',
      severity: 'info',
      summary: '',
      why: '',
      doInstead: '',
      docs: { avoid: [], prefer: [], references: [] },
      messages: {},
      check: {
        each: 'flow-later',
        run: (flow, { design }) => {
          judged.push(flow.id);
          for (const stop of flow.stops) design.components.get(stop.component);
        },
      },
    });
    const [assessed, judge] = [assessor(), flowJudge()];
    const rules = [rule];
    const of = (design: Design): readonly string[] => {
      judged.length = 0;
      finish(judge(design, assessed(design).analysis, { rules }));
      return [...judged];
    };
    const first = lowerText(text(1, [1, 1, 1], false)).design as Design;
    expect(of(first)).toEqual(['F0', 'F1', 'F2']);
    const second = takeOver(first, lowerText(text(1, [1, 8, 1], false)).design as Design);
    expect(of(second)).toEqual(['F1']);
    expect(of(takeOver(second, lowerText(text(5, [1, 8, 1], false)).design as Design))).toEqual(['F0', 'F1', 'F2']);
  });
});
