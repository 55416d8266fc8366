import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { capMismatch } from './rule.ts';

testRule(capMismatch);

const pay = (store: string, step: string, more = '') => `system Shop
client users { daily-active: 1M }
service api
${store}
${more}
flow Pay from users at 1/day each {
  users -> api
  ${step}
}
`;

const mismatches = (text: string) => {
  const { errors, findings } = examine(text);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => f.rule === 'cap-mismatch');
};
const flagged = (store: string, step: string, more = '') => mismatches(pay(store, step, more)).length > 0;

describe('quorums: R + W > N', () => {
  const read = 'api -> db read 1 KB requires: strong';
  // [N, W, R, strong]: Gifford's condition, counted by hand.
  const table: [number, string, string, boolean][] = [
    [3, 'one', 'one', false],
    [3, 'majority', 'majority', true],
    [3, 'all', 'one', true],
    [3, 'one', 'all', true],
    [3, 'majority', 'one', false],
    [5, '2', '3', false],
    [5, '3', '3', true],
    [5, '2', '4', true],
    [1, 'one', 'one', true],
  ];
  for (const [n, w, r, strong] of table) {
    it(`N = ${n}, W = ${w}, R = ${r}: ${strong ? 'strong' : 'eventual'}`, () => {
      expect(flagged(`database db: cassandra { replicas: ${n}, write-quorum: ${w}, read-quorum: ${r} }`, read)).toBe(!strong);
    });
  }

  it('takes what the connection asks for', () => {
    expect(flagged('database db: cassandra { replicas: 3 }', read, 'api -> db { consistency: one }')).toBe(true);
    expect(flagged('database db: cassandra { replicas: 3 }', read, 'api -> db { consistency: quorum }')).toBe(false);
    const both = 'api -> db write 1 KB\n  api -> db read 1 KB requires: strong';
    expect(flagged('database db: cassandra { replicas: 3 }', both, 'api -> db { consistency: quorum }')).toBe(false);
  });

  it('sees that another writer is too weak', () => {
    const text = `${pay('database db: cassandra { replicas: 3 }', read, 'worker feeder\napi -> db { consistency: quorum }\nfeeder -> db { consistency: one }')}
flow Feed from users at 1/day each {
  users -> feeder
  feeder -> db write 1 KB
}
`;
    const [found] = mismatches(text);
    expect(found?.message).toContain('R = 2 and writes to W = 1 of its N = 3 copies: R + W = 3 is not more than N');
    expect(mismatches(fixed(text, found))).toEqual([]);
  });
});

describe('primaries and replicas', () => {
  const strong = 'api -> db read 1 KB requires: strong';
  const own = 'api -> db read 1 KB requires: read-your-writes';
  it('postgres by replication and by who answers', () => {
    const pg = (settings: string) => `database db: postgres { ${settings} }`;
    expect(flagged(pg('replicas: 1'), strong)).toBe(false);
    expect(flagged(pg('replicas: 2'), strong)).toBe(true);
    expect(flagged(pg('replicas: 2'), own)).toBe(true);
    expect(flagged(pg('replicas: 2, reads: primary'), strong)).toBe(false);
    expect(flagged(pg('replicas: 2, reads: replicas, replication: sync'), strong)).toBe(false);
    expect(flagged(pg('replicas: 2, replication: async'), 'api -> db write 1 KB requires: strong')).toBe(false);
    expect(flagged(pg('replicas: 2'), strong, 'api -> db { consistency: strong }')).toBe(false);
  });

  it('redis loses confirmed writes, so its primary gives read-your-writes and no more', () => {
    expect(flagged('database db: redis { replicas: 2, reads: primary }', strong)).toBe(true);
    expect(flagged('database db: redis { replicas: 2, reads: primary }', own)).toBe(false);
    expect(flagged('database db: redis { replicas: 2 }', own)).toBe(true);
    expect(flagged('database db: redis', strong)).toBe(false);
  });

  it('mongodb by its concerns', () => {
    const mongo = (settings: string) => `database db: mongodb { replicas: 3${settings} }`;
    expect(flagged(mongo(''), strong)).toBe(true);
    expect(flagged(mongo(''), own)).toBe(false);
    expect(flagged(mongo(', reads: any'), own)).toBe(true);
    expect(flagged(mongo(', read-concern: linearizable'), strong)).toBe(false);
    expect(flagged(mongo(''), 'api -> db write 1 KB requires: strong')).toBe(false);
    expect(flagged(mongo(', write-concern: 1'), 'api -> db write 1 KB requires: strong')).toBe(true);
  });

  // [data members, arbiters, default write concern]: MongoDB manual, Default MongoDB Read Concerns/Write Concerns.
  it.each([
    [2, 1, '1'],
    [4, 1, 'majority'],
    [3, 0, 'majority'],
    [3, 1, '1'],
    [3, 3, '1'],
  ])('mongodb with %i members and %i arbiters confirms writes at %s', (members, arbiters, concern) => {
    const votes =
      arbiters > 0 ? { via: ', failover: automatic via votes', more: `service votes { replicas: ${arbiters} }` } : { via: '', more: '' };
    const of = (said: string) =>
      pay(`database db: mongodb { replicas: ${members}${votes.via}${said} }`, 'api -> db write 1 KB requires: strong', votes.more);
    const [found] = mismatches(of(''));
    expect(found === undefined).toBe(concern === 'majority');
    expect(mismatches(of(', write-concern: majority'))).toEqual([]);
    if (!found) return;
    expect(found.message).toContain(
      'confirms writes at write-concern: 1 (the default with an arbiter), and what was confirmed may be rolled back',
    );
    expect(mismatches(fixed(of(''), found))).toEqual([]);
  });

  it('managed stores by what the request asks for', () => {
    expect(flagged('database db: dynamodb', strong)).toBe(true);
    expect(flagged('database db: dynamodb', strong, 'api -> db { consistency: strong }')).toBe(false);
    expect(flagged('database db: dynamodb', 'api -> db read 1 KB')).toBe(false);
    expect(flagged('database db: spanner', strong)).toBe(false);
    expect(flagged('blobstore db: s3', strong)).toBe(false);
    expect(flagged('cache db: elasticache', strong, 'api -> db { consistency: strong }')).toBe(true);
  });

  it('claims nothing where nothing is said', () => {
    expect(flagged('database db { replicas: 3 }', strong)).toBe(false);
  });
});

describe('requirements', () => {
  const store =
    'database db: cassandra { replicas: 3\n  table stock { key: item_id, row: 100 B, requires: strong }\n  table review { key: id, row: 100 B } }';
  it('a table requires it of every step that touches it', () => {
    expect(mismatches(pay(store, 'api -> db read stock')).map((f) => f.message)[0]).toContain('db.stock, used by Pay (every request');
    expect(flagged(store, 'api -> db read review')).toBe(false);
  });

  it('a step may require less than its flow', () => {
    expect(flagged(store, 'requires: strong\n  api -> db read review')).toBe(true);
    expect(flagged(store, 'requires: strong\n  api -> db read review requires: eventual')).toBe(false);
  });

  it('says which share of the requests is hit', () => {
    const [found] = mismatches(pay(store, 'api -> db read stock when 25%'));
    expect(found?.message).toContain('Pay (25 % of its requests');
  });
});
