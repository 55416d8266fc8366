import { expect, test } from 'vitest';
import { afterCrash } from './crash-policy.ts';

function crash(at: readonly number[]): boolean[] {
  let times: readonly number[] = [];
  return at.map((now) => {
    const decision = afterCrash(times, now);
    times = decision.times;
    return decision.restart;
  });
}

test('four crashes in three minutes are followed by a restart, the fifth is not', () => {
  expect(crash([0, 1000, 2000, 3000, 4000])).toEqual([true, true, true, true, false]);
});

test('crashes of more than three minutes ago are forgotten', () => {
  expect(crash([0, 1000, 2000, 3000, 180_000, 183_500])).toEqual([true, true, true, true, true, true]);
});
