import { absolute, type Diagnostic } from '@sysd/core';
import { expect, it } from 'vitest';
import { generatedDesign } from './designs.ts';
import { nextSteps } from './edits.ts';
import { BLOCKS } from './examples.ts';
import { randomFrom } from './random.ts';
import { subjectAt } from './subject.ts';
import { type Step, type World, worldOf } from './world.ts';

const SEEDS = Array.from({ length: 20 }, (_, i) => 71 + i);
const EDITS = 40;
const LONGEST = 30_000;

/** What is wrong where. A longer message of the whole design may say more, such as which file has the name. */
function placeOf({ rule, span }: Diagnostic): string {
  const { uri, start, end } = absolute(span);
  return `${uri} ${start}–${end} ${rule}`;
}

/** Errors of the open parts of designs by themselves, and those of these that their designs do not have. */
function errorsApart(world: World): { readonly told: number; readonly takenBack: readonly string[] } {
  const { session } = subjectAt(world);
  let told = 0;
  const takenBack: string[] = [];
  for (const uri of session.files.opened()) {
    const apart = session.apart(uri, Number.POSITIVE_INFINITY);
    const own = (apart?.problems ?? []).filter((problem) => problem.span.block.uri === uri);
    const problems = session.designsOf(uri).flatMap((design) => design.problems);
    // Of two with the same name one counts, and a part does not know of the other.
    if (problems.some((problem) => problem.rule === 'duplicate-name')) continue;
    const all = new Set(problems.map(placeOf));
    told += own.length;
    for (const problem of own) if (!all.has(placeOf(problem))) takenBack.push(`${placeOf(problem)}: ${problem.message}`);
  }
  return { told, takenBack };
}

it('what is wrong with a part of a design by itself is wrong with it in the design', { timeout: 300_000 }, () => {
  let told = 0;
  for (const seed of SEEDS) {
    const random = randomFrom(seed);
    const steps: Step[] = [{ what: 'start', world: worldOf(generatedDesign(seed, 5 + random.below(20), 3 + random.below(3))) }];
    while (steps.length <= EDITS) {
      const history = steps.map((step) => step.world);
      for (const step of nextSteps({ random, blocks: BLOCKS, history, longest: LONGEST })) {
        steps.push(step);
        const found = errorsApart(step.world);
        told += found.told;
        expect(found.takenBack, `seed ${seed}, edit ${steps.length}: ${step.what}`).toEqual([]);
      }
    }
  }
  expect(told).toBeGreaterThan(1000);
});
