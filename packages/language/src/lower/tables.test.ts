import { check } from '@sysd/testkit';
import { expect, it } from 'vitest';

it('reads tables, joins and where-clauses of a store', () => {
  const { design } = check(
    `
    system S
    database other { table z { key: id } }
    database db {
      table tweet  { key: tweet_id,  shard-key: author_id, row: 500 B, retention: 5 year }, table follow { key: id, rows: 20G }
      query home {
        join tweet.author_id = follow.followee_id and tweet.k = follow.k
        join db.tweet.id = other.z.id
        where follow.follower_id and tweet.day > 3
      }
      query scan { from tweet where author_id }
      query wrong {
        from twet
             ~~~~ unknown-name: db has no table twet; it has tweet, follow
        where x
              ~ invalid-value: say which table x belongs to: TABLE.x
        row: 3 B
        ~~~ misplaced-statement: a query says from TABLE, join a.x = b.y and where a.x
      }
    }
    `,
    { rules: false },
  );
  const db = design.components.get('db')!;
  expect(db.tables.map((t) => [t.id, t.name, [...t.properties.keys()]])).toEqual([
    ['db.tweet', 'tweet', ['key', 'shard-key', 'row', 'retention']],
    ['db.follow', 'follow', ['key', 'rows']],
  ]);
  const [home, scan] = db.queries;
  expect(home?.tables).toEqual(['db.tweet', 'db.follow', 'other.z']);
  expect(home?.joins.map((j) => j.equations.map((e) => `${e.left.table}.${e.left.column}=${e.right.table}.${e.right.column}`))).toEqual([
    ['db.tweet.author_id=db.follow.followee_id', 'db.tweet.k=db.follow.k'],
    ['db.tweet.id=other.z.id'],
  ]);
  expect(home?.pinned.map((c) => `${c.table}.${c.column}`)).toEqual(['db.follow.follower_id']);
  expect(scan).toMatchObject({ tables: ['db.tweet'], pinned: [{ table: 'db.tweet', column: 'author_id' }] });
});

it('keeps every index of a table, in one statement or in several', () => {
  const { design } = check('system S\ndatabase db { table t { index: a, b; index: c } }', { rules: false });
  const index = design.components.get('db')!.tables[0]!.properties.get('index')!;
  expect((index.value as readonly { readonly name: string }[]).map((c) => c.name)).toEqual(['a', 'b', 'c']);
});
