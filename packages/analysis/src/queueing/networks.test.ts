import { describe, expect, it } from 'vitest';
import { bottleneckBounds } from './bottleneck-bounds.ts';
import { openNetwork, openNetworkByVisits } from './jackson.ts';
import { meanValueAnalysis } from './mva.ts';
import { estimated } from './testing/estimated.ts';
import { trafficEquations } from './traffic-equations.ts';
import { scalabilityOptimum, scaledThroughput } from './usl.ts';

const near = (actual: number, expected: number, tolerance: number) =>
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(tolerance);

describe('closed networks', () => {
  const jain = {
    stations: [
      { serviceTime: 0.125, visits: 16 },
      { serviceTime: 0.3, visits: 10 },
      { serviceTime: 0.2, visits: 5 },
    ],
    thinkTime: 4,
  };

  it.each([
    { population: 1, throughput: 0.1, responseTime: 6 },
    { population: 2, throughput: 0.1754386, responseTime: 7.4 },
    { population: 3, throughput: 0.22922252, responseTime: 9.0877193 },
    { population: 5, throughput: 0.28975185, responseTime: 13.256145 },
    { population: 10, throughput: 0.32819324, responseTime: 26.469854 },
    { population: 20, throughput: 0.33324651, responseTime: 56.015632 },
  ])(
    'exact MVA, Jain, The Art of Computer Systems Performance Analysis, example 34.2, $population users (3 to 10: octave-queueing 1.2.7)',
    ({ population, throughput, responseTime }) => {
      const state = estimated(meanValueAnalysis({ ...jain, population }));
      near(state.throughput, throughput, 1e-6 * throughput);
      near(state.responseTime, responseTime, 1e-6 * responseTime);
    },
  );

  it('exact MVA, Jain, example 34.2, 20 users: the stations', () => {
    const { stations } = estimated(meanValueAnalysis({ ...jain, population: 20 }));
    for (const [i, time] of [0.373, 4.854, 0.3].entries()) near(stations[i]!.timePerVisit, time, 1e-3);
    for (const [i, length] of [1.991, 16.177, 0.5].entries()) near(stations[i]!.queueLength, length, 1e-3);
  });

  it('asymptotic bounds, Jain, example 34.2 (bounds after Denning & Buzen 1978)', () => {
    const bounds = estimated(bottleneckBounds({ ...jain, population: 20 }));
    near(bounds.throughput.most, 1 / 3, 1e-9);
    near(bounds.responseTime.least, 56, 1e-9);
    near(bounds.saturationPopulation, 10 / 3, 1e-9);
    expect(bounds.bottleneck).toBe(1);
  });

  it('exact MVA, SENG 533 course notes: two users', () => {
    const stations = [
      { serviceTime: 0.5, visits: 1 },
      { serviceTime: 1, visits: 1 },
    ];
    const state = estimated(meanValueAnalysis({ stations, thinkTime: 1, population: 2 }));
    near(state.responseTime, 2, 1e-9);
    near(state.throughput, 2 / 3, 1e-9);
  });
});

describe('open networks', () => {
  it('Jain, example 34.1: three devices visited 16, 7 and 8 times', () => {
    const stations = [0.01, 0.02, 0.03].map((serviceTime) => ({ serviceTime, servers: 1 }));
    const state = estimated(openNetworkByVisits(stations, [16, 7, 8], 3));
    for (const [i, u] of [0.48, 0.42, 0.72].entries()) near(state.stations[i]!.utilization, u, 1e-9);
    for (const [i, r] of [0.0192, 0.0345, 0.107].entries()) near(state.stations[i]!.meanTime, r, 1e-3);
    near(state.responseTime, 1.4062145, 1e-7);
  });

  it('Bolch, Greiner, de Meer & Trivedi, Queueing Networks and Markov Chains, example 7.4: rates and times of four stations', () => {
    const stations = [0.04, 0.03, 0.06, 0.05].map((serviceTime) => ({ serviceTime, servers: 1 }));
    const probabilities = [
      [0, 0.5, 0.5, 0],
      [1, 0, 0, 0],
      [0.6, 0, 0, 0],
      [1, 0, 0, 0],
    ];
    const state = estimated(openNetwork(stations, { arrivals: [0, 0, 0, 4], probabilities }));
    for (const [i, rate] of [20, 10, 10, 4].entries()) near(state.stations[i]!.rate, rate, 1e-9);
    for (const [i, time] of [0.2, 0.043, 0.15, 0.0625].entries()) near(state.stations[i]!.meanTime, time, 5e-4);
    near(state.meanInSystem, state.throughput * state.responseTime, 1e-9);
  });

  it('keeps its digits where a request circulates a million million times', () => {
    // 2^−39 of what comes by leaves, exact in binary: station 1 is passed 2^39 times.
    const rates = estimated(
      trafficEquations({
        arrivals: [1, 0],
        probabilities: [
          [0, 1],
          [1 - 2 ** -39, 0],
        ],
      }),
    );
    near(rates[0]!, 2 ** 39, 2 ** 39 * 1e-12);
  });

  it('says why there is no state', () => {
    const probabilities = [
      [0, 1],
      [1, 0],
    ];
    expect(trafficEquations({ arrivals: [1, 0], probabilities })).toEqual({
      notEstimated: 'requests never leave the network: from station 1 no way leads out',
    });
    const one = [{ serviceTime: 1, servers: 2 }];
    expect(openNetworkByVisits(one, [3], 1)).toEqual({
      notEstimated:
        'station 1: utilisation is 150 %: the queue grows without end, since work for 3 servers arrives at 2; from 4 servers on the wait is finite',
    });
  });
});

describe('the Universal Scalability Law', () => {
  it('Schwartz, Practical Scalability Analysis with the USL (Cisco benchmark): best at 35, 12,341/s', () => {
    const law = { throughputOfOne: 995.6486, contention: 0.02671591, coherency: 7.690945e-4 };
    const best = estimated(scalabilityOptimum(law));
    expect(Math.floor(best.instances)).toBe(35);
    near(estimated(scaledThroughput(law, 35)), 12_341, 1);
    // Gunther's N* is rounded down; the whole number with the greatest throughput is the one above, by one request in 10,000.
    expect(best.wholeInstances).toBe(36);
    expect(best.throughput).toBeGreaterThan(estimated(scaledThroughput(law, 35)));
    expect(best.throughput).toBeGreaterThan(estimated(scaledThroughput(law, 37)));
    near(estimated(scaledThroughput(law, 1)), 995.6486, 1e-9);
  });

  it('has no optimum without coherency cost', () => {
    expect(scalabilityOptimum({ throughputOfOne: 100, contention: 0.1, coherency: 0 })).toHaveProperty('notEstimated');
  });
});
