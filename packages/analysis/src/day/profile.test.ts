import { isFigure, known, type NotEstimated } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

interface Source {
  readonly rate: number;
  readonly traffic: Readonly<Record<string, string>>;
}

/** Clients that all call one service, and read or write one database. */
function designOf(sources: readonly Source[], api: Readonly<Record<string, string>> = { cores: '1', 'cpu-time': '1 ms', replicas: '7' }) {
  const b = new DesignBuilder();
  sources.forEach(({ traffic }, i) => {
    b.component(i % 2 ? 'scheduler' : 'client', `u${i}`, traffic);
  });
  b.component('service', 'api', api).component('database', 'db', { replicas: '3', capacity: '5000/s for read, 700/s for write' });
  sources.forEach(({ rate }, i) => {
    b.flow(`F${i}`, `u${i}`, `${rate}/s`, (f) =>
      f.step(`u${i} -> api`).step('api -> db', i % 2 ? 'write' : 'read', i % 2 ? { request: '1 KB' } : { answer: '1 KB' }),
    );
  });
  return b.build();
}

const loads = (...args: Parameters<typeof designOf>) => analyse(designOf(...args)).traffic;
const peakOf = (sources: readonly Source[], id = 'api') => known(loads(sources).components.get(id)?.total.peak) ?? Number.NaN;

interface Points {
  readonly at: number;
  readonly rate: number;
}

const points: fc.Arbitrary<Points[]> = fc
  .uniqueArray(fc.record({ at: fc.integer({ min: 0, max: 23 }), rate: fc.nat(100) }), { minLength: 1, maxLength: 6, selector: (p) => p.at })
  .map((list) => list.sort((a, b) => a.at - b.at))
  .filter((list) => list.some((p) => p.rate > 0));
const profileText = (list: readonly Points[]) => list.map(({ at, rate }) => `${at} h ${rate}%`).join(', ');
const rate = fc.integer({ min: 1, max: 1000 });
const profiled = fc.record({ rate, points });
const asSource = ({ rate, points }: { rate: number; points: Points[] }): Source => ({ rate, traffic: { profile: profileText(points) } });

/** Another way to the rate at a minute: by hand, without curves. */
function rateAt({ rate, points }: { rate: number; points: Points[] }, hours: number): number {
  const days = [-24, 0, 24].flatMap((day) => points.map((p) => ({ at: p.at + day, rate: p.rate })));
  const weight = (t: number): number => {
    const i = days.findIndex((p) => p.at > t);
    const [a, b] = [days[i - 1] as Points, days[i] as Points];
    return a.rate + ((b.rate - a.rate) * (t - a.at)) / (b.at - a.at);
  };
  // All points stand at whole hours, between which the mean is the middle.
  let sum = 0;
  for (let hour = 0; hour < 24; hour++) sum += weight(hour + 0.5);
  return (rate * weight(hours)) / (sum / 24);
}

