import { describe, expect, it } from 'vitest';
import { timeQuantile } from '../../queueing/mmc-time-quantile.ts';
import { estimated } from '../../queueing/testing/estimated.ts';
import { randomNumbers } from '../../queueing/testing/random.ts';
import {
  atMost,
  boundedWait,
  constant,
  type Distribution,
  exponential,
  logNormal,
  mixture,
  repeated,
  slowest,
  slowestOf,
  sometimes,
  sum,
  waiting,
} from './distribution.ts';
import { boundingMoments, quantileIsAtMost } from './moments.ts';
import { normalCdf } from './normal.ts';
import { summarize } from './quantiles.ts';
import { shareBeyond } from './share-beyond.ts';
import { sample } from './testing/sample.ts';

const QUANTILES = [0.5, 0.95, 0.99] as const;

/** Where a distribution function reaches q. */
function inverse(cdf: (t: number) => number, q: number): number {
  let [low, high] = [0, 1e6];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < q) low = middle;
    else high = middle;
  }
  return low;
}

function expectQuantiles(d: Distribution, cdf: (t: number) => number, relative = 2e-4): void {
  const { quantiles } = summarize(d, QUANTILES);
  for (const [i, q] of QUANTILES.entries()) {
    const right = inverse(cdf, q);
    expect(Math.abs((quantiles[i] as number) / right - 1), `${q}: ${quantiles[i]} is not ${right}`).toBeLessThan(relative);
  }
}

