import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differenceOfDesigns, differenceOfResults } from './compare.ts';
import { generatedDesign } from './designs.ts';
import { type Pace, run, THOROUGH } from './run.ts';
import kept from './seeds.json' with { type: 'json' };
import { report, shrink } from './shrink.ts';
import { subjectAt } from './subject.ts';
import { worldOf } from './world.ts';

/** 5,000 edits in all, the same in every run. Others, and more: `npm run test:equality`. */
const RUNS = 50;
const EDITS = 100;
const QUICK: Pace = { designs: 0.5, all: 1 / 15 };
const PATIENCE = 900_000;

async function expectEqual(seed: number, edits: number, pace: Pace): Promise<void> {
  const failure = await run(seed, edits, pace);
  if (failure) expect.fail(`${report(failure, await shrink(failure))}\nKeep it: add { "seed": ${seed}, "edits": ${edits} } to seeds.json.`);
}

describe('a server that has followed edits equals one started fresh on the same texts', () => {
  it.each(kept as readonly { seed: number; edits: number }[])(
    'with seed $seed, which failed once',
    { timeout: PATIENCE },
    async ({ seed, edits }) => {
      await expectEqual(seed, edits, THOROUGH);
    },
  );

  it(`over ${RUNS * EDITS} edits of generated designs and examples`, { timeout: PATIENCE }, async () => {
    // A smaller seed is no simpler design: `shrink` makes failures shorter.
    const seeds = fc.noShrink(fc.integer({ min: 1, max: 2 ** 31 - 1 }));
    await fc.assert(
      fc.asyncProperty(seeds, (seed) => expectEqual(seed, EDITS, QUICK)),
      { numRuns: RUNS, seed: 20_261_128, endOnFailure: true },
    );
  });
});

describe('the comparison', () => {
  const files = generatedDesign(7, 12, 1);
  const [[uri, text]] = [...files] as [[string, string]];
  const fresh = subjectAt(worldOf(files));
  const changed = (other: string) => subjectAt(worldOf(new Map([[uri, other]])));

  it('finds nothing where texts are equal', () => {
    expect(differenceOfDesigns(fresh, changed(text))).toBeUndefined();
    expect(differenceOfResults(fresh, changed(text))).toBeUndefined();
  });

  it('finds a value that is another, and places that are others', () => {
    const rarer = changed(text.replace('availability: 99.99%', 'availability: 99.98%'));
    expect(differenceOfResults(fresh, rarer)?.path).toMatch(/availability|trees/);
    expect(differenceOfResults(fresh, changed(`// one line more\n${text}`))).toBeDefined();
  });
});
