import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ClosedClass, closedClasses } from './closed-classes.ts';
import { meanValueAnalysis } from './mva.ts';
import { scaledClasses } from './scaled-classes.ts';
import { estimated } from './testing/estimated.ts';

const classOf = (population: number, thinkTime: number, demands: readonly number[], more: Partial<ClosedClass> = {}): ClosedClass => ({
  population,
  thinkTime,
  demands,
  busiest: demands,
  background: demands.map(() => 0),
  ...more,
});
const open = (c: ClosedClass): number[] => c.demands.map(() => 0);

const responseTime = (c: ClosedClass, stretch: readonly number[]) => c.demands.reduce((n, d, j) => n + d * (stretch[j] as number), 0);

describe('closed classes', () => {
  it('one class: Jain, The Art of Computer Systems Performance Analysis, example 34.2', () => {
    for (const [users, x, r] of [
      [1, 0.1, 6],
      [2, 0.1754386, 7.4],
      [3, 0.22922252, 9.0877193],
      [20, 0.33324651, 56.015632],
    ] as const) {
      const c = classOf(users, 4, [2, 3, 1]);
      const state = estimated(closedClasses({ classes: [c], open: open(c) }));
      expect(state.exact).toBe(true);
      expect(state.classes[0]?.throughput).toBeCloseTo(x, 7);
      expect(responseTime(c, state.classes[0]?.stretch ?? [])).toBeCloseTo(r, 5);
    }
  });

  it('a billion users: the asymptote, and not at length', () => {
    const c = classOf(1e9, 4, [2, 3, 1]);
    const state = estimated(closedClasses({ classes: [c], open: open(c) }));
    expect(state.exact).toBe(false);
    expect(state.classes[0]?.throughput).toBeCloseTo(1 / 3, 8);
    expect(responseTime(c, state.classes[0]?.stretch ?? []) / (1e9 * 3 - 4)).toBeCloseTo(1, 6);
  });

  it('open traffic of half the station doubles what a lone user takes there (Lazowska and others, 1984, chapter 7)', () => {
    const c = classOf(1, 4, [2, 3, 1]);
    const state = estimated(closedClasses({ classes: [c], open: [0, 0.5, 0] }));
    expect(1 / (state.classes[0]?.throughput as number)).toBeCloseTo(4 + 2 + 6 + 1, 9);
    expect(closedClasses({ classes: [c], open: [0, 1, 0] })).toEqual({ notEstimated: 'station 2 is full of open traffic' });
  });

  it('work left behind is open traffic at the rate that comes out', () => {
    const c = classOf(7, 1, [0.1, 0.2], { background: [0.3, 0] });
    const x = estimated(closedClasses({ classes: [c], open: [0, 0] })).classes[0]?.throughput as number;
    const same = estimated(closedClasses({ classes: [{ ...c, background: [0, 0] }], open: [x * 0.3, 0] })).classes[0]?.throughput as number;
    expect(same).toBeCloseTo(x, 9);
    expect(scaledClasses({ classes: [c], open: [0, 0] })?.[0]?.throughput).toBeCloseTo(x, 1);
  });

  it('a station of r equal servers, each as likely as any, is r stations', () => {
    const split = classOf(9, 2, [0.5, 0.25, 0.25, 0.25, 0.25]);
    const one = classOf(9, 2, [0.5, 1], { busiest: [0.5, 0.25] });
    const [a, b] = [split, one].map((c) => estimated(closedClasses({ classes: [c], open: open(c) })).classes[0]?.throughput as number);
    expect(b).toBeCloseTo(a as number, 12);
  });

  const demand = fc.double({ min: 1e-3, max: 3, noNaN: true });
  const arbitrary = fc.record({
    population: fc.integer({ min: 1, max: 60 }),
    thinkTime: fc.double({ min: 0, max: 20, noNaN: true }),
    demands: fc.array(demand, { minLength: 1, maxLength: 5 }),
  });

  it('one class is meanValueAnalysis; the approximation is within a tenth of it; utilisation law and bounds hold', () => {
    fc.assert(
      fc.property(arbitrary, ({ population, thinkTime, demands }) => {
        const c = classOf(population, thinkTime, demands);
        const exact = estimated(
          meanValueAnalysis({ population, thinkTime, stations: demands.map((serviceTime) => ({ serviceTime, visits: 1 })) }),
        );
        const x = estimated(closedClasses({ classes: [c], open: open(c) })).classes[0]?.throughput as number;
        expect(Math.abs(x / exact.throughput - 1)).toBeLessThan(1e-9);
        const near = scaledClasses({ classes: [c], open: open(c) })?.[0]?.throughput as number;
        expect(Math.abs(near / x - 1)).toBeLessThan(0.1);
        expect(near * Math.max(...demands)).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('two classes that are alike are one of as many users', () => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 20 }), ({ population, thinkTime, demands }, more) => {
        const parts = [classOf(population, thinkTime, demands), classOf(more, thinkTime, demands)];
        const whole = classOf(population + more, thinkTime, demands);
        const none = demands.map(() => 0);
        const sum = estimated(closedClasses({ classes: parts, open: none })).classes.reduce((n, c) => n + c.throughput, 0);
        const all = estimated(closedClasses({ classes: [whole], open: none })).classes[0]?.throughput as number;
        expect(Math.abs(sum / all - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 50 },
    );
  });

  it('several classes of any number, which leave work behind: each is as many users as it has, no station is more than full', () => {
    const population = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1000, max: 1e9 }));
    const behind = fc.constantFrom(0, 0, 0.01, 0.3);
    const each = fc.record({
      population,
      thinkTime: fc.double({ min: 0.1, max: 20, noNaN: true }),
      parts: fc.array(fc.record({ demand, behind, servers: fc.integer({ min: 1, max: 4 }) }), { minLength: 3, maxLength: 3 }),
    });
    const some = fc.array(each, { minLength: 1, maxLength: 4 });
    const share = fc.double({ min: 0, max: 0.9, noNaN: true });
    let solved = 0;
    fc.assert(
      fc.property(some, fc.tuple(share, share, share), (all, open) => {
        const classes = all.map(({ population: n, thinkTime, parts }) =>
          classOf(
            n,
            thinkTime,
            parts.map((p) => p.demand),
            { busiest: parts.map((p) => p.demand / p.servers), background: parts.map((p) => p.behind) },
          ),
        );
        const state = closedClasses({ classes, open });
        if ('notEstimated' in state) return;
        solved++;
        const x = state.classes.map((c) => c.throughput);
        classes.forEach((c, k) => {
          const users = (x[k] as number) * (c.thinkTime + responseTime(c, state.classes[k]?.stretch ?? []));
          expect(Math.abs(users - c.population)).toBeLessThanOrEqual(1e-3 * c.population);
        });
        open.forEach((u, j) => {
          const used = classes.reduce((n, c, k) => n + (x[k] as number) * ((c.busiest[j] as number) + (c.background[j] as number)), u);
          expect(used).toBeLessThanOrEqual(1 + 1e-9);
        });
      }),
      { numRuns: 200 },
    );
    expect(solved).toBeGreaterThan(150);
  });

  it('work of others whom nobody keeps waiting may fill a station: then nobody is left to serve those who wait there', () => {
    const waits = classOf(2, 1, [0.5]);
    const leaves = (n: number) => classOf(n, 1, [0], { background: [0.1] });
    expect(closedClasses({ classes: [waits, leaves(5)], open: [0] })).toHaveProperty('classes');
    expect(closedClasses({ classes: [waits, leaves(50)], open: [0] })).toEqual({
      notEstimated: 'station 1 is over capacity by what users leave behind there without waiting for it',
    });
    // Where nobody waits it fills nothing for anybody.
    const alone = estimated(closedClasses({ classes: [leaves(50)], open: [0] }));
    expect(alone.classes[0]?.throughput).toBeCloseTo(50, 9);
  });

  it('nothing that is no network is estimated', () => {
    expect(closedClasses({ classes: [classOf(1, 0, [0])], open: [0] })).toHaveProperty('notEstimated');
    expect(closedClasses({ classes: [classOf(1.5, 0, [1])], open: [0] })).toHaveProperty('notEstimated');
    expect(closedClasses({ classes: [classOf(1e11, 1e300, [1e290])], open: [0] })).toHaveProperty('classes');
    expect(closedClasses({ classes: [classOf(1e12, 1, [1])], open: [0] })).toHaveProperty('notEstimated');
  });
});
