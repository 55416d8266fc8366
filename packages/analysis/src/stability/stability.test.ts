import { isFigure, known, type SettledRetries } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { metastability } from '../estimation/metastability.ts';
import { estimated } from '../queueing/testing/estimated.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { failuresOf, responseOf } from './call-failure.ts';
import { stabilityOf } from './stability.ts';

const valuesOf = ({ load, utilization, attempts, failing }: SettledRetries) => [load, utilization, attempts, failing].map(known);

/** Bronson and others, HotOS 2021: a database that serves 300 queries a second, each tried twice. */
function at(load: number, call: Record<string, string> = { retries: '1' }) {
  const design = new DesignBuilder()
    .component('client', 'u', { peak: '1x' })
    .component('service', 'web', { cores: '1', 'cpu-time': '1 ms', replicas: '4' })
    .component('service', 'db', { capacity: '300/s' })
    .connection('web', 'db', call)
    .flow('F', 'u', `${load}/s`, (f) => f.step('u -> web').step('web -> db'))
    .build();
  return stabilityOf(design, analyse(design).traffic);
}

describe('stability', () => {
  it('280 of 300 a second, tried twice: vulnerable above 150, stuck at 560, tipped by 7.1 %', () => {
    const [db, ...more] = at(280);
    expect(more).toEqual([]);
    expect(db).toMatchObject({ component: 'db', state: 'vulnerable' });
    expect(known(db?.threshold)).toBeCloseTo(150, 9);
    expect((known(db?.disturbed) ?? 0) * 300).toBeCloseTo(560, 9);
    expect(known(db?.tipping)).toBeCloseTo(300 / 280 - 1, 9);
    expect(known(db?.surge)).toBeCloseTo(300 / 280 - 1, 9);
  });

  it('agrees with the published law at every load', () => {
    for (const load of [1, 100, 149, 151, 299, 301, 1000]) {
      const law = metastability({ capacity: 300, load, attempts: 2 });
      const state = 'state' in law && law.state === 'overloaded' ? 'metastable' : 'state' in law ? law.state : undefined;
      expect(at(load)[0]?.state, `${load}/s`).toBe(state);
    }
  });

  it('says nothing of what users who think fill: they ask as often as it answers', () => {
    const design = new DesignBuilder()
      .component('client', 'u', { online: '5000', 'think-time': '1 s' })
      .component('service', 'web', { cores: '1', 'cpu-time': '1 ms', replicas: '4' })
      .component('service', 'db', { capacity: '300/s' })
      .connection('web', 'db', { retries: '1' })
      .flow('F', 'u', undefined, (f) => f.step('u -> web').step('web -> db'))
      .build();
    const { traffic } = analyse(design);
    expect(known(traffic.components.get('db')?.utilization)).toBeCloseTo(1, 6);
    expect(stabilityOf(design, traffic)).toEqual([]);
  });

  // By hand: 300/s of 10 ms run at 60 % on 5 of at most 10 instances; all of them serve 1000/s, of which 300 × 3 are 90 %, and 300 × 4 are 120 %.
  it('what scales by itself has all instances of its range against retries', () => {
    const found = (retries: number, call: Record<string, string> = {}) => {
      const design = new DesignBuilder()
        .component('client', 'u', { peak: '1x' })
        .component('service', 'web', { cores: '1', 'cpu-time': '1 us' })
        .component('service', 'api', { cores: '1', 'cpu-time': '10 ms', autoscale: '4..10 at cpu 60%' })
        .connection('web', 'api', { retries: `${retries}`, ...call })
        .flow('F', 'u', '300/s', (f) => f.step('u -> web').step('web -> api'))
        .build();
      return stabilityOf(design, analyse(design).traffic)[0];
    };
    const [two, three] = [found(2), found(3)];
    expect(two).toMatchObject({ state: 'stable', scaledTo: 10 });
    expect(known(two?.disturbed)).toBeCloseTo(0.9, 9);
    expect(two && known(two.afterDisturbance.load)).toBe(300);
    expect(three?.state).toBe('vulnerable');
    expect(known(three?.utilization)).toBeCloseTo(0.3, 9);
    expect(known(three?.threshold)).toBeCloseTo(250, 9);
    expect(three && known(three.afterDisturbance.load)).toBe(1200);
    expect(found(3, { timeout: '1 s' })?.calm.load).toEqual({ notEstimated: expect.stringContaining('api scales by itself') });
  });

  // By hand: reads 500 of 1000/s are 50 %, writes 30 of 100/s are 30 %, tried four times 120 %: 170 %, although the mean over the calls is 620 ÷ 530.
  it('a call counts by what it loads: a store that heavy writes fill is not stable because light reads are many', () => {
    const design = new DesignBuilder()
      .component('client', 'u', { peak: '1x' })
      .component('service', 'reader', { cores: '1', 'cpu-time': '1 us' })
      .component('service', 'writer', { cores: '1', 'cpu-time': '1 us' })
      .component('database', 'db', { capacity: '1000/s for read, 100/s for write' })
      .connection('writer', 'db', { retries: '3' })
      .flow('R', 'u', '500/s', (f) => f.step('u -> reader').step('reader -> db', 'read'))
      .flow('W', 'u', '30/s', (f) => f.step('u -> writer').step('writer -> db', 'write'))
      .build();
    const [db] = stabilityOf(design, analyse(design).traffic);
    expect(db?.state).toBe('vulnerable');
    expect(known(db?.disturbed)).toBeCloseTo(1.7, 9);
    expect(known(db?.threshold)).toBeCloseTo(530 / 1.7, 6);
    const p = known(db?.tipping) ?? Number.NaN;
    expect(0.5 + 0.3 * (1 + p + p ** 2 + p ** 3)).toBeCloseTo(1, 9);
    expect(db && valuesOf(db.calm).map((v) => v?.toFixed(6))).toEqual(['530.000000', '0.800000', '1.000000', '0.000000']);
    expect(db && valuesOf(db.afterDisturbance).map((v) => v?.toFixed(6))).toEqual([
      '620.000000',
      '1.700000',
      (620 / 530).toFixed(6),
      '1.000000',
    ]);
  });

  // By hand: 3 replicas of 1000/s; a write loads each of them, a read one: 300 reads are 10 %, 500 writes 50 %, tried twice 100 %: 110 % in all.
  it('a write loads every replica, a read one of them', () => {
    const design = new DesignBuilder()
      .component('client', 'u', { peak: '1x' })
      .component('service', 'reader', { cores: '1', 'cpu-time': '1 us' })
      .component('service', 'writer', { cores: '1', 'cpu-time': '1 us' })
      .component('database', 'db', { capacity: '1000/s', replicas: '3' })
      .connection('writer', 'db', { retries: '1' })
      .flow('R', 'u', '300/s', (f) => f.step('u -> reader').step('reader -> db', 'read'))
      .flow('W', 'u', '500/s', (f) => f.step('u -> writer').step('writer -> db', 'write'))
      .build();
    const [db] = stabilityOf(design, analyse(design).traffic);
    expect(known(db?.disturbed)).toBeCloseTo(1.1, 9);
    expect(db?.state).toBe('vulnerable');
  });

  it('a budget bounds the attempts, a breaker stops them, and what nobody retries is no matter', () => {
    expect(known(at(280, { retries: '5', budget: '5%' })[0]?.attempts)).toBeCloseTo(1.05, 12);
    expect(at(280, { retries: '5', budget: '5%' })[0]?.state).toBe('stable');
    expect(at(280, { retries: '5', breaker: '50% over 10 s' })[0]).toMatchObject({ state: 'stable' });
    expect(at(301, { retries: '5', breaker: '50% over 10 s' })[0]?.state).toBe('overloaded');
    expect(at(280, {})).toEqual([]);
    expect(at(0)).toEqual([]);
  });
});

