import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { retryAmplification } from './rule.ts';

testRule(retryAmplification);

const found = (retries: readonly number[], arrow = '->', more = '') => {
  const names = ['users', ...retries.map((_, i) => `s${i + 1}`)];
  const calls = retries.map(
    (n, i) => `${names[i]} -> ${names[i + 1]} { timeout: 1 s, retries: ${n}, backoff: exponential, jitter: full${more} }`,
  );
  return examine(`system S
client users { daily-active: 1M }
${names
  .slice(1)
  .map((n) => `service ${n}`)
  .join('\n')}
${calls.join('\n')}
flow F from users at 1/day each {
  ${names.join(` ${arrow} `)}
}
`).findings.filter((f) => f.rule === 'retry-amplification');
};

describe('retry-amplification', () => {
  it('Google SRE Book, chapter 22: three layers of 3 retries are 64 calls', () => {
    const all = found([3, 3, 3]);
    expect(all.map((f) => f.element)).toEqual(['s1->s2', 's2->s3']);
    expect(all[1]?.message).toContain('can become 64 calls to s3 when it fails: users tries 4 times, s1 tries 4 times, s2 tries 4 times');
  });

  it("Amazon Builders' Library: five layers of 3 tries are 243 calls", () => {
    expect(found([2, 2, 2, 2, 2]).at(-1)?.message).toContain('243 calls to s5');
  });

  it('is not about one layer, few calls, a budget, or what nobody waits for', () => {
    expect(found([20])).toEqual([]);
    expect(found([1, 1, 1])).toEqual([]);
    expect(found([3, 3, 3], '->', ', budget: 10%')).toEqual([]);
    expect(found([3, 3], '~>')).toEqual([]);
  });
});
