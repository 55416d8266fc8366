import { COUNT, type Component, effective, type Figure, type Quantity } from '@sysd/core';
import { hottestKeyShare } from '../estimation/zipf.ts';
import { leaf } from '../figure/make.ts';
import { isNotEstimated } from '../queueing/domain.ts';

/** How unevenly requests for single keys lie on the shards. */
export interface ShardSkew {
  /** Share of them that the hottest of so many shards gets. */
  readonly shareOf: (shards: number) => number;
  /** In words, and the figures that they name beside the shards. */
  readonly formula: string;
  readonly figures: readonly Figure[];
}

/** All shards get the same. */
export const NO_SKEW: ShardSkew = { shareOf: (shards) => 1 / shards, formula: '1 ÷ shards', figures: [] };

/**
 * `skew: 1.5x`: the hottest shard gets 1.5 times its part. `skew: zipf 0.99 over 1M`: keys are placed by a hash, so that the shard of the most
 * popular one gets that one's share p of the requests and of the rest as much as any: p + (1 − p) ÷ shards. So no number of shards brings it
 * below p. Source of p = 1 ÷ Σ k^−s: Breslau and others, Web Caching and Zipf-like Distributions, INFOCOM 1999.
 */
export function shardSkew(component: Component): ShardSkew {
  const skew = effective(component.properties, 'skew');
  const said = skew?.value;
  const label = `${component.id}.skew`;
  if (skew && said && 'zipf' in said) {
    const hottest = hottestKeyShare({ keys: said.keys.value, exponent: said.zipf.value });
    // The schema keeps both numbers where the share is known.
    const p = isNotEstimated(hottest) ? 1 : hottest;
    const part = (name: string, { value, text = skew.text }: Quantity) => ({ ...leaf(`${label}: ${name}`, value, COUNT, skew), text });
    const inputs = [part('exponent', said.zipf), part('keys', said.keys)];
    return {
      shareOf: (shards) => p + (1 - p) / shards,
      formula: '(hottest key + (1 − hottest key) ÷ shards)',
      figures: [
        { value: p, dimension: COUNT, label: 'share of the hottest key', formula: '1 ÷ Σ k^−exponent over the keys (Zipf)', inputs },
      ],
    };
  }
  const times = said && !('zipf' in said) ? said.value : 1;
  return {
    shareOf: (shards) => Math.min(1, times / shards),
    formula: 'skew ÷ shards',
    figures: skew ? [leaf(label, times, COUNT, skew)] : [],
  };
}
