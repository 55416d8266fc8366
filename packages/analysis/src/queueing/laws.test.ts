import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { generalQueue } from './allen-cunneen.ts';
import { bottleneckBounds } from './bottleneck-bounds.ts';
import { erlangB } from './erlang-b.ts';
import { erlangC } from './erlang-c.ts';
import { openNetwork } from './jackson.ts';
import { littlesLaw } from './little.ts';
import { generalServiceQueue } from './mg1.ts';
import { multiServerQueue } from './mmc.ts';
import { timeQuantile } from './mmc-time-quantile.ts';
import { waitQuantile } from './mmc-wait-quantile.ts';
import { waitsWithin } from './mmc-wait-within.ts';
import { boundedQueue } from './mmck.ts';
import { meanValueAnalysis } from './mva.ts';
import type { Station } from './station.ts';
import { estimated } from './testing/estimated.ts';

/** Rounding of the last digits is no violation of a law. */
const atMost = (a: number, b: number) => expect(a, `${a} is more than ${b}`).toBeLessThanOrEqual(b + 1e-10 * Math.abs(b));
const equal = (a: number, b: number, relative = 1e-9) => {
  atMost(Math.abs(a - b), Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), 1e-300));
};

const utilization = fc.double({ min: 0.001, max: 0.999, noNaN: true });
const serviceTime = fc.double({ min: 1e-6, max: 1e3, noNaN: true });
const servers = fc.integer({ min: 1, max: 500 });

const stable: fc.Arbitrary<Station> = fc
  .record({ utilization, serviceTime, servers })
  .map((s) => ({ arrivalRate: (s.utilization * s.servers) / s.serviceTime, serviceTime: s.serviceTime, servers: s.servers }));
const less = (station: Station, factor: number) => ({ ...station, arrivalRate: station.arrivalRate * factor });
const factor = fc.double({ min: 0, max: 1, noNaN: true });

