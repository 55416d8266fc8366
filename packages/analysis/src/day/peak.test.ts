import { COUNT, known, notEstimated } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { leaf } from '../figure/make.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { peakSum } from './peak.ts';
import { sourceProfile } from './profile.ts';

const scheduled = () =>
  new DesignBuilder()
    .component('scheduler', 'nightly', { schedule: '2 h..4 h' })
    .component('worker', 'reports', { cores: '8', 'cpu-time': '1 ms' })
    .flow('Report', 'nightly', '20/s', (f) => f.step('nightly -> reports'))
    .build();

describe('what is not known of a sum over the day', () => {
  it('leaves it unknown, also where it does not run when the rest is largest', () => {
    const nightly = scheduled().components.get('nightly');
    const profile = nightly && sourceProfile(nightly)?.curve;
    if (!profile) throw new Error('no profile');
    const unknown = { name: 'nightly', value: notEstimated('no size'), profile };
    const all = { name: 'all day', value: leaf('all day', 3, COUNT) };
    expect(known(peakSum('sum', [unknown], COUNT, 'none'))).toBeUndefined();
    expect(known(peakSum('sum', [unknown, all], COUNT, 'none'))).toBeUndefined();
    expect(known(peakSum('sum', [{ ...unknown, value: leaf('nightly', 2, COUNT) }, all], COUNT, 'none'))).toBe(5);
  });

  it('a step of a schedule that says no size carries bytes that are not known, not none', () => {
    const load = analyse(scheduled()).traffic.connections.get('nightly->reports');
    expect(load?.request).toMatchObject({ notEstimated: expect.stringContaining('says no size of its request') });
    expect(load?.answer).toMatchObject({ notEstimated: expect.stringContaining('says no size of its answer') });
  });
});