/** A service of one core and 10 ms, so of 100/s: M/M/1. */
function quickDesign(load: string, call: Record<string, string>, service: Record<string, string> = {}) {
  const design = new DesignBuilder()
    .component('client', 'u', { peak: '1x' })
    .component('service', 'web', { cores: '1', 'cpu-time': '1 us', replicas: '4' })
    .component('service', 'quick', { cores: '1', 'cpu-time': '10 ms', level: 'in-process', ...service })
    .connection('web', 'quick', call)
    .flow('F', 'u', load, (f) => f.step('u -> web').step('web -> quick'))
    .build();
  return { design, traffic: analyse(design).traffic };
}

function quick(...of: Parameters<typeof quickDesign>) {
  const { design, traffic } = quickDesign(...of);
  return stabilityOf(design, traffic)[0];
}

describe('the load at which retries and failures settle', () => {
  it('without a timeout: all fail above the capacity, none below: 280 of 300 a second, or stuck at 560 (Bronson and others, HotOS 2021)', () => {
    const [db] = at(280);
    expect(db && valuesOf(db.calm)).toEqual([280, 280 / 300, 1, 0]);
    expect(db && valuesOf(db.afterDisturbance)).toEqual([560, 560 / 300, 2, 1]);
    const [below] = at(149);
    expect(below && valuesOf(below.calm)).toEqual(below && valuesOf(below.afterDisturbance));
    expect(known(at(310)[0]?.calm.load)).toBe(620);
  });

  it('different from both ends where the rule says so, at every load', () => {
    for (const load of [1, 100, 149, 151, 299]) {
      const [db] = at(load);
      const differ = known(db?.calm.load) !== known(db?.afterDisturbance.load);
      expect(differ, `${load}/s`).toBe(db?.state === 'vulnerable');
    }
  });

  it('M/M/1 with a timeout of 100 ms, without a round trip: λ = 60·(1 + e^(−(100 − λ)/10)) = 61.245/s', () => {
    const found = quick('60/s', { retries: '1', timeout: '100 ms' });
    const load = known(found?.calm.load) ?? Number.NaN;
    expect(load).toBeCloseTo(60 * (1 + Math.exp(-(100 - load) / 10)), 9);
    expect(load).toBeCloseTo(61.245, 3);
    expect(known(found?.calm.failing)).toBeCloseTo(Math.exp(-(100 - load) / 10), 12);
    expect(known(found?.afterDisturbance.load)).toBe(120);
  });

  it('a timeout that is too short fills it from a calm start', () => {
    const found = quick('60/s', { retries: '1', timeout: '50 ms' });
    expect(found?.state).toBe('vulnerable');
    expect(found && valuesOf(found.calm)).toEqual([120, 1.2, 2, 1]);
  });

  it('a budget bounds it, a breaker stops it', () => {
    expect(known(quick('60/s', { retries: '9', budget: '10%', timeout: '50 ms' })?.afterDisturbance.load)).toBeLessThanOrEqual(66);
    const broken = quick('60/s', { retries: '9', breaker: '50% over 10 s', timeout: '50 ms' });
    expect(known(broken?.calm.load)).toBe(60);
    expect(known(broken?.calm.failing)).toBeCloseTo(Math.exp(-(100 - 60) / 20), 12);
  });

  it('says what it does not know: what it waits for, and its latency', () => {
    const design = new DesignBuilder()
      .component('client', 'u', { peak: '1x' })
      .component('service', 'web', { cores: '1', 'cpu-time': '1 us', replicas: '4' })
      .component('service', 'api', { cores: '1', 'cpu-time': '10 ms' })
      .component('service', 'db', { capacity: '300/s' })
      .connection('web', 'api', { retries: '1', timeout: '1 s' })
      .connection('api', 'db', { retries: '1', timeout: '1 s' })
      .flow('F', 'u', '10/s', (f) => f.step('u -> web').step('web -> api').step('api -> db'))
      .build();
    const [api, db] = stabilityOf(design, analyse(design).traffic);
    expect(api?.calm.load).toEqual({ notEstimated: expect.stringContaining('api waits for db within the calls of web') });
    expect(db?.calm.load).toEqual({ notEstimated: 'db has no latency and no cpu-time' });
  });

  it.each([
    ['60/s', { retries: '1000000000', timeout: '0 s' }, {}],
    ['60/s', { retries: '3', timeout: '1000000 s' }, {}],
    ['0.000001/s', { retries: '1000000', timeout: '1 us' }, {}],
    ['1000000000/s', { retries: '1000000', timeout: '1 ms' }, {}],
    ['60/s', { retries: '1', timeout: '1 s' }, { cores: '1000000' }],
    ['60/s', { retries: '1', timeout: '1 s' }, { latency: '0 s', capacity: '100/s' }],
  ])('at %s with %j and %j it ends, and says a number or why there is none', (load, call, service) => {
    const found = quick(load, call, service as Record<string, string>);
    const [calm, disturbed] = [found?.calm.load, found?.afterDisturbance.load];
    if (known(calm) === undefined) expect(calm).toHaveProperty('notEstimated');
    else expect(known(disturbed)).toBeGreaterThanOrEqual(known(calm) as number);
  });

  it.each([
    ['M/M/1', { cores: '1', 'cpu-time': '10 ms' }],
    ['M/M/c', { cores: '8', 'cpu-time': '80 ms' }],
    ['log-normal', { cores: '4', 'cpu-time': '40 ms', latency: 'p50 20 ms p99 100 ms' }],
    ['nearly constant', { capacity: '100/s', latency: 'p50 20 ms p99 21 ms' }],
  ])(
    '%s: the share that fails never falls with the load and is convex in it, as the search for the fixpoint takes for granted',
    (_, service) => {
      const { design, traffic } = quickDesign('60/s', { retries: '1', timeout: '150 ms' }, service as Record<string, string>);
      const [component, connection] = [design.components.get('quick'), design.connections.get('web->quick')];
      const load = traffic.components.get('quick');
      const utilization = load?.utilization;
      if (!component || !connection || !load || !isFigure(utilization)) throw new Error('it is there');
      const [calls] = estimated(failuresOf({ design, traffic }, component, connection, () => responseOf(component, load, utilization)));
      const at = (u: number): number => calls?.failureAt(u) ?? Number.NaN;
      const steps = Array.from({ length: 400 }, (_, i) => at(i / 400));
      for (let i = 1; i < 399; i++) {
        const [before, here, after] = steps.slice(i - 1, i + 2) as [number, number, number];
        expect(here).toBeGreaterThanOrEqual(before * (1 - 1e-9));
        expect(here, `at ${i / 400}`).toBeLessThanOrEqual(((before + after) / 2) * (1 + 1e-9));
      }
      expect(at(0.999_999)).toBeGreaterThan(0.99);
    },
  );

  it('agrees with the state, whatever the numbers: overloaded by retries from a disturbance on, where it is vulnerable, and nowhere else', () => {
    const call = fc.record({
      retries: fc.integer({ min: 1, max: 5 }),
      timeout: fc.integer({ min: 0, max: 2000 }),
      budget: fc.integer({ min: 0, max: 100 }),
    });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 130 }),
        call,
        fc.boolean(),
        fc.boolean(),
        (load, { retries, timeout, budget }, timed, bounded) => {
          const found = quick(`${load}/s`, {
            retries: `${retries}`,
            ...(timed ? { timeout: `${timeout} ms` } : {}),
            ...(bounded ? { budget: `${budget}%` } : {}),
          });
          if (!found || 100 / (known(found.attempts) as number) === load || load === 100) return;
          const [calm, disturbed] = [known(found.calm.utilization) as number, known(found.afterDisturbance.utilization) as number];
          expect(calm).toBeLessThanOrEqual(disturbed * (1 + 1e-12));
          expect(disturbed > 1).toBe(found.state !== 'stable');
          if (found.state === 'metastable' || found.state === 'overloaded') expect(calm).toBe(disturbed);
          if (!timed && found.state === 'vulnerable') expect(calm).toBeLessThan(1);
          const p = [found.calm, found.afterDisturbance].map(({ failing }) => known(failing) as number);
          for (const share of p) expect(share >= 0 && share <= 1).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });
});
