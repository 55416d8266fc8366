import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { metastableRetries } from './rule.ts';

testRule(metastableRetries);

const found = (rate: number, call: string) =>
  examine(`system S
client users { peak: 1x }
service db { capacity: 300/s }
users -> db { timeout: 1 s, backoff: exponential, jitter: full, ${call} }
flow F from users at ${rate}/s {
  users -> db
}
`).findings.filter((f) => f.rule === 'metastable-retries');

// Bronson et al., HotOS 2021: 300/s can be served, each call is tried twice: vulnerable above 150/s, stuck at 560/s with 280/s.
describe('metastable-retries', () => {
  it('the published example: 280 of 300 a second, retried once', () => {
    const [one] = found(280, 'retries: 1');
    expect(one?.message).toContain('db runs at 93.3 % at peak');
    expect(one?.message).toContain('(187 % if all fail)');
    // 280 × (1 + p) ≥ 300 from p = 1/14.
    expect(one?.message).toContain('once 7.1 % of the calls fail');
  });

  it('the published threshold: 150 a second', () => {
    expect(found(149, 'retries: 1')).toEqual([]);
    expect(found(151, 'retries: 1')).toHaveLength(1);
  });

  it('offers no budget that would not hold', () => {
    expect(found(280, 'retries: 1')[0]?.fixes).toBeUndefined();
    expect(found(250, 'retries: 1')[0]?.fixes?.[0]?.edits).toEqual([
      { kind: 'set-property', on: 'users->db', property: 'budget', value: '10%' },
    ]);
  });

  it('leaves to over-capacity what is overloaded without any retry', () => {
    expect(found(301, 'retries: 1')).toEqual([]);
  });

  it('leaves to the autoscaler what all instances of its range carry', () => {
    const scaling = (most: number) =>
      examine(`system S
client users { peak: 1x }
service api { autoscale: 4..${most} at cpu 60%, cores: 1, cpu-time: 10 ms }
users -> api { timeout: 1 s, backoff: exponential, jitter: full, retries: 2 }
flow F from users at 300/s {
  users -> api
}
`).findings.filter((f) => f.rule === 'metastable-retries');
    expect(scaling(10)).toEqual([]);
    expect(scaling(8)[0]?.message).toContain('api runs at 37.5 % at peak with all 8 instances of its range, but');
  });
});
