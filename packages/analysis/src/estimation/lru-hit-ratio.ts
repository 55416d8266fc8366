import { notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative } from '../queueing/domain.ts';
import type { PopularityClass } from './popularity.ts';

/**
 * Hit ratio of a cache with room for `places` keys that evicts the least recently used, under independent requests, by Che's approximation:
 * every key stays for the same characteristic time T (in requests) after its last use, where Σ (1 − e^(−p·T)) = places; the hit ratio is
 * Σ p·(1 − e^(−p·T)). 1 where all keys that are asked for fit. Shares that do not sum up to 1 are scaled.
 * Source: Che, Tung & Wang, Hierarchical Web Caching Systems, IEEE JSAC 20(7), 2002; accuracy: Fricker, Robert & Roberts, ITC 24, 2012.
 */
export function lruHitRatio(popularity: readonly PopularityClass[], places: number): Estimated<number> {
  const problem = firstProblem([
    nonNegative('the number of places', places),
    ...popularity.flatMap(({ keys, share }) => [
      nonNegative('the number of keys of a class', keys),
      nonNegative('the share of a key', share),
    ]),
  ]);
  if (problem) return problem;
  const wanted = popularity.filter((c) => c.keys > 0 && c.share > 0);
  const total = wanted.reduce((sum, c) => sum + c.keys * c.share, 0);
  if (!(total > 0) || !Number.isFinite(total)) return notEstimated('no key is asked for: it needs a key with a share above 0');
  if (places === 0) return 0;
  if (places >= wanted.reduce((sum, c) => sum + c.keys, 0)) return 1;
  const classes = wanted.map((c) => ({ keys: c.keys, share: c.share / total }));
  const time = characteristicTime(classes, places);
  if (!Number.isFinite(time)) return notEstimated('the shares of the keys are too far apart to find how long a key stays in the cache');
  const hits = classes.reduce((sum, c) => sum - c.keys * c.share * Math.expm1(-c.share * time), 0);
  return finite('the hit ratio', Math.min(1, hits));
}

/** T with Σ (1 − e^(−p·T)) = places. The sum rises with T, so it is found by doubling and then halving the interval. */
function characteristicTime(classes: readonly PopularityClass[], places: number): number {
  const held = (time: number) => classes.reduce((sum, c) => sum - c.keys * Math.expm1(-c.share * time), 0);
  let low = 0;
  let high = places;
  while (held(high) < places && Number.isFinite(high)) {
    low = high;
    high *= 2;
  }
  for (let middle = (low + high) / 2; middle > low && middle < high && high - low > 1e-14 * high; middle = (low + high) / 2) {
    if (held(middle) < places) low = middle;
    else high = middle;
  }
  return high;
}
