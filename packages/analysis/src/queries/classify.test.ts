import type { Query } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { DesignBuilder } from '../testing/design-builder.ts';
import { classifyQuery, type QueryClass } from './classify.ts';

interface Q {
  readonly joins?: readonly (readonly string[])[];
  readonly where?: readonly string[];
}

function classify(query: Q, shards = '8 by hash(k)', tables: Record<string, Record<string, string>> = TABLES): QueryClass {
  const design = new DesignBuilder()
    .component('database', 'db', shards === '' ? {} : { shards }, { tables, queries: { q: query } })
    .build();
  return classifyQuery(design, design.components.get('db')?.queries[0] as Query);
}

const TABLES = { a: { 'shard-key': 'k' }, b: { 'shard-key': 'k' }, c: { 'shard-key': 'z' }, ref: { key: 'code' }, own: { key: 'k' } };

describe('queries and shards', () => {
  it('a join that equates the shard keys is local, and pins both by one where', () => {
    expect(classify({ joins: [['a.k = b.k']], where: ['a.k'] })).toMatchObject({ shardLocal: true, scatter: false });
    expect(classify({ joins: [['b.x = a.x', 'b.k = a.k']], where: ['b.k'] })).toMatchObject({ shardLocal: true });
  });

  it('a join on other columns crosses shards, and offers the key that where pins', () => {
    const q = classify({ joins: [['a.x = b.x']], where: ['a.k'] });
    expect(q.crossShardJoins[0]).toMatchObject({
      cause: 'different-key',
      addable: [{ left: { table: 'db.a', column: 'k' }, right: { table: 'db.b', column: 'k' } }],
    });
    expect(q.unpinned.map((u) => u.table)).toEqual(['db.b']);
    expect(classify({ joins: [['a.x = b.x']] }).crossShardJoins[0]?.addable).toEqual([]);
    expect(classify({ joins: [['a.k = c.x']], where: ['a.k'] }).crossShardJoins[0]).toMatchObject({
      leftKey: ['k'],
      rightKey: ['z'],
      addable: [],
    });
  });

  it('composite keys are equated column by column', () => {
    const tables = { a: { 'shard-key': 'k, m' }, b: { 'shard-key': 'k, m' } };
    const join = (...equations: string[]) => classify({ joins: [equations], where: ['a.k', 'a.m'] }, '4 by hash(k)', tables).shardLocal;
    expect(join('a.k = b.k')).toBe(false);
    expect(join('a.k = b.k', 'a.m = b.m')).toBe(true);
    expect(join('a.k = b.m', 'a.m = b.k')).toBe(false);
  });

  it('keys may be equated through a third table', () => {
    const tables = { a: { 'shard-key': 'k' }, b: { 'shard-key': 'k' }, c: { 'shard-key': 'k' } };
    const local = (...joins: string[][]) => classify({ joins, where: ['a.k'] }, '4 by hash(k)', tables).shardLocal;
    expect(local(['a.k = b.k'], ['b.k = c.k'], ['a.x = c.x'])).toBe(true);
    expect(local(['a.k = b.k'], ['a.x = c.x'])).toBe(false);
  });

  it('a table joined with itself is two rows, which share a shard only where the join equates the key', () => {
    const tables = { a: { 'shard-key': 'k' }, b: { 'shard-key': 'k' } };
    const q = (join: string[]) => classify({ joins: [join], where: ['a.k'] }, '4 by hash(k)', tables);
    expect(q(['a.parent = a.k']).crossShardJoins).toHaveLength(1);
    expect(q(['a.parent = a.id', 'a.k = a.k']).shardLocal).toBe(true);
  });

  it('a query asks every shard when where does not pin the key of a sharded table', () => {
    expect(classify({ where: ['a.x'] })).toMatchObject({ scatter: true, shards: 8, unpinned: [{ table: 'db.a', shardKey: ['k'] }] });
    expect(classify({ where: ['a.k'] }).scatter).toBe(false);
    expect(classify({ where: ['ref.code'] })).toMatchObject({ scatter: false, referenceTables: ['db.ref'] });
  });

  it('a table is sharded by the key of its store if it has that column, else it is a reference table', () => {
    expect(classify({ where: ['own.x'] }).unpinned).toEqual([{ table: 'db.own', shardKey: ['k'] }]);
    expect(classify({ joins: [['a.code = ref.code']], where: ['a.k'] }).shardLocal).toBe(true);
    expect(classify({ where: ['own.x'] }, '8 by directory(d)').scatter).toBe(false);
  });

  it('without shards everything is local', () => {
    expect(classify({ joins: [['a.x = c.x']], where: ['a.x'] }, '')).toMatchObject({ shardLocal: true, shards: 1 });
  });
});
