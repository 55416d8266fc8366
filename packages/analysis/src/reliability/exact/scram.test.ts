import { COUNT } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cutSetsIn,
  differences,
  scramInstalled as installed,
  ROUNDING,
  NOT_INSTALLED as reason,
  scram,
  withDifference,
} from '../../../test/scram.ts';
import { leaf } from '../../figure/make.ts';
import { type Draft, draftOf, grow } from '../../testing/generated-trees.ts';
import { type BooleanDag, BooleanDagBuilder, FALSE, forSomeRequest, TRUE } from './boolean-dag.ts';
import type { CutSets } from './cut-sets.ts';
import { solve } from './exact-reliability.ts';
import { expand } from './expand.ts';
import { openPsa } from './open-psa.ts';

const CASES = 2000;

interface Case {
  readonly draft: Draft;
  readonly dag: BooleanDag;
  readonly q: readonly number[];
}

/** Trees of up to 40 events that are not constant; probabilities are never 0 or 1, which SCRAM takes for constants. */
function cases(): Case[] {
  const drafts = draftOf(['or', 'or', 'and', 'and', 'atleast', 'oneof'], { classes: 16, count: 4, gates: 30 });
  const found = fc.sample(drafts, { numRuns: 4 * CASES, seed: 7 }).flatMap((draft): Case[] => {
    const dag = expand(grow(draft, true));
    if ('notEstimated' in dag || dag.events.length > 40 || dag.top === FALSE || dag.top === TRUE) return [];
    return [{ draft, dag, q: dag.events.map((e) => Math.min(0.9, Math.max(1e-3, draft.events[e.class]?.q ?? 0.1))) }];
  });
  return found.slice(0, CASES);
}

describe('against SCRAM', () => {
  const title = `minimal cut sets to order 3 and the probability to 1e-9 of ${CASES} trees are those of SCRAM`;

  (installed ? it : it.skip)(
    installed ? title : `${title}; ${reason}`,
    () => {
      const all = cases();
      expect(all).toHaveLength(CASES);
      const found = all.map(({ dag, q }) =>
        solve(
          dag,
          q.map((x) => leaf('q', x, COUNT)),
          { mostSets: Number.POSITIVE_INFINITY },
        ),
      );
      const reports = scram(
        all.map((c) => openPsa(forSomeRequest(c.dag))),
        [],
        'sum-of-products',
      );
      const differ = differences(all.map((c, i) => withDifference(c.dag, c.q, found[i]?.unavailability as number)));
      let strict = 0;
      all.forEach(({ draft }, i) => {
        const says = JSON.stringify(draft);
        const { cutSets, unavailability } = found[i] as (typeof found)[number];
        expect((cutSets as CutSets).sets.map((s) => s.join(' ')).sort(), says).toEqual(cutSetsIn(reports[i] as string));
        const tolerance = 1e-9 * (unavailability as number);
        expect(Math.abs(differ[i] as number), says).toBeLessThanOrEqual(Math.max(tolerance, ROUNDING));
        if (tolerance > ROUNDING) strict++;
      });
      expect(strict).toBeGreaterThan(0.8 * CASES);
    },
    120_000,
  );

  (installed ? it : it.skip)(installed ? 'a wrong value would be seen by the comparison' : `a wrong value would be seen; ${reason}`, () => {
    const b = new BooleanDagBuilder();
    const inputs = ['a', 'b'].map((id) => b.event({ id, class: 0, element: id, label: id }));
    const dag = b.build(b.and(inputs));
    const q = [0.1, 0.2];
    const [right, wrong] = differences([withDifference(dag, q, 0.02), withDifference(dag, q, 0.02 * (1 + 1e-8))]);
    expect(Math.abs(right as number)).toBeLessThan(1e-15);
    expect(wrong).toBeCloseTo(2e-10, 14);
  });
});
