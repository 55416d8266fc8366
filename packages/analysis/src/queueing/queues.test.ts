import { describe, expect, it } from 'vitest';
import { generalQueue } from './allen-cunneen.ts';
import { erlangB } from './erlang-b.ts';
import { erlangC } from './erlang-c.ts';
import { littlesLaw } from './little.ts';
import { generalServiceQueue } from './mg1.ts';
import { multiServerQueue } from './mmc.ts';
import { emptyProbability } from './mmc-empty.ts';
import { timeQuantile } from './mmc-time-quantile.ts';
import { waitQuantile } from './mmc-wait-quantile.ts';
import { waitsWithin } from './mmc-wait-within.ts';
import { boundedQueue } from './mmck.ts';
import { queueDrain } from './queue-drain.ts';
import { estimated } from './testing/estimated.ts';

const near = (actual: number, expected: number, relative: number) =>
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThanOrEqual(relative * Math.abs(expected));

describe('published and cross-checked numbers of single queues', () => {
  it("Little's law: 1,000/s of 50 ms are 50 in the system", () => {
    near(estimated(littlesLaw(1000, 0.05)), 50, 1e-12);
  });

  it('M/M/1, Gunther, Analyzing Computer System Performance with Perl::PDQ, sections 4.6.1 and 8.5.2: 0.75 of 1', () => {
    const state = estimated(multiServerQueue({ arrivalRate: 0.75, serviceTime: 1, servers: 1 }));
    near(state.utilization, 0.75, 1e-12);
    near(state.meanTime, 4, 1e-9);
    near(state.meanInSystem, 3, 1e-9);
  });

  it('M/M/3, Gunther, Perl::PDQ, section 4.7 (mmm), and octave-queueing 1.2.7: 2/s of 1 s', () => {
    const station = { arrivalRate: 2, serviceTime: 1, servers: 3 };
    const state = estimated(multiServerQueue(station));
    near(state.utilization, 2 / 3, 1e-12);
    near(state.waitProbability, 4 / 9, 1e-12);
    near(state.meanTime, 13 / 9, 1e-12);
    near(state.meanInSystem, 26 / 9, 1e-12);
    near(estimated(emptyProbability(station)), 1 / 9, 1e-12);
  });

  it('M/M/107, octave-queueing 1.2.7 (qsmmm): 10,000/s of 10 ms on 107 cores', () => {
    const state = estimated(multiServerQueue({ arrivalRate: 10_000, serviceTime: 0.01, servers: 107 }));
    near(state.utilization, 0.93457944, 1e-8);
    near(state.waitProbability, 0.38351196, 1e-7);
    near(state.meanTime, 0.010547874, 1e-7);
  });

  it('Erlang B and C: one erlang on one server loses half; 10 on 12 wait with 0.44938822 (octave-queueing 1.2.7)', () => {
    near(estimated(erlangB(1, 1)), 0.5, 1e-12);
    near(estimated(erlangC(10, 12)), 0.44938822, 1e-7);
  });

  it('a call centre of 48 erlangs and 55 agents, published Erlang C tables: 23.87 % wait, answered in 8.18 s, 84.6 % within 15 s', () => {
    // 240 s per call: the answer speed of the tables is C·AHT/(c − a).
    const station = { arrivalRate: 48 / 240, serviceTime: 240, servers: 55 };
    const state = estimated(multiServerQueue(station));
    near(state.waitProbability, 0.2387, 1e-3);
    near(state.meanWait, 8.18, 1e-3);
    near(estimated(waitsWithin(station, 15)), 0.846, 1e-3);
  });

  it('M/M/1 percentile: the time is Exp(μ − λ), p95 is 2.9957 mean times', () => {
    near(estimated(timeQuantile({ arrivalRate: 0.75, serviceTime: 1, servers: 1 }, 0.95)), 11.982929094215963, 1e-12);
  });

  it('M/M/1 wait percentile: ln(ρ/(1 − q))/(μ − λ), and 0 where fewer wait', () => {
    near(estimated(waitQuantile({ arrivalRate: 0.75, serviceTime: 1, servers: 1 }, 0.95)), 4 * Math.log(15), 1e-12);
    expect(waitQuantile({ arrivalRate: 0.75, serviceTime: 1, servers: 1 }, 0.25)).toBe(0);
  });

  it('M/M/c/K, octave-queueing 1.2.7 (own tests of qsmmmk): 50/s at 10/s each, 4 servers, 6 places lose 0.293543', () => {
    near(estimated(boundedQueue({ arrivalRate: 50, serviceTime: 0.1, servers: 4 }, 6)).lossProbability, 0.293543, 2e-6);
    near(estimated(boundedQueue({ arrivalRate: 40, serviceTime: 1 / 30, servers: 3 }, 7)).meanTime, 0.036517, 2e-5);
  });

  it('M/M/c/K, state by state: who waits and how long, of those that are admitted', () => {
    for (const [load, servers, places] of [
      [5, 4, 6],
      [0.5, 1, 2],
      [6, 3, 7],
      [2.9999, 3, 40],
    ] as const) {
      const weights = Array.from({ length: places + 1 }, (_, n) => {
        let weight = 1;
        for (let k = 1; k <= n; k++) weight *= load / Math.min(k, servers);
        return weight;
      });
      const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
      const admitted = weights.slice(0, places);
      const waits = admitted.slice(servers);
      const state = estimated(boundedQueue({ arrivalRate: load, serviceTime: 1, servers }, places));
      near(state.lossProbability, (weights.at(-1) as number) / sum(weights), 1e-12);
      near(state.waitProbability, sum(waits) / sum(admitted), 1e-12);
      near(state.meanOfWaiting, sum(waits.map((w, j) => (w * (j + 1)) / servers)) / sum(waits), 1e-12);
    }
  });

  it('M/M/c/K with as many places as there may be messages is M/M/c', () => {
    const station = { arrivalRate: 48, serviceTime: 1, servers: 55 };
    const [bounded, open] = [estimated(boundedQueue(station, 1e12)), estimated(multiServerQueue(station))];
    expect(bounded.lossProbability).toBe(0);
    near(bounded.waitProbability, open.waitProbability, 1e-12);
    near(bounded.meanWait, open.meanWait, 1e-12);
  });

  it('M/M/1/10 at a load of 1: all states are alike, so 5 in the system and 1/11 lost', () => {
    const state = estimated(boundedQueue({ arrivalRate: 1, serviceTime: 1, servers: 1 }, 10));
    near(state.meanInSystem, 5, 1e-12);
    near(state.lossProbability, 1 / 11, 1e-12);
    near(state.utilization, 10 / 11, 1e-12);
  });

  it('M/D/1 and M/M/1 by Pollaczek–Khinchine, octave-queueing 1.2.7 (qsmg1): at 0.8 waits of 2 and 4', () => {
    const constant = estimated(generalServiceQueue({ arrivalRate: 0.8, serviceTime: 1, secondMoment: 1 }));
    near(constant.meanWait, 2, 1e-9);
    near(constant.meanTime, 3, 1e-9);
    near(constant.meanInSystem, 2.4, 1e-9);
    const exponential = estimated(generalServiceQueue({ arrivalRate: 0.8, serviceTime: 1, secondMoment: 2 }));
    near(exponential.meanWait, 4, 1e-9);
    near(exponential.meanTime, 5, 1e-9);
    near(exponential.meanInSystem, 4, 1e-9);
  });

  it('Allen–Cunneen is exact for M/D/1: half of the wait of M/M/1', () => {
    const station = { arrivalRate: 0.8, serviceTime: 1, servers: 1, arrivalVariation: 1 };
    near(estimated(generalQueue({ ...station, serviceVariation: 0 })).meanWait, 2, 1e-12);
    near(estimated(generalQueue({ ...station, serviceVariation: 1 })).meanWait, 4, 1e-12);
  });

  it('ten minutes of outage at 80/s with 100/s to work off: drained after 40 minutes', () => {
    expect(queueDrain({ arrivalRate: 80, capacity: 100, duration: 600 })).toEqual({ backlog: 48_000, time: 2400 });
  });
});

