import { describe, expect, it } from 'vitest';
import { applyFix, examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { connectionPoolOverflow } from './rule.ts';

testRule(connectionPoolOverflow);

const shop = (more: { api?: string; db?: string; step?: string; rest?: string } = {}) => `system S
client users { peak: 1x }
service api { replicas: 10${more.api ?? ''} }
worker jobs { replicas: 4 }
database db: postgres { ${more.db ?? ''} }
${more.rest ?? 'api -> db { pool: 20 }\njobs -> db { pool: 5 }'}
flow F from users at 1000/s {
  users -> api
  ${more.step ?? 'api -> db write 1 KB'}
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'connection-pool-overflow');

describe('connection-pool-overflow', () => {
  it('adds the pools of all callers up and says whose they are', () => {
    const [one] = found(shop());
    expect(one?.message).toContain(
      'db is kept 220 connections to one server by api (10 instances × pool 20) and jobs (4 instances × pool 5), but accepts max-connections 100: it refuses the others.',
    );
    expect(one?.element).toBe('db');
  });

  it('says over how many servers a pool is spread that only reads', () => {
    const text = shop({ db: 'replicas: 2, failover: automatic', rest: 'api -> db { pool: 30 }', step: 'api -> db read 1 KB' });
    expect(found(text)[0]?.message).toContain('db is kept 150 connections to one server by api (10 instances × pool 30, over 2 servers)');
    expect(found(text)[0]?.fixes?.[0]?.title).toBe('Keep 20 connections in the pool of each instance of api: 100 to one server of db');
  });

  it('makes that pool smaller which alone brings the sum down', () => {
    const text = shop();
    expect(found(text)[0]?.fixes?.map((f) => f.title)).toEqual([
      'Keep 8 connections in the pool of each instance of api: 100 to one server of db',
    ]);
    expect(found(fixed(text, found(text)[0]))).toEqual([]);
  });

  it('offers no pool that is too small for its load: a pooler is the way', () => {
    // 100/s at each instance of 70 ms: 7 are busy, at 70 % it takes 10.
    const [one] = found(shop({ db: 'latency: 70 ms', rest: 'api -> db { pool: 20 }' }));
    expect(one?.fixes?.[0]?.title).toContain('Keep 10 connections');
    const [slow] = found(shop({ db: 'latency: 80 ms', rest: 'api -> db { pool: 20 }' }));
    expect(slow?.fixes).toBeUndefined();
    expect(slow?.message).toContain('Put a pooler between');
  });

  it('counts the most instances that autoscaling may start', () => {
    expect(found(shop({ api: ', autoscale: 2..12 at cpu 60%', rest: 'api -> db { pool: 9 }' }))).toHaveLength(1);
    expect(found(shop({ api: ', autoscale: 2..11 at cpu 60%', rest: 'api -> db { pool: 9 }' }))).toEqual([]);
  });

  it('is silent at the limit, and where a pooler keeps the connections', () => {
    expect(found(shop({ rest: 'api -> db { pool: 10 }' }))).toEqual([]);
    const pooled = `loadbalancer pooler: pgbouncer { replicas: 2 }\napi -> pooler { pool: 50 }\npooler -> db { pool: 40 }`;
    expect(found(shop({ rest: pooled, step: 'api -> pooler -> db write 1 KB' }))).toEqual([]);
  });

  it('needs no pool of every caller to know that those it knows are too many', () => {
    const text = shop({ rest: 'api -> db { pool: 20 }', step: 'api -> db write 1 KB\n  api -> jobs\n  jobs -> db write 1 KB' });
    expect(found(text)).toHaveLength(1);
    expect(found(shop({ rest: 'api -> db { pool: 10 }', step: 'api -> db write 1 KB\n  api -> jobs\n  jobs -> db write 1 KB' }))).toEqual(
      [],
    );
  });

  it('works for names that objects have of themselves', () => {
    const text = shop().replaceAll('jobs', '__proto__').replaceAll('api', 'constructor');
    expect(found(text)).toHaveLength(1);
    expect(found(applyFix(text, found(text)[0]!.fixes![0]!))).toEqual([]);
  });
});
