import { absolute, type Diagnostic } from '@sysd/core';
import { expect, it } from 'vitest';
import { generatedDesign } from './designs.ts';
import { nextSteps } from './edits.ts';
import { BLOCKS } from './examples.ts';
import { randomFrom } from './random.ts';
import { subjectAt } from './subject.ts';
import { type Step, type World, withText, worldOf } from './world.ts';

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
    const files = generatedDesign(seed, 5 + random.below(20), 3 + random.below(3));
    const uri = random.pick([...files.keys()]);
    if (random.chance(0.3)) files.set(uri, `${files.get(uri)}technology postgres: cache { cores: 2 }\n`);
    const steps: Step[] = [{ what: 'start', world: worldOf(files) }];
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

it('says nothing of a part that other files have technologies for, or that imports in a circle', () => {
  const part = 'import "./other.sysd"\nservice api: mine\n';
  const design = (main: string, other: string) =>
    worldOf(
      new Map([
        ['file:///work/main.sysd', `import "./part.sysd"\nsystem S\n${main}`],
        ['file:///work/part.sysd', part],
        ['file:///work/other.sysd', other],
      ]),
    );
  const apartIn = (world: World) => subjectAt(world).session.apart('file:///work/part.sysd', 1000);
  expect(apartIn(design('', ''))?.problems.map((p) => p.rule)).toEqual(['unknown-name']);
  expect(apartIn(design('', 'technology mine: service { cores: 2 }\n'))?.problems).toEqual([]);
  expect(apartIn(design('technology mine: service { cores: 2 }\n', ''))).toBeUndefined();
  expect(apartIn(design('', 'import "./part.sysd"\n'))).toBeUndefined();
  expect(subjectAt(design('', '')).session.apart('file:///work/part.sysd', part.length - 1)).toBeUndefined();
  const edited = withText(design('', ''), 'file:///work/main.sysd', 'system S\ngroup g { technology mine: service { cores: 2 } }\n');
  expect(apartIn(edited)).toBeUndefined();
});