describe('large systems', () => {
  it('Erlang B and C of 100,000 servers keep their digits', () => {
    // Integral form 1/B = a ∫ e^(−a·x)·(1 + x)^c dx (Jagerman 1974), by Simpson's rule over where the integrand counts.
    const inverse = (a: number, c: number) => {
      const steps = 200_000;
      const width = 0.1 / steps;
      let sum = 0;
      for (let i = 0; i <= steps; i++) {
        const x = i * width;
        sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(c * Math.log1p(x) - a * x);
      }
      return (a * sum * width) / 3;
    };
    const [a, c] = [99_800, 100_000];
    const b = estimated(erlangB(a, c));
    near(b, 1 / inverse(a, c), 1e-9);
    near(estimated(erlangC(a, c)), b / (1 - (a / c) * (1 - b)), 1e-9);
  });

  it('an overloaded loss system of 100,000 servers loses what exceeds it', () => {
    near(estimated(erlangB(2e5, 1e5)), 0.5, 1e-4);
  });

  it('the empty probability and the percentiles of 100,000 servers are numbers', () => {
    const station = { arrivalRate: 99_990, serviceTime: 1, servers: 100_000 };
    expect(emptyProbability(station)).toBe(0);
    // A wait of 1 s/10 in the mean of those who wait is small beside the service.
    near(estimated(timeQuantile(station, 0.99)), Math.log(100), 0.05);
    expect(estimated(timeQuantile(station, 0.99))).toBeGreaterThan(Math.log(100));
  });

  it('a bounded queue far above its capacity is full and passes on what its servers serve', () => {
    const state = estimated(boundedQueue({ arrivalRate: 1e9, serviceTime: 1, servers: 10 }, 100_000));
    near(state.throughput, 10, 1e-9);
    near(state.meanInSystem, 100_000, 1e-9);
    near(state.meanTime, 10_000, 1e-6);
  });
});
