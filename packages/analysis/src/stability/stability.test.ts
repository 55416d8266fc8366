import { known } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { metastability } from '../estimation/metastability.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { stabilityOf } from './stability.ts';

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

  it('a budget bounds the attempts, a breaker stops them, and what nobody retries is no matter', () => {
    expect(known(at(280, { retries: '5', budget: '5%' })[0]?.attempts)).toBeCloseTo(1.05, 12);
    expect(at(280, { retries: '5', budget: '5%' })[0]?.state).toBe('stable');
    expect(at(280, { retries: '5', breaker: '50% over 10 s' })[0]).toMatchObject({ state: 'stable' });
    expect(at(301, { retries: '5', breaker: '50% over 10 s' })[0]?.state).toBe('overloaded');
    expect(at(280, {})).toEqual([]);
    expect(at(0)).toEqual([]);
  });
});
