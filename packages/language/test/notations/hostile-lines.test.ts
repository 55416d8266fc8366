import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseText } from '../../src/parse.ts';

const PIECES = [
  ' ',
  '  ',
  '         ',
  'a',
  'name',
  'zone',
  'region',
  'service',
  'flow',
  'from',
  'at',
  'each',
  'every',
  'per',
  'day',
  'as',
  'on',
  'miss',
  'and',
  'system',
  '1',
  '10',
  '.',
  ',',
  ';',
  ':',
  '=',
  '->',
  '-->',
  '~>',
  '--',
  '-',
  '[',
  ']',
  '(',
  ')',
  '{',
  '"',
  "'",
  '`',
  '|',
  '<',
  '>',
  '*',
  '%',
  '#',
  '/',
  '\\',
  '&',
  '\t',
];
/** Where a line is read: its text between these. */
const AROUND = [
  ['', ''],
  ['region us {\n', '\n}'],
  ['service api {\n', '\n}'],
  ['flow F from users at 1/s {\n', '\n}'],
  ['scenario "S" {\n', '\n}'],
] as const;
/** Longer lines are not looked through for other notations. */
const LONGEST = 199;

// A pattern that can read the same blanks in several ways takes for ever on a line that repeats itself: then this test does not end.
it('a line that repeats itself and ends in something else is told what is wrong with it', { timeout: 240_000 }, () => {
  const unit = fc.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(unit, unit, fc.constantFrom(' !', ')', ' ]', '"', ''), (head, repeated, last) => {
      const line = `${head.join('')}${repeated.join('').repeat(LONGEST)}`.slice(0, LONGEST - last.length) + last;
      for (const [before, behind] of AROUND) expect(parseText(`${before}${line}${behind}\n`).length).toBeGreaterThan(0);
    }),
    { numRuns: 3000, seed: 5 },
  );
});