describe('a daily profile', () => {
  it('worked by hand: 20 % at midnight and 100 % at noon are 60 % in the mean, so the peak is 1.67 times that', () => {
    const { flows, components } = loads([{ rate: 60, traffic: { profile: '0 h 20%, 12 h 100%' } }]);
    expect(known(flows.get('F0')?.demand.average)).toBe(60);
    expect(known(flows.get('F0')?.demand.peak)).toBeCloseTo(100, 9);
    expect(components.get('api')?.day?.peak.at).toBe(12 * 3600);
  });

  it('a peak at noon and one at midnight are no sum of both', () => {
    const day = { rate: 60, traffic: { profile: '0 h 20%, 12 h 100%' } };
    const night = { rate: 60, traffic: { profile: '0 h 100%, 12 h 20%' } };
    expect(peakOf([day, night])).toBeCloseTo(120, 9);
    // 100 at noon beside 20, and 30 that may come at any time.
    expect(peakOf([{ ...day, rate: 120 }, night, { rate: 10, traffic: { peak: '3x' } }])).toBeCloseTo(200 + 20 + 30, 9);
  });

  it('a schedule runs in its windows only: 24 h ÷ 2 h = 12 times the average', () => {
    const nightly = { rate: 10, traffic: { schedule: '2 h..4 h' } };
    const { flows, components } = loads([nightly, { rate: 60, traffic: { profile: '0 h 20%, 12 h 100%' } }]);
    expect(known(flows.get('F0')?.demand.peak)).toBeCloseTo(120, 9);
    // At the end of the window: 120 + 20 + 80 × 4 ÷ 12, more than the 100 at noon.
    expect(known(components.get('api')?.total.peak)).toBeCloseTo(120 + 20 + 80 / 3, 9);
    expect(components.get('api')?.day?.peak).toEqual({ at: 4 * 3600, side: 'before' });
    expect(known(loads([{ rate: 10, traffic: { schedule: '22 h..24 h, 0 h..2 h' } }]).flows.get('F0')?.demand.peak)).toBeCloseTo(60, 9);
  });

  it('five minutes of each hour are 12 times the average, at any time', () => {
    const often = { rate: 10, traffic: { schedule: 'every 60 min for 5 min' } };
    const { flows } = loads([often]);
    expect(known(flows.get('F0')?.demand.peak)).toBeCloseTo(120, 9);
    expect(flows.get('F0')?.demand.profile).toBeUndefined();
    expect(peakOf([often, { rate: 60, traffic: { profile: '0 h 20%, 12 h 100%' } }])).toBeCloseTo(220, 9);
  });

  it('a store is sized for the time at which it is loaded most, not for that of the most requests', () => {
    const read = { rate: 1000, traffic: { schedule: '12 h..18 h' } };
    const write = { rate: 100, traffic: { schedule: '2 h..6 h' } };
    const db = loads([read, write]).components.get('db');
    // 4000/s of reads over 3 replicas of 5000/s are 27 %; 600/s of writes on each of 700/s are 86 %.
    expect(known(db?.total.peak)).toBeCloseTo(4000, 9);
    expect(db?.day?.peak.at).toBe(12 * 3600);
    expect(known(db?.utilization)).toBeCloseTo(600 / 700, 9);
    expect(db?.day?.busiest.at).toBe(2 * 3600);
    expect(known(db?.day?.rate)).toBeCloseTo(600, 9);
  });

  it('what contradicts itself is not estimated at peak, and says why', () => {
    const why = (traffic: Record<string, string>) => {
      const { average, peak } = loads([{ rate: 1, traffic }]).flows.get('F0')?.demand ?? {};
      expect(known(average)).toBe(1);
      return (peak as NotEstimated).notEstimated;
    };
    expect(why({ peak: '3x', profile: '0 h 1' })).toBe('u0 has both peak and profile: one of them can say when it peaks');
    expect(why({ profile: '12 h 1, 0 h 2' })).toBe('the profile of u0 goes back in time from 12 h to 0 h');
    expect(why({ schedule: 'every 5 min for 60 min' })).toBe(
      'the schedule of u0 runs for longer than the period that it repeats: 60 min every 5 min',
    );
  });

  it('huge, tiny and equal numbers end in numbers', () => {
    for (const profile of [
      `0 h ${'9'.repeat(308)}, 12 h ${'9'.repeat(308)}`,
      `0 h 0.${'0'.repeat(310)}1, 12 h 0`,
      '5 h 3',
      '0 h 0, 12 h 1, 12 h 0',
      '0 h 1, 24 h 7',
    ]) {
      const peak = loads([{ rate: 1, traffic: { profile } }]).components.get('api')?.total.peak;
      expect(isFigure(peak) && peak.value >= 1, profile).toBe(true);
    }
  });

  it('law: with one profile for all it is a peak of greatest ÷ mean', () => {
    fc.assert(
      fc.property(points, fc.array(rate, { minLength: 1, maxLength: 4 }), (list, rates) => {
        const some = { points: list, rate: 1 };
        const peak = Math.max(...list.map((p) => rateAt(some, p.at)));
        const over = loads(rates.map((rate) => asSource({ rate, points: list })));
        const plain = loads(rates.map((rate) => ({ rate, traffic: { peak: `${peak}x` } })));
        for (const id of ['api', 'db']) {
          const [a, b] = [over.components.get(id), plain.components.get(id)];
          for (const name of ['utilization', 'perInstance', 'cores', 'replicasNeeded', 'ingress', 'egress'] as const) {
            const [x, y] = [known(a?.[name]), known(b?.[name])];
            if (y === undefined) expect(x).toBeUndefined();
            else expect(x).toBeCloseTo(y, 6 - Math.ceil(Math.log10(1 + Math.abs(y))));
          }
          expect(known(a?.total.average)).toBe(known(b?.total.average));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('law: equals the largest of 24 × 60 minutes, between the largest of the peaks and their sum', () => {
    fc.assert(
      fc.property(fc.array(profiled, { minLength: 1, maxLength: 4 }), fc.option(rate, { nil: undefined }), (sources, plain) => {
        const steady = plain === undefined ? [] : [{ rate: plain, traffic: { peak: '2x' } }];
        const peak = peakOf([...sources.map(asSource), ...steady]);
        let most = 0;
        for (let minute = 0; minute < 24 * 60; minute++)
          most = Math.max(
            most,
            sources.reduce((n, s) => n + rateAt(s, minute / 60), 0),
          );
        expect(peak).toBeCloseTo(most + 2 * (plain ?? 0), 5);
        const peaks = [...sources.map((s) => Math.max(...s.points.map((p) => rateAt(s, p.at)))), 2 * (plain ?? 0)];
        expect(peak).toBeGreaterThanOrEqual(Math.max(...peaks) * (1 - 1e-9));
        expect(peak).toBeLessThanOrEqual(peaks.reduce((a, b) => a + b, 0) * (1 + 1e-9));
      }),
      { numRuns: 60 },
    );
  });

  it('law: no minute loads a store more than the one for which it is sized', () => {
    fc.assert(
      fc.property(fc.array(profiled, { minLength: 2, maxLength: 4 }), (sources) => {
        const utilization = known(loads(sources.map(asSource)).components.get('db')?.utilization) ?? 0;
        for (let half = 0; half < 48; half++) {
          const then = sources.map((s) => ({ rate: Math.max(1e-9, rateAt(s, half / 2)), traffic: { peak: '1x' } }));
          expect(known(loads(then).components.get('db')?.utilization)).toBeLessThanOrEqual(utilization * (1 + 1e-6));
        }
      }),
      { numRuns: 10 },
    );
  });
});
