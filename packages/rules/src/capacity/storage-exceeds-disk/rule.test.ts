import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { storageExceedsDisk } from './rule.ts';

testRule(storageExceedsDisk);

// 1000/s of 1 KB are 86.4 GB a day.
const store = (kind: string, properties: string, step: string, table = '') => `system S
client users { peak: 1x }
service api
${kind} { replicas: 3, ${properties}
  ${table}
}
flow F from users at 1000/s {
  users -> api
  ${step}
}
`;
const db = (properties: string, table: string) => store('database db', properties, 'api -> db write a', table);
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'storage-exceeds-disk');

describe('storage-exceeds-disk', () => {
  it('80 % of a disk may be used, and it says when it is', () => {
    // 9 days are 777.6 GB of 800, 10 days 864.
    expect(found(db('disk: 1 TB', 'table a { row: 1 KB, retention: 9 day }'))).toEqual([]);
    expect(found(db('disk: 1 TB', 'table a { row: 1 KB, retention: 10 day }'))[0]?.message).toContain(
      'Each machine of db has to keep 864 GB, but of a disk of 1 TB one plans with 80 %, 800 GB. It is full after 9.26 day.',
    );
    expect(found(db('disk: 1 TB', 'table a { row: 1 KB, rows: 1G }'))[0]?.message).toContain('What is in stock is too much already.');
  });

  it('spreads over more shards or nodes, but no table that lies on every shard', () => {
    const table = 'table a { row: 1 KB, shard-key: id, retention: 20 day }';
    const sharded = db('shards: 2 by hash(id), disk: 1 TB', table);
    expect(fixed(sharded, found(sharded)[0])).toContain('shards: 3 by hash(id)');
    const reference = db('shards: 2 by hash(id), disk: 1 TB', `${table}\n  table ref { row: 1 KB, rows: 1M }`);
    expect(found(reference)[0]?.fixes).toBeUndefined();
    // Three copies on five nodes: 518 GB each at 10 days.
    expect(found(db('nodes: 5, disk: 1 TB', 'table a { row: 1 KB, retention: 10 day }'))).toEqual([]);
    const nodes = db('nodes: 5, disk: 500 GB', 'table a { row: 1 KB, retention: 10 day }');
    expect(fixed(nodes, found(nodes)[0])).toContain('nodes: 7');
  });

  it('holds for streams, with the retention of the technology', () => {
    const topic = (disk: string) => store('stream s: kafka', `disk: ${disk}`, 'api ~> s publish 1 KB');
    // 7 days are 605 GB on each of three brokers.
    expect(found(topic('1 TB'))).toEqual([]);
    expect(found(topic('700 GB'))).toHaveLength(1);
  });
});
