import { describe, expect, it } from 'vitest';
import { estimated } from '../queueing/testing/estimated.ts';
import { randomNumbers } from '../queueing/testing/random.ts';
import { leafQuantile, slowFanOut } from './fan-out.ts';
import { moduloMovedKeys, ringImbalance, ringMovedKeys } from './hashing.ts';
import { lruHitRatio } from './lru-hit-ratio.ts';
import { metastability } from './metastability.ts';
import { topicPartitions } from './partitions.ts';
import { deadlockFreePoolSize, poolSize } from './pool-size.ts';
import { zipfClasses } from './popularity.ts';
import { powerSum } from './power-sum.ts';
import { layeredAttempts, meanAttempts } from './retries.ts';
import { retryFixpoint } from './retry-fixpoint.ts';
import { hottestKeyShare, hottestShardShare } from './zipf.ts';

describe('fan-out', () => {
  it('Dean & Barroso, The Tail at Scale (2013): 1 % slow on 100 leaves is 63 %, 0.01 % on 2,000 is 18 %', () => {
    expect(estimated(slowFanOut(0.01, 100))).toBeCloseTo(0.6339676587267709, 12);
    expect(estimated(slowFanOut(0.0001, 2000))).toBeCloseTo(0.18127743473445046, 12);
  });

  it('the p99 of 100 leaves is their p99.99', () => {
    const leaf = estimated(leafQuantile(0.99, 100));
    expect(leaf).toBeCloseTo(0.9999, 6);
    expect(estimated(slowFanOut(1 - leaf, 100))).toBeCloseTo(0.01, 12);
  });
});

describe('retries', () => {
  it('Google SRE Book, chapter 22: three layers of 3 retries make 64 calls', () => {
    expect(layeredAttempts([4, 4, 4])).toBe(64);
  });

  it("Brooker, Timeouts, retries and backoff with jitter (Amazon Builders' Library): five layers of 3 tries make 243 calls", () => {
    expect(layeredAttempts([3, 3, 3, 3, 3])).toBe(243);
  });

  it('geometric series: half fail, 3 retries: 1.875 attempts; all fail: 4', () => {
    expect(estimated(meanAttempts(0.5, 3))).toBeCloseTo(1.875, 12);
    expect(meanAttempts(1, 3)).toBe(4);
    expect(meanAttempts(0, 3)).toBe(1);
  });

  it('Bronson et al., Metastable Failures in Distributed Systems (HotOS 2021): 280 of 300/s, retried once, stick at 560; vulnerable above 150', () => {
    expect(metastability({ capacity: 300, load: 280, attempts: 2 })).toEqual({ state: 'vulnerable', stuckLoad: 560, vulnerableAbove: 150 });
    expect(metastability({ capacity: 300, load: 150, attempts: 2 })).toMatchObject({ state: 'stable' });
    expect(metastability({ capacity: 300, load: 300, attempts: 2 })).toMatchObject({ state: 'overloaded' });
    // The same by the fixpoint: everything times out above the capacity.
    const failureAt = (offered: number) => (offered > 300 ? 1 : 0);
    expect(retryFixpoint({ classes: [{ rate: 280, retries: 1, failureAt }] })).toEqual({ calm: 280, disturbed: 560 });
    expect(retryFixpoint({ classes: [{ rate: 150, retries: 1, failureAt }] })).toEqual({ calm: 150, disturbed: 150 });
  });

  it('a constant failure probability gives the geometric series', () => {
    const state = estimated(retryFixpoint({ classes: [{ rate: 100, retries: 3, failureAt: () => 0.5 }] }));
    expect(state.calm).toBeCloseTo(187.5, 9);
    expect(state.disturbed).toBeCloseTo(187.5, 9);
  });

  it('shedding exactly what exceeds the capacity settles where served and given up requests add up to the load', () => {
    const failureAt = (offered: number) => Math.max(0, 1 - 100 / offered);
    const { calm } = estimated(retryFixpoint({ classes: [{ rate: 120, retries: 2, failureAt }] }));
    const p = 1 - 100 / calm;
    expect(120 * (1 - p ** 3)).toBeCloseTo(100, 8);
  });

  it('refuses a failure probability that is none', () => {
    expect(retryFixpoint({ classes: [{ rate: 1, retries: 1, failureAt: () => Number.NaN }] })).toHaveProperty('notEstimated');
  });
});

describe('hashing', () => {
  it('from 3 to 4 nodes a ring moves a quarter of the keys, modulo three quarters (Karger et al. 1997)', () => {
    expect(ringMovedKeys(3, 4)).toBe(0.25);
    expect(moduloMovedKeys(3, 4)).toBe(0.75);
    expect(moduloMovedKeys(3, 6)).toBe(0.5);
  });

  it('modulo: counted over a million hashes', () => {
    for (const [from, to] of [
      [8, 12],
      [10, 11],
      [7, 3],
    ] as const) {
      let moved = 0;
      for (let hash = 0; hash < 924_000; hash++) if (hash % from !== hash % to) moved++;
      expect(estimated(moduloMovedKeys(from, to))).toBeCloseTo(moved / 924_000, 12);
    }
  });

  it('imbalance: the busiest of 10 nodes with 150 points each, in the mean of 200 seeded rings', () => {
    const random = randomNumbers(7);
    let sum = 0;
    for (let ring = 0; ring < 200; ring++) {
      const points = Array.from({ length: 1500 }, (_, i) => ({ at: random(), node: i % 10 })).sort((a, b) => a.at - b.at);
      const owned = new Array(10).fill(0);
      for (const [i, { at, node }] of points.entries()) owned[node] += i === 0 ? at + 1 - points.at(-1)!.at : at - points[i - 1]!.at;
      sum += Math.max(...owned) * 10;
    }
    // The formula is the bound √(2·ln n): 1.175; the mean of the greatest of ten normal deviations is 1.54 of them: 1.126.
    expect(sum / 200).toBeLessThan(estimated(ringImbalance(10, 150)));
    expect(sum / 200).toBeGreaterThan(1 + (estimated(ringImbalance(10, 150)) - 1) / 2);
  });
});

