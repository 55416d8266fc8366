import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { poolTooSmall } from './rule.ts';

testRule(poolTooSmall);

const shop = (pool: number, db = 'latency: 20 ms') => `system S
client users { peak: 1x }
service api { replicas: 10 }
database db: postgres { ${db} }
api -> db { pool: ${pool} }
flow F from users at 1000/s {
  users -> api
  api -> db read 1 KB
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'pool-too-small');

describe('pool-too-small', () => {
  it('100/s of 20 ms keep two connections busy: two are as bad as one', () => {
    expect(found(shop(1))[0]?.message).toContain(
      'Each instance of api sends 100/s to db at peak, and each request takes a connection for 20 ms or more: 2 connections are busy (Little’s law), but the pool has 1.',
    );
    expect(found(shop(2))).toHaveLength(1);
    expect(found(shop(3))).toEqual([]);
  });

  it('takes as many as keep max-utilization, where the server accepts them', () => {
    expect(fixed(shop(2), found(shop(2))[0])).toContain('pool: 3');
    const busier = shop(2, 'latency: 20 ms, max-utilization: 40%');
    expect(fixed(busier, found(busier)[0])).toContain('pool: 5');
    // 30 in all.
    expect(found(shop(2, 'latency: 20 ms, max-connections: 29'))[0]?.fixes).toBeUndefined();
  });

  it('does not guess a time that nobody says', () => {
    expect(found(shop(1, '').replace(': postgres', ''))).toEqual([]);
  });
});