describe('against closed forms', () => {
  it('an exponential time, at any scale', () => {
    for (const mean of [1e-8, 3e-3, 1, 1e5]) expectQuantiles(exponential(mean), (t) => -Math.expm1(-t / mean));
  });

  it('two exponential times one after another: hypoexponential', () => {
    expectQuantiles(sum([exponential(0.01), exponential(0.02)]), (t) => 1 - 2 * Math.exp(-t / 0.02) + Math.exp(-t / 0.01));
  });

  it('200 exponential times one after another: Erlang', () => {
    const erlang = (x: number): number => {
      let [log, tail] = [-x, 0];
      for (let k = 0; k < 200; k++) {
        tail += Math.exp(log);
        log += Math.log(x / (k + 1));
      }
      return 1 - tail;
    };
    expectQuantiles(repeated(exponential(0.0005), 200), (t) => erlang(t / 0.0005));
  });

  it('the slowest of 100 exponential times, and of two different ones', () => {
    expectQuantiles(slowestOf(exponential(0.01), 100), (t) => (-Math.expm1(-t / 0.01)) ** 100);
    expectQuantiles(slowest([exponential(0.01), exponential(0.04)]), (t) => -Math.expm1(-t / 0.01) * -Math.expm1(-t / 0.04));
    // Mean of the slowest of n: H(n) × mean.
    expect(summarize(slowestOf(exponential(1), 3), QUANTILES).mean / (1 + 1 / 2 + 1 / 3)).toBeCloseTo(1, 3);
  });

  it('the time in M/M/c: wait and service', () => {
    const station = { arrivalRate: 8, serviceTime: 0.4, servers: 4 };
    // a = 3.2, c = 4: C(4, 3.2) = 0.5964; the wait is exponential with S/(c − a) = 0.5 s.
    const [waits, wait] = [0.5964284, 0.5];
    const { quantiles } = summarize(sum([waiting(waits, wait), exponential(0.4)]), QUANTILES);
    for (const [i, q] of QUANTILES.entries()) {
      expect((quantiles[i] as number) / estimated(timeQuantile(station, q))).toBeCloseTo(1, 4);
    }
  });

  it('the wait in M/M/c/K, below, at and above its capacity: a mixture of Erlang times', () => {
    for (const ratio of [0.3, 0.999999, 1, 1.25, 4]) {
      for (const [places, relative] of [
        [60, 2e-3],
        [100, 5e-3],
      ] as const) {
        const [probability, each] = [0.7, 0.025];
        const weights = Array.from({ length: places }, (_, j) => ratio ** j);
        const all = weights.reduce((a, b) => a + b, 0);
        /** P(W > t): fewer than j + 1 of the services that end at rate 1 ÷ each have ended, with j ahead. */
        const later = (t: number): number => {
          let [poisson, fewer, tail] = [Math.exp(-t / each), 0, 0];
          for (const [j, weight] of weights.entries()) {
            fewer += poisson;
            poisson *= t / each / (j + 1);
            tail += (weight / all) * fewer;
          }
          return probability * tail;
        };
        const d = boundedWait(probability, ratio, places, each);
        expectQuantiles(d, (t) => 1 - later(t), relative);
        expect(summarize(d, [0.5]).mean / (probability * each * weights.reduce((a, w, j) => a + (w * (j + 1)) / all, 0))).toBeCloseTo(1, 9);
      }
    }
  });

  it('the share beyond a limit', () => {
    for (const limit of [0.01, 0.2, 0.7, 1])
      expect(shareBeyond(exponential(0.1), limit) / Math.exp(-limit / 0.1)).toBeCloseTo(1, limit < 1 ? 3 : 1);
    expect(shareBeyond(sum([constant(0.5), exponential(0.1)]), 0.7) / Math.exp(-2)).toBeCloseTo(1, 3);
    expect(shareBeyond(logNormal(0.002, 0.01), 0.01)).toBeCloseTo(0.01, 5);
    expect(shareBeyond(sum([constant(0.5), exponential(0.1)]), 0.4)).toBe(1);
    expect([0.4, 0.5, 0.6].map((limit) => shareBeyond(constant(0.5), limit))).toEqual([1, 0, 0]);
    for (const limit of [1e-300, 1e300]) expect(shareBeyond(exponential(1), limit)).toBeCloseTo(limit < 1 ? 1 : 0, 6);
  });

  it('what takes just as long as the limit is not beyond it', () => {
    for (const part of [0.01, 0.25, 0.5, 0.9]) {
      for (const [first, more] of [
        [0.00525, 0.01],
        [0.1, 0.2],
        [0.007, 0.0003],
        [1 / 3, 7.7],
      ] as const) {
        const two = mixture([
          { share: part, of: constant(first + more) },
          { share: 1 - part, of: constant(first) },
        ]);
        const limit = first + more;
        expect(shareBeyond(two, limit)).toBeLessThan(1e-8);
        expect(shareBeyond(sum([sometimes(part, constant(more)), constant(first)]), limit)).toBeLessThan(1e-8);
        expect(shareBeyond(atMost(sum([two, exponential(more)]), limit), limit)).toBeLessThan(1e-8);
        // A step of the grid is at most 8 ÷ 4096 of the limit.
        expect(shareBeyond(two, limit * (1 - 3 * (8 / 4096)))).toBeCloseTo(part, 7);
      }
    }
  });

  it('the log-normal has the quantiles that it was given', () => {
    const { mean, quantiles } = summarize(logNormal(0.002, 0.01), QUANTILES);
    expect(quantiles[0]).toBeCloseTo(0.002, 7);
    expect(quantiles[2]).toBeCloseTo(0.01, 6);
    // σ = ln 5 / 2.32635; mean = p50·e^(σ²/2).
    expect(mean).toBeCloseTo(0.002 * Math.exp((Math.log(5) / 2.3263478740408408) ** 2 / 2), 9);
  });

  it('a mixture whose parts are far apart: each quantile on its scale', () => {
    const d = mixture([
      { share: 0.98, of: exponential(0.0005) },
      { share: 0.02, of: exponential(0.1) },
    ]);
    expectQuantiles(d, (t) => 0.98 * -Math.expm1(-t / 0.0005) + 0.02 * -Math.expm1(-t / 0.1));
  });

  it('constants stay exact', () => {
    const d = sum([constant(0.001), repeated(constant(0.002), 3), slowest([constant(0.004), constant(0.0001)])]);
    expect(summarize(d, QUANTILES)).toEqual({ mean: 0.011, quantiles: [0.011, 0.011, 0.011] });
    expect(summarize(sum([constant(0.1), exponential(0.001)]), [0.5]).quantiles[0]).toBeCloseTo(0.1 + 0.001 * Math.LN2, 6);
  });

  it('what is given up has its limit as ceiling', () => {
    const { mean, quantiles } = summarize(atMost(exponential(1), 2), QUANTILES);
    expect(mean).toBeCloseTo(1 - Math.exp(-2), 3);
    expect(quantiles[0]).toBeCloseTo(Math.LN2, 4);
    expect(quantiles[2]).toBeCloseTo(2, 2);
    expect(summarize(atMost(constant(3), 2), [0.5]).quantiles).toEqual([2]);
  });

  it('2.5 times is 2 or 3 times', () => {
    expect(summarize(repeated(constant(1), 2.5), [0.4, 0.6])).toEqual({
      mean: 2.5,
      quantiles: [expect.closeTo(2, 2), expect.closeTo(3, 2)],
    });
  });

  it('Φ at published points', () => {
    // Abramowitz & Stegun, table 26.1; tails: Wichura 1988.
    expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
    expect(normalCdf(2.3263478740408408)).toBeCloseTo(0.99, 14);
    expect(normalCdf(-5) / 2.866515718791939e-7).toBeCloseTo(1, 10);
    expect(normalCdf(-1)).toBeCloseTo(1 - 0.841344746068543, 14);
  });
});