describe('sizes', () => {
  it('HikariCP wiki, About Pool Sizing: 4 cores and one disk 9 connections; 3 threads of 4 need 10, 8 of 3 need 17', () => {
    expect(poolSize(4, 1)).toBe(9);
    expect(deadlockFreePoolSize(3, 4)).toBe(10);
    expect(deadlockFreePoolSize(8, 3)).toBe(17);
  });

  it("Jun Rao's formula (Confluent 2015), published worked examples: 20 at 5 and 3 need 7 partitions, 1,000 at 100 and 50 need 20", () => {
    expect(topicPartitions({ target: 20, producerPerPartition: 5, consumerPerPartition: 3 })).toBe(7);
    expect(topicPartitions({ target: 1000, producerPerPartition: 100, consumerPerPartition: 50 })).toBe(20);
    expect(topicPartitions({ target: 1000, producerPerPartition: 100, consumerPerPartition: 50, consumers: 32 })).toBe(32);
  });
});

describe("Zipf's law", () => {
  it('sums of powers: harmonic numbers and the zeta function', () => {
    // H(n) ≈ ln n + γ + 1/(2n) − 1/(12n²); H(10^6) = 14.392726722865724.
    const harmonic = (n: number) => Math.log(n) + 0.5772156649015329 + 1 / (2 * n) - 1 / (12 * n * n);
    expect(powerSum(1, 1e6, 1)).toBeCloseTo(14.392726722865724, 12);
    expect(powerSum(1, 1e15, 1) / harmonic(1e15)).toBeCloseTo(1, 13);
    expect(powerSum(1, 1e15, 2)).toBeCloseTo(Math.PI ** 2 / 6, 13);
    expect(powerSum(1, 5000, 0)).toBeCloseTo(5000, 8);
    for (const s of [0.3, 0.99, 1.01, 3]) {
      let direct = 0;
      for (let k = 100_000; k >= 1; k--) direct += k ** -s;
      expect(powerSum(1, 100_000, s) / direct).toBeCloseTo(1, 12);
    }
  });

  it('the hottest of three keys, exponent 1, gets 6/11; its shard of two 6/11 and half of the rest', () => {
    expect(estimated(hottestKeyShare({ keys: 3, exponent: 1 }))).toBeCloseTo(6 / 11, 14);
    expect(estimated(hottestShardShare({ keys: 3, exponent: 1 }, 2))).toBeCloseTo(6 / 11 + 5 / 22, 14);
    expect(estimated(hottestShardShare({ keys: 1e9, exponent: 0 }, 10))).toBeCloseTo(0.1, 8);
  });

  it('classes hold every key and all requests', () => {
    const classes = estimated(zipfClasses({ keys: 1e9, exponent: 0.9 }));
    expect(classes.length).toBeLessThan(2500);
    expect(classes.reduce((n, c) => n + c.keys, 0)).toBe(1e9);
    expect(classes.reduce((n, c) => n + c.keys * c.share, 0)).toBeCloseTo(1, 12);
  });
});

describe("Che's approximation of LRU", () => {
  it('equal keys: the share that fits', () => {
    expect(estimated(lruHitRatio([{ keys: 1000, share: 0.001 }], 250))).toBeCloseTo(0.25, 12);
    expect(lruHitRatio([{ keys: 1000, share: 0.001 }], 1000)).toBe(1);
    expect(lruHitRatio([{ keys: 1000, share: 0.001 }], 0)).toBe(0);
  });

  it('classes agree with single keys', () => {
    for (const exponent of [0.6, 0.9, 1.2]) {
      const keys = 20_000;
      const total = powerSum(1, keys, exponent);
      const single = Array.from({ length: keys }, (_, i) => ({ keys: 1, share: (i + 1) ** -exponent / total }));
      const difference = estimated(lruHitRatio(single, 3000)) - estimated(lruHitRatio(estimated(zipfClasses({ keys, exponent })), 3000));
      expect(Math.abs(difference)).toBeLessThan(1e-4);
    }
  });

  it('a seeded simulation of an LRU cache has the same hit ratio, within 4 standard errors and half a percent', () => {
    const keys = 5000;
    const total = powerSum(1, keys, 0.8);
    const cumulative: number[] = [];
    for (let k = 1; k <= keys; k++) cumulative.push((cumulative.at(-1) ?? 0) + k ** -0.8 / total);
    const random = randomNumbers(11);
    const pick = () => {
      const u = random();
      let [low, high] = [0, keys - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle]! < u) low = middle + 1;
        else high = middle;
      }
      return low;
    };
    const cache = new Set<number>();
    let hits = 0;
    const [warm, measured] = [50_000, 400_000];
    for (let i = 0; i < warm + measured; i++) {
      const key = pick();
      if (cache.delete(key)) {
        if (i >= warm) hits++;
      } else if (cache.size === 500) cache.delete(cache.values().next().value!);
      cache.add(key);
    }
    const expected = estimated(lruHitRatio(estimated(zipfClasses({ keys, exponent: 0.8 })), 500));
    const error = Math.sqrt((expected * (1 - expected)) / measured);
    expect(Math.abs(hits / measured - expected)).toBeLessThan(4 * error + 0.005);
  });
});
