import type { Fix } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { applyFix, examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { queueRefuses } from './rule.ts';

testRule(queueRefuses);

const mails = (length: string, worker = 'replicas: 6, cores: 1, cpu-time: 100 ms') => `system S
client users { peak: 1x }
service api
queue q { max-length: ${length} }
worker w { ${worker} }
flow F from users at 25/s {
  users -> api
  api ~> q publish 1 KB
  q ~> w
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'queue-refuses');

// M/M/6/(6 + m) with a = 2.5 by hand: p(6 + m) = a^6 ÷ 6! × (2.5 ÷ 6)^m ÷ (Σ a^n ÷ n! up to 5 + a^6 ÷ 6! × Σ (2.5 ÷ 6)^j up to m).
const loss = (m: number): number => {
  const term = (n: number): number => (n === 0 ? 1 : (term(n - 1) * 2.5) / Math.min(n, 6));
  const all = Array.from({ length: 7 + m }, (_, n) => term(n));
  return (all.at(-1) ?? 0) / all.reduce((s, p) => s + p, 0);
};

describe('queue-refuses', () => {
  it('names the share that is refused at peak, and the least length with which nearly none is', () => {
    expect(loss(1)).toBeCloseTo(0.01163, 5);
    expect(loss(6)).toBeGreaterThan(1e-4);
    expect(loss(7)).toBeLessThan(1e-4);
    const [one] = found(mails('1'));
    expect(one?.message).toBe(
      'q refuses 1.2 % of its messages at peak, with nothing broken: 25/s come in bursts, w works off 60/s, and beside what it works on 1 may wait. With max-length: 7 less than 0.01 % are refused; or give w more instances.',
    );
    expect([one?.severity, one?.element, one?.affects]).toEqual(['warning', 'q', ['w']]);
    expect(found(mails('6'))).toHaveLength(1);
    const [fix] = one?.fixes ?? [];
    expect(found(applyFix(mails('1'), fix as Fix))).toEqual([]);
  });

  it('is silent where nearly none is refused, where nothing is known, and where over-capacity speaks', () => {
    for (const length of ['7', '1M', '1 GB']) expect(found(mails(length))).toEqual([]);
    expect(found(mails('1', 'replicas: 6'))).toEqual([]);
    expect(found(mails('1', 'replicas: 2, cores: 1, cpu-time: 100 ms'))).toEqual([]);
    for (const length of ['0', '-1', '1e300', 'many']) expect(() => found(mails(length))).not.toThrow();
  });

  it('finds a length below 100 % however little is to spare', () => {
    // M/M/1/K: (1 − r) × r^K ÷ (1 − r^(K + 1)), K = 1 + max-length.
    const r = 25 / 25.0001;
    const one = (length: number): number => ((1 - r) * r ** (1 + length)) / (1 - r ** (2 + length));
    expect([one(9803) < 1e-4, one(9804) < 1e-4]).toEqual([false, true]);
    expect(found(mails('1', 'replicas: 1, cores: 1, capacity: 25.0001/s'))[0]?.message).toContain('With max-length: 9804 less than');
  });
});