describe('against a seeded simulation of 400,000 requests', () => {
  const call = sum([constant(0.0005), exponential(0.003), waiting(0.3, 0.004)]);
  const read = sum([exponential(0.0005), sometimes(0.1, sum([logNormal(0.005, 0.05), exponential(0.001)]))]);
  const designs: readonly [string, Distribution][] = [
    ['a chain of calls with waits', sum([call, call, read, exponential(0.002)])],
    ['a block in parallel', sum([slowest([sum([call, read]), repeated(exponential(0.001), 7), constant(0.008)]), exponential(0.002)])],
    ['a scatter behind a cache', sum([exponential(0.001), sometimes(0.2, slowestOf(sum([constant(0.001), logNormal(0.002, 0.02)]), 16))])],
    [
      'alternatives, one given up',
      sum([
        mixture([
          { share: 0.7, of: call },
          { share: 0.3, of: atMost(logNormal(0.01, 0.5), 0.05) },
        ]),
        read,
      ]),
    ],
  ];
  for (const [name, d] of designs) {
    it(name, () => {
      const random = randomNumbers(7);
      const times = Float64Array.from({ length: 400_000 }, () => sample(d, random)).sort();
      const { mean, quantiles } = summarize(d, QUANTILES);
      for (const [i, q] of QUANTILES.entries()) {
        // 99.9 % confidence interval of the quantile by order statistics (David & Nagaraja, section 7.1).
        const half = 3.29 * Math.sqrt(times.length * q * (1 - q));
        const [low, high] = [times[Math.floor(times.length * q - half)] as number, times[Math.ceil(times.length * q + half)] as number];
        expect(high / low, 'an interval that is wide would agree with anything').toBeLessThan(1.06);
        expect(quantiles[i]).toBeGreaterThan(low);
        expect(quantiles[i]).toBeLessThan(high);
      }
      const average = times.reduce((a, b) => a + b, 0) / times.length;
      const variance = times.reduce((a, b) => a + (b - average) ** 2, 0) / times.length;
      expect(Math.abs(mean - average)).toBeLessThan(3.29 * Math.sqrt(variance / times.length) + 1e-3 * mean);
    });
  }

  it('no quantile exceeds its bound by the moments', () => {
    for (const [, d] of designs) {
      const { quantiles } = summarize(d, QUANTILES);
      for (const [i, q] of QUANTILES.entries()) expect(quantiles[i]).toBeLessThan(quantileIsAtMost(d, q));
    }
    expect(boundingMoments(sum([exponential(2), exponential(3)]))).toEqual({ mean: 5, variance: 13, exact: true });
  });
});

it('a chain of 20,000 calls needs no stack', () => {
  let d: Distribution = exponential(1e-3);
  for (let i = 0; i < 20_000; i++) d = sum([constant(1e-4), d]);
  expect(summarize(d, [0.5]).quantiles[0]).toBeCloseTo(2 + 1e-3 * Math.LN2, 5);
});
