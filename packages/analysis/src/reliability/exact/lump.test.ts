import { COUNT } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { leaf } from '../../figure/make.ts';
import { draftOf, grow } from '../../testing/generated-trees.ts';
import { nowhere } from '../../testing/properties.ts';
import { FaultTreeBuilder, NEVER } from '../fault-tree.ts';
import type { BooleanDag } from './boolean-dag.ts';
import { probabilityBounds } from './bounds.ts';
import { diagramOf } from './diagram.ts';
import { solve } from './exact-reliability.ts';
import { expand } from './expand.ts';
import { lumpDerivative, lumpProbability } from './lump.ts';
import { exactProbability } from './probability.ts';

const value = (dag: BooleanDag, ofClass: readonly number[]) => {
  const q = dag.events.map((e) => (e.lump ? lumpProbability(e.lump, ofClass) : (ofClass[e.class] as number)));
  const diagram = diagramOf(dag, 1_000_000);
  if (!diagram) throw new Error('too many nodes');
  return { q, ...exactProbability(dag, diagram, q) };
};

it('instances taken together are as probable as each by itself, and so are the bounds and importances', () => {
  let lumps = 0;
  const drafts = draftOf(['or', 'and', 'atleast', 'atleast'], { classes: 8, count: 6, gates: 8 });
  fc.assert(
    fc.property(drafts, (draft) => {
      const tree = grow(draft, true);
      const [single, lumped] = [expand(tree), expand(tree, { lump: true })];
      if ('notEstimated' in single || 'notEstimated' in lumped) return;
      const ofClass = draft.events.map((e) => e.q);
      const exact = solve(
        single,
        single.events.map((e) => leaf('q', ofClass[e.class] as number, COUNT)),
      );
      const { probability, birnbaum, q } = value(lumped, ofClass);
      expect(Math.abs(probability - (exact.unavailability as number))).toBeLessThanOrEqual(1e-12 * probability + 1e-300);
      const bounds = probabilityBounds(lumped, q);
      expect(bounds.low).toBeLessThanOrEqual(probability + 1e-12);
      expect(bounds.high).toBeGreaterThanOrEqual(probability - 1e-12);
      lumped.events.forEach((event, i) => {
        if (!event.lump) return;
        lumps++;
        for (const c of event.lump.groups.flatMap((g) => g.classes)) {
          const own = lumped.events.reduce(
            (sum, e, k) =>
              sum + (e.lump?.groups.some((g) => g.classes.includes(c)) ? (birnbaum[k] ?? 0) * lumpDerivative(e.lump, ofClass, c) : 0),
            0,
          );
          const theirs = exact.importance.filter((x) => single.events[x.event]?.class === c).map((x) => x.birnbaum);
          for (const b of theirs) expect(Math.abs(b - own), `${i}`).toBeLessThanOrEqual(1e-9 * b + 1e-15);
        }
      });
    }),
    { numRuns: 2000, seed: 5 },
  );
  expect(lumps).toBeGreaterThan(300);
});

it('members of two classes fail with either, and what the scenario has failed is gone', () => {
  const b = new FaultTreeBuilder();
  const of = (id: string, failed: number) => b.event({ id, kind: 'instance', element: id, label: id, span: nowhere, count: 6, failed });
  const [x, sidecar, y] = [of('x', 0), of('sidecar', 0), of('y', 2)] as [number, number, number];
  const groups = [
    { count: 6, own: [x, sidecar], shared: NEVER },
    { count: 6, own: [y], shared: NEVER },
  ];
  const lumped = expand(b.build(b.atLeast(4, groups)), { lump: true });
  if ('notEstimated' in lumped) throw new Error(lumped.notEstimated);
  expect(lumped.events).toHaveLength(1);
  // Two of y are down: two more of six members with 1 − 0.9 × 0.8 and four with 0.3 each. 1 − P(0) − P(1).
  const [up, down] = [0.72, 0.28];
  const none = up ** 6 * 0.7 ** 4;
  const one = 6 * down * up ** 5 * 0.7 ** 4 + up ** 6 * 4 * 0.3 * 0.7 ** 3;
  expect(value(lumped, [0.1, 0.2, 0.3]).probability).toBeCloseTo(1 - none - one, 13);
});

it('a binomial of hundreds of instances keeps its relative accuracy far out in the tail', () => {
  const lump = { least: 30, groups: [{ count: 300, classes: [0] }] };
  // The first term of the tail, and the ratio of the next ones: C(300, 30) 0.001^30 0.999^270 (1 + 270/31 q/(1−q) + …).
  const choose = Array.from({ length: 30 }, (_, i) => (300 - i) / (i + 1)).reduce((p, f) => p * f, 1);
  const ratio = 0.001 / 0.999;
  const first = choose * 0.001 ** 30 * 0.999 ** 270;
  const tail =
    first * (1 + (270 / 31) * ratio + ((270 * 269) / (31 * 32)) * ratio ** 2 + ((270 * 269 * 268) / (31 * 32 * 33)) * ratio ** 3);
  expect(lumpProbability(lump, [0.001]) / tail).toBeCloseTo(1, 6);
});
