import type { Diagnostic } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { harmless } from './harmless.ts';

/** A fix of an error: it removes that and adds others. */
interface Fix {
  readonly id: number;
  readonly adds: number;
}

const block = { uri: 'file:///a.sysd', offset: 0 };
const error = (message: string): Diagnostic => ({
  rule: 'syntax',
  severity: 'error',
  message,
  span: { block, start: 0, end: 0 },
});

/** A text with an error for each fix, and how often it was tried. */
function text(all: readonly Fix[]) {
  const trials: (readonly Fix[])[] = [];
  const errorsWith = (made: readonly Fix[]) => [
    ...all.filter((f) => !made.includes(f)).map((f) => error(`broken ${f.id}`)),
    ...made.flatMap((f) => Array.from({ length: f.adds }, (_, i) => error(`added by ${f.id}: ${i}`))),
  ];
  const result = harmless<Fix, readonly Fix[]>(all, [], {
    with: (some) => {
      trials.push(some);
      return some;
    },
    errors: errorsWith,
    removesError: () => true,
  });
  return { result, trials };
}

it('leaves out exactly the fixes that add more errors than they remove, and says which error', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 40 }), (adds) => {
      const all = adds.map((n, id) => ({ id, adds: n }));
      const { made, left, state } = text(all).result;
      expect(made).toEqual(all.filter((f) => f.adds <= 1));
      expect(left.map((l) => l.fix)).toEqual(all.filter((f) => f.adds > 1));
      for (const { fix, error } of left) expect(error.message).toBe(`added by ${fix.id}: 0`);
      expect(state).toEqual(made);
    }),
  );
});

it('one trial does where none is harmful, and a few more find one among a thousand', () => {
  const all = (bad?: number) => Array.from({ length: 1000 }, (_, id) => ({ id, adds: id === bad ? 2 : 0 }));
  expect(text(all()).trials).toHaveLength(1);
  // Each of the 10 halvings tries two.
  expect(text(all(617)).trials.length).toBeLessThanOrEqual(21);
});

it('leaves out what makes something be said twice, though it removes as many errors as it adds', () => {
  const typo = { id: 0, adds: 0 };
  const twice: Diagnostic = { ...error('max-length is given twice'), rule: 'duplicate-name' };
  const { made, left } = harmless<Fix, readonly Fix[]>([typo], [], {
    with: (some) => some,
    errors: (state) => [state.includes(typo) ? twice : error('no property max-lenght')],
    removesError: () => true,
  });
  expect([made, left]).toEqual([[], [{ fix: typo, error: twice }]]);
});
