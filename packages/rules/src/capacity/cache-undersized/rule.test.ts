import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { cacheUndersized } from './rule.ts';

testRule(cacheUndersized);

// 1000 misses/s that live for 1000 s: a million entries of 1 KB.
const shop = (cache: string, rows = '') => `system S
client users { peak: 1x }
service api
cache c: redis { ttl: 1000 s, hit-ratio: 90%, ${cache} }
database db { table a { row: 1 KB${rows} } }
flow F from users at 10000/s {
  users -> api
  api -> c read 1 KB
  api -> db read a on miss
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'cache-undersized');

describe('cache-undersized', () => {
  it('compares what lives at once with the memory', () => {
    expect(found(shop('memory: 1 GB'))).toEqual([]);
    const small = shop('memory: 500 MB');
    expect(found(small)[0]?.message).toContain('c is asked to hold 1 GB on each machine and has 500 MB: 50 % of it fits');
    expect(fixed(small, found(small)[0])).toContain('memory: 1 GB');
    expect(found(shop('memory: 500 MB, shards: 2 by hash(id)'))).toEqual([]);
  });

  it('a table has no more rows than it has', () => {
    expect(found(shop('memory: 500 MB', ', rows: 400k'))).toEqual([]);
  });

  it('holds the declared hit ratio against the one that the memory buys', () => {
    // All keys alike: a gigabyte of ten answers a tenth.
    expect(found(shop('memory: 1 GB, popularity: zipf 0', ', rows: 10M'))[0]?.message).toContain(
      'c has hit-ratio 90%, but with popularity zipf 0 the entries for which 1 GB have room answer 10 % of the reads.',
    );
    expect(found(shop('memory: 1 GB, popularity: zipf 1.2', ', rows: 10M'))).toEqual([]);
  });
});
