import fc from 'fast-check';
import { expect, it } from 'vitest';
import { draftOf, grow } from '../../testing/generated-trees.ts';
import { evaluate } from '../evaluate.ts';
import { singleFailures } from '../single-failures.ts';
import { failurePairs } from './pairs.ts';

it('pairs are what the failure function says with exactly two events more', () => {
  const drafts = draftOf(['or', 'and', 'and', 'atleast', 'oneof'], { classes: 8, count: 4, gates: 10 });
  let found = 0;
  fc.assert(
    fc.property(drafts, (draft) => {
      const whole = { ...draft, events: draft.events.map((e) => ({ ...e, failed: 0 })) };
      const tree = grow(whole, true);
      const pass = singleFailures(tree);
      const pairs = failurePairs(tree, pass);
      if ('notEstimated' in pairs) throw new Error(pairs.notEstimated);
      const down = (...events: number[]) =>
        evaluate(
          tree,
          tree.events.map((_, i) => events.filter((e) => e === i).length),
        )[tree.top];
      const expected: string[] = [];
      tree.events.forEach((e, i) => {
        for (let k = i; k < tree.events.length; k++) {
          if (i === k && e.count < 2) continue;
          if (down(i, k) && !down(i) && !down(k)) expected.push(`${i} ${k}`);
        }
      });
      expect(pairs.map((p) => p.join(' '))).toEqual(expected);
      found += expected.length;
    }),
    { numRuns: 1500, seed: 3 },
  );
  expect(found).toBeGreaterThan(250);
});

it('says so where they are too many to try', () => {
  const events = Array.from({ length: 20_000 }, () => ({ count: 1, failed: 0, q: 0.1 }));
  const kinds = { kind: 'and' as const, picks: [0, 1, 2, 3], least: 1 };
  const tree = grow({ events, gates: [kinds] });
  expect(failurePairs({ ...tree, events: tree.events }, singleFailures(tree))).toHaveProperty('notEstimated');
});
