import { type Design, type Headroom, isFigure, known } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { headroomOf } from './headroom.ts';

const of = (design: Design) => headroomOf(design, analyse(design).traffic);
const numbers = (h: Headroom | undefined) => [h?.component, known(h?.toTarget)?.toFixed(4), known(h?.toFull)?.toFixed(4)];

it('worked by hand: 100 requests a second at peak', () => {
  const design = new DesignBuilder()
    .component('client', 'users', { peak: '2x' })
    // 100/s of 10 ms on 2 × 1 cores: 50 %; the target of 70 % at 1.4 times, full at 2 times.
    .component('service', 'api', { replicas: '2', cores: '1', 'cpu-time': '10 ms' })
    // Writes load each of 3 replicas: 100 of 250/s, 40 %. Its own target of 50 % at 1.25 times, full at 2.5 times.
    .component('database', 'db', { replicas: '3', capacity: '250/s', 'max-utilization': '50%' })
    .component('service', 'idle', { cores: '1', 'cpu-time': '10 ms' })
    .component('service', 'unknown')
    .flow('F', 'users', '50/s', (f) =>
      f.step('users -> api').step('api -> db', 'write').step('api -> idle', 'call', { when: '0%' }).step('api -> unknown'),
    )
    .build();
  const order = of(design);
  expect(order.map(numbers)).toEqual([
    ['api', '1.4000', '2.0000'],
    ['db', '1.2500', '2.5000'],
    ['idle', undefined, undefined],
  ]);
  expect(order[2]?.toFull).toEqual({ notEstimated: 'nothing loads idle: no growth fills it' });
});

it('what scales by itself is full with all instances of its range', () => {
  const at = (target: string, limit: string, copies: readonly string[] = []) => {
    const b = new DesignBuilder().component('client', 'users', { peak: '1x' });
    for (const zone of copies) b.zone(zone);
    if (copies.length > 0) b.stamp('cell', copies);
    return of(
      b
        .component(
          'service',
          'api',
          { cores: '1', 'cpu-time': '10 ms', autoscale: `2..10 at cpu ${target}`, 'max-utilization': limit },
          copies.length > 0 ? { group: 'cell' } : {},
        )
        .flow('F', 'users', '300/s', (f) => f.step('users -> api'))
        .build(),
    ).map(numbers)[0];
  };
  // 300/s need 6 of 100/s at 50 %; 10 of them serve 1000/s, 3.33 times as many; 70 % of that is 2.33 times.
  expect(at('50%', '70%')).toEqual(['api', '2.3333', '3.3333']);
  // An autoscaler that waits for 80 % passes 70 % already with 2 instances, at 140/s.
  expect(at('80%', '70%')).toEqual(['api', '0.4667', '3.3333']);
  // Two copies of such a range serve twice as much.
  expect(at('50%', '70%', ['a', 'b'])).toEqual(['api', '4.6667', '6.6667']);
});

describe('laws', () => {
  const plan = fc.record({
    reads: fc.integer({ min: 1, max: 5000 }),
    writes: fc.integer({ min: 1, max: 5000 }),
    replicas: fc.integer({ min: 1, max: 9 }),
    shards: fc.integer({ min: 1, max: 9 }),
    low: fc.integer({ min: 1, max: 5 }),
    wide: fc.integer({ min: 0, max: 30 }),
    target: fc.integer({ min: 20, max: 100 }),
    limit: fc.integer({ min: 20, max: 100 }),
  });
  const designOf = (p: typeof plan extends fc.Arbitrary<infer T> ? T : never, factor: number) =>
    new DesignBuilder()
      .component('client', 'u', { peak: '3x' })
      .component('service', 'fixed', { cores: '2', 'cpu-time': '5 ms', replicas: String(p.replicas), 'max-utilization': `${p.limit}%` })
      .component('service', 'elastic', {
        cores: '2',
        'cpu-time': '5 ms',
        autoscale: `${p.low}..${p.low + p.wide} at cpu ${p.target}%`,
        'max-utilization': `${p.limit}%`,
      })
      .component('database', 'db', {
        replicas: String(p.replicas),
        shards: `${p.shards} by hash(k)`,
        capacity: '900/s for read, 70/s for write',
        'max-utilization': `${p.limit}%`,
      })
      .flow('Read', 'u', `${p.reads * factor}/s`, (f) => f.step('u -> fixed').step('fixed -> elastic').step('elastic -> db', 'read'))
      .flow('Write', 'u', `${p.writes * factor}/s`, (f) => f.step('u -> elastic').step('elastic -> db', 'write'))
      .build();

  it('at the factor that it names a component is just at its target, and just full', () => {
    fc.assert(
      fc.property(plan, (p) => {
        for (const h of of(designOf(p, 1))) {
          for (const [growth, level] of [
            [h.toTarget, h.target.value],
            [h.toFull, 1],
          ] as const) {
            if (!isFigure(growth)) throw new Error(growth.notEstimated);
            const at = (factor: number) =>
              known(analyse(designOf(p, growth.value * factor)).traffic.components.get(h.component)?.utilization) ?? Number.NaN;
            expect(at(0.9999)).toBeLessThanOrEqual(level);
            expect(at(1.0001)).toBeGreaterThan(level);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('twice the traffic leaves half the growth; one more replica never takes any away', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const by = (design: Design) => new Map(of(design).map((h) => [h.component, known(h.toFull) ?? Number.NaN]));
        const [one, two, more] = [by(designOf(p, 1)), by(designOf(p, 2)), by(designOf({ ...p, replicas: p.replicas + 1 }, 1))];
        for (const [id, factor] of one) {
          expect(two.get(id)! * 2).toBeCloseTo(factor, 9);
          expect(more.get(id)!).toBeGreaterThanOrEqual(factor * (1 - 1e-9));
        }
      }),
      { numRuns: 100 },
    );
  });
});
