import { known } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { shardSkew } from './shard-skew.ts';

function store(skew: string, shards = 16) {
  const design = new DesignBuilder()
    .component('client', 'u', { peak: '1x' })
    .component('database', 'db', { shards: `${shards} by hash(id)`, skew, capacity: '1000/s' })
    .flow('F', 'u', '4000/s', (f) => f.step('u -> db', 'read'))
    .build();
  return { skew: shardSkew(design.components.get('db')!), load: analyse(design).traffic.components.get('db') };
}

describe('skew of shards', () => {
  it('zipf: the share of the hottest key by the harmonic number, and of the rest a part', () => {
    // H(1000) = 7.485470860550345.
    const p = 1 / 7.485470860550345;
    const { skew, load } = store('zipf 1 over 1000');
    expect(skew.shareOf(1)).toBeCloseTo(1, 12);
    expect(skew.shareOf(16)).toBeCloseTo(p + (1 - p) / 16, 12);
    expect(known(load?.perInstance)).toBeCloseTo(4000 * (p + (1 - p) / 16), 8);
    expect(known(load?.utilization)).toBeCloseTo(4 * (p + (1 - p) / 16), 11);
    expect(known(load!.hotShard!.share)).toBeCloseTo(p + (1 - p) / 16, 12);
    expect(known(load!.hotShard!.evenUtilization)).toBeCloseTo(4 / 16, 12);
  });

  it('even keys are as many as any; a million by 0.99 load the hottest of 16 shards twice as much as the mean', () => {
    expect(store('zipf 0 over 1G').skew.shareOf(16)).toBeCloseTo(1 / 16, 8);
    expect(store('zipf 0.99 over 1M').skew.shareOf(16) * 16).toBeCloseTo(2, 1);
    expect(store('1.5x').skew.shareOf(16)).toBeCloseTo(1.5 / 16, 12);
  });

  it('a store of even keys, and one of one shard, has no hot shard', () => {
    expect(store('1x').load?.hotShard).toBeUndefined();
    expect(store('zipf 1 over 1000', 1).load?.hotShard).toBeUndefined();
  });

  it('more shards never bring the hottest below its key', () => {
    const { skew, load } = store('zipf 1.2 over 1M');
    expect(skew.shareOf(1e9)).toBeGreaterThan(0.1);
    // Only replicas divide what one key takes.
    expect(load?.growth?.by).toBe('replicas');
  });
});
