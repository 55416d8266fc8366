import { expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { shardKeyMissing } from './rule.ts';

testRule(shardKeyMissing);

const found = (shards: string, table: string, step = 'write t') => {
  const text = `system S\nclient users\ndatabase db: postgres {\n  ${shards}\n  table t { ${table}, row: 1 KB }\n}\nflow F from users at 100/s {\n  users -> db ${step}\n}\n`;
  const { errors, findings } = examine(text);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => f.rule === 'shard-key-missing');
};

it('says what it costs, and sets the columns of the store', () => {
  const [one, ...more] = found('shards: 4 by hash(a, b)', 'key: id');
  expect(more).toEqual([]);
  expect(one?.message).toBe(
    't has no shard key: db is sharded by a, b, which t does not have, so each of the 4 shards has all of it and takes every write of F. Say which column decides: shard-key: a, b.',
  );
  expect(one?.fixes?.[0]?.edits).toEqual([{ kind: 'set-property', on: 'db.t', property: 'shard-key', value: 'a, b' }]);
});

it.each([
  ['a table that is only read', 'shards: 4 by hash(a)', 'key: id', 'read t'],
  ['its key', 'shards: 4 by hash(id)', 'key: id', 'write t'],
  ['a shard key of its own', 'shards: 4 by hash(a)', 'key: id, shard-key: b', 'update t'],
  ['one shard', 'shards: 1 by hash(a)', 'key: id', 'write t'],
])('is silent: %s', (_, shards, table, step) => {
  expect(found(shards, table, step)).toEqual([]);
});
