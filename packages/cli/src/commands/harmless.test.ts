import type { Diagnostic } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { harmless } from './harmless.ts';

/** A fix of an error: it removes that, and others that follow from it, and adds some on a line of its own. */
interface Fix {
  readonly id: number;
  readonly adds: number;
  readonly removes?: number;
}

const error = (message: string, line = 0): Diagnostic => ({
  rule: 'syntax',
  severity: 'error',
  message,
  span: { block: { uri: 'file:///a.sysd', offset: line }, start: 0, end: 0 },
});

const lineOf = (_: unknown, { span }: Diagnostic): string => String(span.block.offset);

/** A text with errors for each fix on its own line, and how often it was tried. */
function text(all: readonly Fix[], keepsLines = true) {
  const trials: (readonly Fix[])[] = [];
  const several = (n: number, says: string, line: number) => Array.from({ length: n }, (_, i) => error(`${says}: ${i}`, line));
  const errorsWith = (made: readonly Fix[]) => [
    ...all.filter((f) => !made.includes(f)).flatMap((f) => several(f.removes ?? 1, `broken ${f.id}`, f.id)),
    ...made.flatMap((f) => several(f.adds, `added by ${f.id}`, f.id)),
  ];
  const result = harmless<Fix, readonly Fix[]>(all, [], {
    with: (some) => {
      trials.push(some);
      return some;
    },
    errors: errorsWith,
    lineOf,
    keepsLines: () => keepsLines,
  });
  return { result, trials };
}

it('leaves out exactly the fixes that add more errors than they remove, and says which error', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { maxLength: 40 }), fc.boolean(), (adds, keepsLines) => {
      const all = adds.map((n, id) => ({ id, adds: n }));
      const { made, left, state } = text(all, keepsLines).result;
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

it('one trial does where each brings another error of its line to light', () => {
  const all = Array.from({ length: 500 }, (_, id) => ({ id, adds: 1 }));
  expect(text(all).trials).toHaveLength(1);
  expect(text(all).result.made).toEqual(all);
});

it('one that removes many errors does not pay for one that adds some', () => {
  const all = [
    { id: 0, adds: 0, removes: 3 },
    { id: 1, adds: 2 },
  ];
  for (const keepsLines of [true, false]) expect(text(all, keepsLines).result.made).toEqual([all[0]]);
});

it('leaves out what makes something be said twice, though it removes as many errors as it adds', () => {
  const typo = { id: 0, adds: 0 };
  const twice: Diagnostic = { ...error('max-length is given twice'), rule: 'duplicate-name' };
  const { made, left } = harmless<Fix, readonly Fix[]>([typo], [], {
    with: (some) => some,
    errors: (state) => [state.includes(typo) ? twice : error('no property max-lenght')],
    lineOf,
    keepsLines: () => true,
  });
  expect([made, left]).toEqual([[], [{ fix: typo, error: twice }]]);
});
