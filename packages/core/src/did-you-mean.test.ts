import fc from 'fast-check';
import { expect, it } from 'vitest';
import { didYouMean, editDistance } from './did-you-mean.ts';

/** Optimal string alignment by its recurrence. */
function plainDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
    }
  }
  return d[a.length]![b.length]!;
}

function plainNearest(word: string, all: readonly string[]): string | undefined {
  if (word.length > 64) return undefined;
  if (all.includes(word)) return word;
  const lower = word.toLowerCase();
  const limit = Math.max(1, Math.floor(word.length / 3));
  const distances = all.map((c) => plainDistance(lower, c.toLowerCase()));
  const least = Math.min(...distances);
  if (least <= limit) return all.filter((_, i) => distances[i] === least).sort()[0];
  const longer = all.filter((c) => c.toLowerCase().startsWith(lower));
  return word.length >= 3 && longer.length === 1 ? longer[0] : undefined;
}

// Few letters, so that words are near each other.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'A', '_'), maxLength: 9 });

it('is the edit distance up to the limit (law)', () => {
  fc.assert(
    fc.property(word, word, fc.nat(6), (a, b, limit) => {
      expect(editDistance(a, b, limit)).toBe(Math.min(plainDistance(a, b), limit + 1));
    }),
    { numRuns: 2000 },
  );
});

it('finds the nearest of all, of equals the alphabetically first (law)', () => {
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 12 }), (mistyped, all) => {
      expect(didYouMean(mistyped, all)).toBe(plainNearest(mistyped, all));
    }),
    { numRuns: 2000 },
  );
});

it('takes a beginning for the word where only one goes on like that', () => {
  expect(didYouMean('mongo', ['mongodb_atlas', 'mysql'])).toBe('mongodb_atlas');
  expect(didYouMean('mongo', ['mongodb_atlas', 'mongodb_local'])).toBeUndefined();
});

it('takes the word itself for the nearest, in whatever order', () => {
  for (const all of [
    ['a', 'A'],
    ['A', 'a'],
  ]) {
    expect(didYouMean('a', all)).toBe('a');
  }
});
