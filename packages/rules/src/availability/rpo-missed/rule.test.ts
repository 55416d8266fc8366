import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { rpoMissed } from './rule.ts';

testRule(rpoMissed);

const design = (store: string, slo: string, step = 'api -> db write 1 KB') => `system S
client users { daily-active: 1k }
service api
${store}
flow F from users at 1/day each {
  users -> api
  ${step}
  slo: ${slo}
}
`;
const found = (store: string, slo = 'rpo <= 1 min', step?: string) =>
  examine(design(store, slo, step)).findings.filter((f) => f.rule === 'rpo-missed');
const shown = (store: string, slo?: string, step?: string) =>
  found(store, slo, step).map((f) => `${f.severity} ${f.message.split(':')[0]} | ${(f.fixes ?? []).map((x) => x.title).join(', ')}`);

const ASYNC = 'replicas: 3, failover: automatic, replication: async';

describe('rpo-missed', () => {
  it('compares the lag with the objective', () => {
    const [one] = found(`database db: postgres { ${ASYNC}, lag: 90 s }`);
    expect(one?.severity).toBe('error');
    expect(one?.message).toBe(
      'db confirms a write before its other replicas have it (replication: async), and they trail by 1.5 min: what was written in that time is lost with the replica that had it, and F may lose 1 min (rpo). Let a write wait for them: replication: sync.',
    );
    expect(one?.affects).toEqual(['F']);
    expect(found(`database db: postgres { ${ASYNC}, lag: 60 s }`)).toEqual([]);
  });

  it('says what it did not check, as information', () => {
    const [one] = found(`database db: postgres { ${ASYNC} }`);
    expect(one?.severity).toBe('info');
    expect(one?.message).toBe(
      'Not checked, whether F keeps to rpo <= 1 min: db confirms a write before its other replicas have it (replication: async). How far these trail, it does not say: give its lag.',
    );
    expect(found('database db { replicas: 2 }')[0]?.message).toContain('Give its replication');
  });

  it('knows that any lag is more than nothing', () => {
    expect(shown(`database db: postgres { ${ASYNC} }`, 'rpo <= 0 s')[0]).toMatch(
      /^error db confirms .* \| Let writes to db wait for a standby$/,
    );
    expect(found(`database db: postgres { ${ASYNC} }`, 'rpo <= 0 s')[0]?.message).toContain('F may lose nothing (rpo)');
  });

  it('takes the strictest objective of a flow, and only those of flows that write', () => {
    expect(found(`database db: postgres { ${ASYNC}, lag: 30 s }`, 'rpo <= 1 min, rpo <= 10 s')).toHaveLength(1);
    expect(found(`database db: postgres { ${ASYNC}, lag: 1 h }`, 'rpo <= 1 s', 'api -> db read 1 KB')).toEqual([]);
    expect(found(`database db: postgres { ${ASYNC}, lag: 1 h }`, 'rpo <= 1 s', 'api -> db write 1 KB optional')).toEqual([]);
    expect(found(`database db: postgres { ${ASYNC}, lag: 1 h }`, 'p99 <= 1 s')).toEqual([]);
  });

  it('is content with writes that others have before they are confirmed', () => {
    expect(found('database db: postgres { replicas: 3, replication: sync }', 'rpo <= 0 s')).toEqual([]);
    expect(found('database db: mongodb { replicas: 3 }', 'rpo <= 0 s')).toEqual([]);
    expect(found('database db: cassandra { replicas: 3, write-quorum: majority }', 'rpo <= 0 s')).toEqual([]);
    expect(found('database db: dynamodb', 'rpo <= 0 s')).toEqual([]);
  });

  it('sees writes that one replica confirms', () => {
    expect(found('database db: mongodb { replicas: 3, write-concern: 1 }', 'rpo <= 0 s')[0]?.message).toContain('(write-concern: 1)');
    // MongoDB's default with an arbiter: see cap-mismatch.
    const arbiter = 'service votes\ndatabase db: mongodb { replicas: 2, failover: automatic via votes';
    expect(found(`${arbiter} }`, 'rpo <= 0 s')[0]?.message).toContain('(write-concern: 1 (the default with an arbiter))');
    expect(found(`${arbiter}, write-concern: majority }`, 'rpo <= 0 s')).toEqual([]);
    expect(shown('database db: cassandra { replicas: 3 }', 'rpo <= 0 s')[0]).toContain('Let a majority confirm writes to db');
  });

  it('is not about caches and indexes, which have a source', () => {
    expect(found('cache db: redis { replicas: 2, lag: 1 h }', 'rpo <= 1 s')).toEqual([]);
    expect(found('search db { replicas: 2, replication: async, lag: 1 h }', 'rpo <= 1 s')).toEqual([]);
  });

  it('leaves a store without any copy to backup-missing', () => {
    const text = design('database db: postgres', 'rpo <= 1 min');
    const onStore = examine(text).findings.filter((f) => f.element === 'db');
    expect(onStore.map((f) => f.rule).sort()).toEqual(['backup-missing', 'single-point-of-failure']);
  });

  it('makes backups as often as it takes, and keeps them as long', () => {
    const text = design('database db: postgres { backup: every 1 day retain 7 day }', 'rpo <= 90 min');
    const finding = examine(text).findings.find((f) => f.rule === 'rpo-missed');
    expect(finding?.message).toContain('copied away every 1 day');
    expect(fixed(text, finding)).toContain('backup: every 90 min retain 7 day');
    expect(found('database db: postgres { backup: every 1 day }', 'rpo <= 0 s')[0]?.fixes).toBeUndefined();
  });

  it('offers to wait only where the technology can', () => {
    expect(found(`database db: redis { replicas: 3, failover: automatic, lag: 5 s }`, 'rpo <= 1 s')[0]?.fixes).toBeUndefined();
    expect(found(`database db: redis { replicas: 3, failover: automatic, lag: 5 s }`, 'rpo <= 1 s')[0]?.message).toMatch(
      /It does not wait for them: keep this data in a store that does, or change the objective\.$/,
    );
    expect(found(`database db: couchdb { replicas: 3, lag: 5 s }`, 'rpo <= 1 s')[0]?.fixes).toBeUndefined();
    expect(found('database db { replicas: 3, replication: async, lag: 5 s }', 'rpo <= 1 s')[0]?.fixes).toHaveLength(1);
  });
});