describe('laws of M/M/c', () => {
  it('more load never lowers utilisation, waiting, or any percentile', () => {
    fc.assert(
      fc.property(stable, factor, fc.double({ min: 0, max: 0.9999, noNaN: true }), (station, f, q) => {
        const [low, high] = [estimated(multiServerQueue(less(station, f))), estimated(multiServerQueue(station))];
        for (const key of ['utilization', 'waitProbability', 'meanWait', 'meanTime', 'meanWaiting', 'meanInSystem'] as const) {
          atMost(low[key], high[key]);
        }
        atMost(estimated(waitQuantile(less(station, f), q)), estimated(waitQuantile(station, q)));
        atMost(estimated(timeQuantile(less(station, f), q)), estimated(timeQuantile(station, q)));
      }),
    );
  });

  it('one more server never raises the waiting', () => {
    fc.assert(
      fc.property(stable, fc.double({ min: 0, max: 0.9999, noNaN: true }), (station, q) => {
        const more = { ...station, servers: station.servers + 1 };
        atMost(estimated(multiServerQueue(more)).meanWait, estimated(multiServerQueue(station)).meanWait);
        atMost(estimated(waitQuantile(more, q)), estimated(waitQuantile(station, q)));
        atMost(estimated(timeQuantile(more, q)), estimated(timeQuantile(station, q)));
      }),
    );
  });

  it('with one server it is M/M/1', () => {
    fc.assert(
      fc.property(utilization, serviceTime, fc.double({ min: 0, max: 0.9999, noNaN: true }), (rho, time, q) => {
        const station = { arrivalRate: rho / time, serviceTime: time, servers: 1 };
        const state = estimated(multiServerQueue(station));
        equal(state.waitProbability, rho);
        equal(state.meanTime, time / (1 - rho));
        equal(state.meanInSystem, rho / (1 - rho));
        const exponential = estimated(generalServiceQueue({ arrivalRate: rho / time, serviceTime: time, secondMoment: 2 * time * time }));
        equal(state.meanWait, exponential.meanWait);
        equal(estimated(timeQuantile(station, q)), (-Math.log1p(-q) * time) / (1 - rho));
      }),
    );
  });

  it("Erlang's C is not below his B, and both are probabilities", () => {
    fc.assert(
      fc.property(utilization, servers, (rho, c) => {
        const [b, w] = [estimated(erlangB(rho * c, c)), estimated(erlangC(rho * c, c))];
        atMost(b, w);
        atMost(0, b);
        atMost(w, 1);
      }),
    );
  });

  it("Little's law holds for all of it and for those who wait", () => {
    fc.assert(
      fc.property(stable, (station) => {
        const state = estimated(multiServerQueue(station));
        equal(state.meanInSystem, estimated(littlesLaw(station.arrivalRate, state.meanTime)));
        equal(state.meanWaiting, estimated(littlesLaw(station.arrivalRate, state.meanWait)));
      }),
    );
  });

  it('the percentile of the wait is the inverse of its distribution', () => {
    fc.assert(
      fc.property(stable, fc.double({ min: 0.01, max: 0.9999, noNaN: true }), (station, q) => {
        const time = estimated(waitQuantile(station, q));
        if (time === 0) atMost(q, estimated(waitsWithin(station, 0)));
        else expect(estimated(waitsWithin(station, time))).toBeCloseTo(q, 9);
      }),
    );
  });

  it('the mean of the percentiles of the time is the mean time', () => {
    fc.assert(
      fc.property(stable, (station) => {
        // Midpoint rule over q = 1 − u⁴, which takes the long tail in.
        const steps = 2000;
        let sum = 0;
        for (let i = 0; i < steps; i++) {
          const u = (i + 0.5) / steps;
          sum += estimated(timeQuantile(station, 1 - u ** 4)) * 4 * u ** 3;
        }
        equal(sum / steps, estimated(multiServerQueue(station)).meanTime, 1e-4);
      }),
      { numRuns: 20 },
    );
  });

  it('scaling every rate by k divides every time by k', () => {
    fc.assert(
      fc.property(stable, fc.integer({ min: -8, max: 8 }), (station, exponent) => {
        const k = 2 ** exponent;
        const faster = { ...station, arrivalRate: station.arrivalRate * k, serviceTime: station.serviceTime / k };
        equal(estimated(multiServerQueue(faster)).meanTime * k, estimated(multiServerQueue(station)).meanTime);
      }),
    );
  });
});

describe('laws of M/M/c/K', () => {
  const bounded = fc.record({
    arrivalRate: fc.double({ min: 0.001, max: 1e4, noNaN: true }),
    serviceTime: fc.double({ min: 0.001, max: 10, noNaN: true }),
    servers: fc.integer({ min: 1, max: 100 }),
    more: fc.integer({ min: 0, max: 300 }),
  });

  it('without room to wait it is Erlang B', () => {
    fc.assert(
      fc.property(bounded, (s) => {
        const state = estimated(boundedQueue(s, s.servers));
        equal(state.lossProbability, estimated(erlangB(s.arrivalRate * s.serviceTime, s.servers)));
        expect(state.meanWait).toBe(0);
      }),
    );
  });

  it('with plenty of room it is M/M/c', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 0.9, noNaN: true }), fc.integer({ min: 1, max: 100 }), (rho, c) => {
        const station = { arrivalRate: rho * c, serviceTime: 1, servers: c };
        const [state, open] = [estimated(boundedQueue(station, c + 1000)), estimated(multiServerQueue(station))];
        equal(state.meanInSystem, open.meanInSystem);
        equal(state.meanWait, open.meanWait);
      }),
    );
  });

  it("obeys Little's law, loses no more with more room, and never has more than fits or serves more than arrives", () => {
    fc.assert(
      fc.property(bounded, (s) => {
        const places = s.servers + s.more;
        const state = estimated(boundedQueue(s, places));
        equal(state.meanInSystem, estimated(littlesLaw(state.throughput, state.meanTime)));
        atMost(state.meanInSystem, places);
        atMost(state.throughput, Math.min(s.arrivalRate, s.servers / s.serviceTime));
        atMost(estimated(boundedQueue(s, places + 1)).lossProbability, state.lossProbability);
      }),
    );
  });

  it('more load never lowers the loss, the throughput or the number in the system', () => {
    fc.assert(
      fc.property(bounded, factor, (s, f) => {
        const [low, high] = [f, 1].map((k) => estimated(boundedQueue({ ...s, arrivalRate: s.arrivalRate * k }, s.servers + s.more)));
        atMost(low!.lossProbability, high!.lossProbability);
        atMost(low!.throughput, high!.throughput);
        atMost(low!.meanInSystem, high!.meanInSystem);
      }),
    );
  });
});

