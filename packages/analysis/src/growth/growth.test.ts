import { type Design, type Growth, isFigure, known, quantity, TIME } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { firstDay } from './first-time.ts';
import { growthOf } from './growth.ts';
import { heldAfter } from './stock.ts';

const YEAR = 365 * 86_400;
const years = (estimate: Parameters<typeof known>[0]): number | undefined => {
  const value = known(estimate);
  return value === undefined ? undefined : value / YEAR;
};
const of = (growth: Growth | undefined, id: string) => growth?.saturations.find((s) => s.component === id);
const later = (design: Design, time: number): Design => ({ ...design, horizon: quantity(time, TIME, 'then') });

/** One service for two clients that grow differently. */
const twoClients = (one: string, other: string | undefined) =>
  new DesignBuilder()
    .component('client', 'users', { peak: '2x', growth: one })
    .component('client', 'robots', { peak: '1x', ...(other === undefined ? {} : { growth: other }) })
    .component('service', 'api', { replicas: '4', cores: '1', 'cpu-time': '10 ms' })
    .component('database', 'db', { replicas: '1', capacity: '1000/s', disk: '1 TB' })
    .flow('Use', 'users', '50/s', (f) => f.step('users -> api').step('api -> db', 'write', { request: '1 KB' }))
    .flow('Crawl', 'robots', '100/s', (f) => f.step('robots -> api'))
    .build();

it('worked by hand: with one growth the time is ln(headroom) ÷ ln(1 + growth)', () => {
  const growth = growthOf(twoClients('50%/year', '50%/year'));
  // 200/s on 4 × 100/s: 50 %, so the target of 70 % is 1.4 times away, and 100 % twice.
  expect(years(of(growth, 'api')?.toTarget)).toBeCloseTo(Math.log(1.4) / Math.log(1.5), 8);
  expect(years(of(growth, 'api')?.toFull)).toBeCloseTo(Math.log(2) / Math.log(1.5), 8);
  expect(growth?.saturations.map((s) => s.component)).toEqual(['api', 'db']);
});

it('flows grow each with its source: 100 × 3^t + 100 = 400 after one year', () => {
  const growth = growthOf(twoClients('200%/year', undefined));
  expect(years(of(growth, 'api')?.toFull)).toBeCloseTo(1, 8);
  // 100/s of writes at 1000/s: ten times.
  expect(years(of(growth, 'db')?.toFull)).toBeCloseTo(Math.log(10) / Math.log(3), 8);
});

it('what is full already is so now, and what nothing makes grow never is', () => {
  const design = new DesignBuilder()
    .component('client', 'users', { peak: '1x', growth: '50%/year' })
    .component('client', 'robots', { peak: '1x' })
    .component('service', 'api', { cores: '1', 'cpu-time': '10 ms' })
    .component('service', 'site', { cores: '1', 'cpu-time': '10 ms' })
    .flow('Use', 'users', '200/s', (f) => f.step('users -> api'))
    .flow('Crawl', 'robots', '10/s', (f) => f.step('robots -> site'))
    .build();
  expect(known(of(growthOf(design), 'api')?.toFull)).toBe(0);
  expect(of(growthOf(design), 'site')?.toFull).toEqual({ notEstimated: 'nothing that loads site grows' });
  expect(growthOf(twoClients('0%/year', '0%/year'))?.saturations[0]?.toFull).toEqual({ notEstimated: 'nothing that loads api grows' });
});

it('nothing is told where nothing says that it grows', () => {
  expect(growthOf(new DesignBuilder().component('client', 'users').component('service', 'api').build())).toBeUndefined();
});

it('what scales by itself is full when its range is', () => {
  const design = new DesignBuilder()
    .component('client', 'users', { peak: '1x', growth: '100%/year' })
    .component('service', 'api', { cores: '1', 'cpu-time': '10 ms', autoscale: '2..16 at cpu 50%' })
    .flow('Use', 'users', '200/s', (f) => f.step('users -> api'))
    .build();
  // 16 of 100/s are full at 1600/s: three doublings.
  expect(years(of(growthOf(design), 'api')?.toFull)).toBeCloseTo(3, 8);
});

it('law: seen at the time at which it is full, it is full', () => {
  const share = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(share, fc.option(share, { nil: undefined }), (one, other) => {
      const design = twoClients(`${one}%/year`, other === undefined ? undefined : `${other}%/year`);
      for (const s of growthOf(design)?.saturations ?? []) {
        if (!isFigure(s.toFull)) continue;
        const then = analyse(later(design, s.toFull.value)).traffic.components.get(s.component);
        expect(known(then?.utilization)).toBeCloseTo(1, 6);
      }
    }),
    { numRuns: 30 },
  );
});

it('disks fill sooner with growth: 80 % of 1 TB at 4.32 GB a day', () => {
  // 50/s × 1 KB are 4.32 GB a day. Without growth 185.2 days; with it day × (e^(kt) − 1) ÷ k = 800 GB, k = ln 3 ÷ 365.
  const fullIn = (growth: string) => known(analyse(twoClients(growth, undefined)).limits.get('db')?.disk?.fullIn);
  const k = Math.log(3) / 365;
  expect((fullIn('0%/year') ?? 0) / 86_400).toBeCloseTo(800 / 4.32, 6);
  expect((fullIn('200%/year') ?? 0) / 86_400).toBeCloseTo(Math.log1p((800 * k) / 4.32) / k, 6);
});

it('24 GB a day at 50 % a year: 10.8 TB after a year, 38.4 TB after 2.52 years', () => {
  // 24 GB × 365 ÷ ln 1.5 × (1.5^t − 1).
  const held = (days: number) => heldAfter([{ stock: 0, perDay: 24e9, kept: Number.POSITIVE_INFINITY, perYear: 0.5 }], days);
  expect(held(365)).toBeCloseTo(10.8024e12, -9);
  expect((firstDay(held, 38.4e12) ?? 0) / 365).toBeCloseTo(2.51935, 5);
});

it('law: what is held is what has been written in the time for which it is kept, day by day', () => {
  const inflow = fc.record({
    perDay: fc.double({ min: 1, max: 1e9, noNaN: true }),
    kept: fc.integer({ min: 1, max: 2000 }),
    perYear: fc.double({ min: 0, max: 4, noNaN: true }),
  });
  fc.assert(
    fc.property(inflow, fc.integer({ min: 1, max: 2000 }), ({ perDay, kept, perYear }, days) => {
      let sum = 0;
      for (let day = Math.max(0, days - kept); day < days; day++) sum += perDay * (1 + perYear) ** ((day + 0.5) / 365);
      const held = heldAfter([{ stock: 7, perDay, kept, perYear }], days);
      expect(Math.abs(held - 7 - sum) / sum).toBeLessThan(1e-5);
    }),
  );
});

it('numbers beyond all measure end in no number', () => {
  const design = later(twoClients('1000000%/year', undefined), 1e6 * YEAR);
  expect(analyse(design).traffic.components.get('api')?.total.peak).toHaveProperty('notEstimated');
  expect(years(of(growthOf(twoClients('1000000000%/year', undefined)), 'api')?.toFull)).toBeGreaterThan(0);
});
