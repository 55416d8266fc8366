// What is told of a damaged text is told where the damage is. Counted over the examples with a fixed seed; the floors are what these texts
// reach, rounded down, so that a change that sends people elsewhere is seen. They are not met always, for a reason each: a name that is
// damaged where it is declared is missed where it is used, which may stand above; a missing } is told at its {, which is what was left open;
// a line that is gone is missed where its name is used, and most lines are not missed at all.
import { absolute, type Diagnostic } from '@sysd/core';
import { expect, it } from 'vitest';
import { lowerText } from '../../src/index.ts';
import { EXAMPLES } from '../equality/examples.ts';
import { randomFrom } from '../equality/random.ts';
import { DAMAGES } from './damage.ts';

/** Shares of the texts with an error whose first one is on the damaged line or the next, and the most errors for each on average. */
const FLOORS: Readonly<Record<keyof typeof DAMAGES, readonly [near: number, errors: number]>> = {
  'a character is missing': [0.7, 2],
  'a character is doubled': [0.9, 2],
  'a line is there twice': [0.95, 2],
  'a line is missing': [0.2, 4],
};
const TIMES = 40;

const errorsIn = (text: string): Diagnostic[] =>
  lowerText(text).diagnostics.filter((d) => d.severity === 'error' && d.rule !== 'expectation-failed');
const lineOf = (text: string, { span }: Diagnostic): number => text.slice(0, absolute(span).start).split('\n').length - 1;
/** Files that have no error by themselves. */
const TEXTS = EXAMPLES.flatMap((files) => [...files.values()]).filter((text) => errorsIn(text).length === 0);

it.each(Object.entries(DAMAGES))('%s: the first error is where the damage is', (name, damage) => {
  const [floor, most] = FLOORS[name] ?? [1, 0];
  let found = 0;
  let near = 0;
  let errors = 0;
  for (const text of TEXTS) {
    const random = randomFrom(1);
    for (let i = 0; i < TIMES; i++) {
      const damaged = damage(text, random);
      const told = damaged ? errorsIn(damaged.text) : [];
      const [first] = told;
      if (!damaged || !first) continue;
      found++;
      errors += told.length;
      if (damaged.near.includes(lineOf(damaged.text, first))) near++;
    }
  }
  expect(found).toBeGreaterThan(100);
  expect({ near: near / found >= floor, each: errors / found <= most }).toEqual({ near: true, each: true });
});
