import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { retryWithoutBackoff } from './rule.ts';

testRule(retryWithoutBackoff);

const found = (call: string) =>
  examine(`system S
client users { daily-active: 1M }
service api { replicas: 2 }
service orders { replicas: 2 }
api -> orders { timeout: 1 s, ${call} }
flow F from users at 1/day each {
  users -> api -> orders
}
`).findings.filter((f) => f.rule === 'retry-without-backoff');

describe('retry-without-backoff', () => {
  it('says who hammers whom, and how often', () => {
    const [one] = found('retries: 4');
    expect(one).toMatchObject({ element: 'api->orders', severity: 'warning' });
    expect(one?.message).toContain('api retries orders 4 times without a pause');
    expect(one?.fixes?.[0]?.edits).toHaveLength(2);
  });

  it('takes a backoff of none for none, and keeps a jitter that is there', () => {
    expect(found('retries: 2, backoff: none, jitter: full')[0]?.fixes?.[0]?.edits).toHaveLength(1);
  });

  it('only mentions pauses in step', () => {
    expect(found('retries: 2, backoff: linear 50 ms')[0]?.severity).toBe('info');
  });

  it.each(['retries: 0', 'retries: 1', 'pool: 5'])('has nothing against %s', (call) => {
    expect(found(call)).toEqual([]);
  });
});
