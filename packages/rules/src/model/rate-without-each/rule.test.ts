import { expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { rateWithoutEach } from './rule.ts';

testRule(rateWithoutEach);

const found = (client: string, rate: string) =>
  examine(`system S
client users { ${client} }
service api
let often = 2
flow F from users at ${rate} {
  users -> api
}
`).findings.filter((f) => f.rule === 'rate-without-each');

it('says how rarely each user would come', () => {
  // 1 M users ÷ (20 × 365 a year) = 137 years.
  expect(found('daily-active: 1M', '20/day').map((f) => f.message)).toEqual([
    '20/day is the rate of all requests of F together: each of the 1M daily users makes one in 137 years. If it is meant of one user, say each: at 20/day each.',
  ]);
  expect(found('daily-active: 10k', '20/day')).toHaveLength(1);
});

it('keeps silent where the total may be meant', () => {
  // Once a year of each of 7,300 users.
  expect(found('daily-active: 7.3k', '20/day')).toEqual([]);
  // What a million users do rarely, but not as rarely as one person does anything: closing an account.
  expect(found('daily-active: 1M', '500/day')).toEqual([]);
  expect(found('peak: 2x', '20/day')).toEqual([]);
  expect(found('daily-active: 0', '20/day')).toEqual([]);
  expect(found('daily-active: 1M', '20/day each')).toEqual([]);
});

it('offers each only behind a plain rate', () => {
  expect(found('daily-active: 1M', '10/day * often')).toMatchObject([{ severity: 'info' }]);
  expect(found('daily-active: 1M', '10/day * often')[0]?.fixes).toBeUndefined();
  expect(found('daily-active: 1M', '20/day')[0]?.fixes?.map((f) => f.title)).toEqual(['Say each: 20/day of one user']);
});
