import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { shardHotSpot } from './rule.ts';

testRule(shardHotSpot);

const text = (store: string, rate: string, step = 'read 1 KB') => `system S
client users { peak: 1x }
database db: postgres { ${store}, capacity: 1000/s }
flow F from users at ${rate} {
  users -> db ${step}
}
`;
const found = (t: string) => {
  const { errors, findings } = examine(t);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => f.rule === 'shard-hot-spot' || f.rule === 'over-capacity');
};

describe('shard-hot-spot', () => {
  it('says the share, how full it is and how full all would be', () => {
    // 6800/s × 2 ÷ 16 = 850/s of 1000/s; evenly 425/s. 6800/s × 2 ÷ S <= 700/s: 20 shards.
    const [one, ...more] = found(text('shards: 16 by hash(id), skew: 2x', '6800/s'));
    expect(more).toEqual([]);
    expect(one?.rule).toBe('shard-hot-spot');
    expect(one?.message).toBe(
      'The hottest shard of db gets 12.5 % of the requests for single keys at peak, 2 times its part, and runs at 85 % of its capacity: above max-utilization 70%. If all shards got the same, they would run at 42.5 %. Shard by a key with more values, split the hot key (a salt puts its rows on several shards), or cache what is popular in front; or take 20 shards, with which it stays within 70%.',
    );
    expect(one?.fixes?.[0]?.edits).toEqual([{ kind: 'set-property', on: 'db', property: 'shards', value: '20 by hash(id)' }]);
  });

  it('a popular key by Zipf: H(1000) = 7.48547, so 13.4 % + 86.6 % ÷ 16 = 18.8 % on one shard', () => {
    const [one] = found(text('shards: 16 by hash(id), skew: zipf 1 over 1000', '4400/s'));
    expect(one?.message).toContain('gets 18.8 % of the requests for single keys at peak, 3 times its part, and runs at 82.6 %');
    expect(one?.message).toContain('The most popular key lies on one shard, however many there are');
    expect(one?.message).toContain('or take 2 replicas of that shard, over which its reads are spread and with which');
    expect(one?.fixes).toBeUndefined();
    // Every replica takes writes. Shards divide all but that key: 4400/s × (0.1336 + 0.8664 ÷ S) <= 700/s from S = 34 on.
    const [writes] = found(text('shards: 16 by hash(id), skew: zipf 1 over 1000', '4400/s', 'write 1 KB'));
    expect(writes?.message).toContain('or take 34 shards, with which');
  });

  it('is silent within max-utilization, and where over-capacity speaks', () => {
    const at = (rate: string) => found(text('shards: 16 by hash(id), skew: 2x', rate)).map((f) => f.rule);
    expect(at('5600/s')).toEqual([]);
    expect(at('5601/s')).toEqual(['shard-hot-spot']);
    expect(at('7999/s')).toEqual(['shard-hot-spot']);
    expect(at('8000/s')).toEqual(['over-capacity']);
  });

  it('is silent where skew is not the cause: all shards alike would be too full, or every shard is asked', () => {
    expect(found(text('shards: 16 by hash(id), skew: 1.2x', '12000/s'))).toEqual([]);
    expect(found(text('shards: 16 by hash(id)', '12000/s'))).toEqual([]);
    const scatter = `system S
client users { peak: 1x }
database db: postgres {
  shards: 16 by hash(shop_id), skew: 2x, capacity: 1000/s
  table t { key: id, shard-key: shop_id, row: 1 KB }
  query all { where t.id }
}
flow F from users at 800/s {
  users -> db read all 1 KB
}
`;
    expect(found(scatter)).toEqual([]);
    expect(examine(scatter).findings.map((f) => f.rule)).toContain('cross-shard-query');
  });

  it('a limit of its own is the limit', () => {
    const limit = (percent: string) => text(`shards: 16 by hash(id), skew: 2x, max-utilization: ${percent}`, '6800/s');
    expect(found(limit('85%'))).toEqual([]);
    expect(found(limit('60%'))[0]?.message).toContain('above max-utilization 60%');
  });
});