describe('laws of general queues', () => {
  it('Allen–Cunneen is M/M/c at variations of 1 and Pollaczek–Khinchine for one server', () => {
    fc.assert(
      fc.property(stable, fc.double({ min: 0, max: 20, noNaN: true }), (station, variation) => {
        const markov = estimated(generalQueue({ ...station, arrivalVariation: 1, serviceVariation: 1 }));
        equal(markov.meanWait, estimated(multiServerQueue(station)).meanWait);
        const one = { ...station, arrivalRate: station.arrivalRate / station.servers, servers: 1 };
        const exact = estimated(generalServiceQueue({ ...one, secondMoment: (1 + variation) * one.serviceTime ** 2 }));
        equal(estimated(generalQueue({ ...one, arrivalVariation: 1, serviceVariation: variation })).meanWait, exact.meanWait);
      }),
    );
  });
});

describe('laws of networks', () => {
  const n = 4;
  const network = fc
    .record({
      weights: fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: n + 1, maxLength: n + 1 }), { minLength: n, maxLength: n }),
      arrivals: fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: n, maxLength: n }),
    })
    .map(({ weights, arrivals }) => ({
      arrivals,
      probabilities: weights.map((row) => row.slice(0, n).map((w) => w / (row.reduce((a, b) => a + b, 0) + 1))),
    }));

  it('the rates solve the traffic equations, and what enters leaves', () => {
    fc.assert(
      fc.property(network, (routing) => {
        const state = estimated(
          openNetwork(
            routing.arrivals.map(() => ({ serviceTime: 1e-7, servers: 1 })),
            routing,
          ),
        );
        for (let j = 0; j < n; j++) {
          const inflow = state.stations.reduce((sum, s, i) => sum + s.rate * routing.probabilities[i]![j]!, routing.arrivals[j]!);
          equal(state.stations[j]!.rate, inflow);
        }
        const out = state.stations.reduce((sum, s, i) => sum + s.rate * (1 - routing.probabilities[i]!.reduce((a, b) => a + b, 0)), 0);
        equal(out, state.throughput);
        equal(state.meanInSystem, estimated(littlesLaw(state.throughput, state.responseTime)));
      }),
    );
  });

  const closed = fc.record({
    stations: fc.array(
      fc.record({ serviceTime: fc.double({ min: 0.001, max: 10, noNaN: true }), visits: fc.double({ min: 0.1, max: 20, noNaN: true }) }),
      { minLength: 1, maxLength: 6 },
    ),
    thinkTime: fc.double({ min: 0, max: 100, noNaN: true }),
    population: fc.integer({ min: 1, max: 200 }),
  });

  it('MVA keeps within the asymptotic bounds, holds everybody, and one more user never lowers throughput or response time', () => {
    fc.assert(
      fc.property(closed, (c) => {
        const [state, bounds] = [estimated(meanValueAnalysis(c)), estimated(bottleneckBounds(c))];
        atMost(bounds.throughput.least, state.throughput);
        atMost(state.throughput, bounds.throughput.most);
        atMost(bounds.responseTime.least, state.responseTime);
        atMost(state.responseTime, bounds.responseTime.most);
        equal(state.stations.reduce((sum, s) => sum + s.queueLength, 0) + state.throughput * c.thinkTime, c.population);
        const more = estimated(meanValueAnalysis({ ...c, population: c.population + 1 }));
        atMost(state.throughput, more.throughput);
        atMost(state.responseTime, more.responseTime);
      }),
    );
  });
});
