import { describe, expect, it } from 'vitest';
import { DesignBuilder } from '../../testing/design-builder.ts';
import { addedCost } from './added-cost.ts';

const design = (replicas: string, more: Record<string, string> = {}) =>
  new DesignBuilder()
    .component('service', 'api', { replicas, ...more })
    .component('service', 'other', { replicas: '2' })
    .build();
const added = (from: string, to: string, more: Record<string, string> = {}) => addedCost(design(from, more), design(to, more));

describe('what machines cost more', () => {
  it('is their number × the price of one', () => {
    // 2 more at 30 USD/month of 30 days: 60 / 2,592,000 s.
    expect(added('1', '3', { cost: '30 USD/month per node' })).toMatchObject({ value: 60 / 2_592_000, dimension: { usd: 1, time: -1 } });
    expect(added('3', '2', { cost: '30 USD/month per node' })).toMatchObject({ value: -30 / 2_592_000 });
  });

  it('is nothing where there are as many as before, whatever one costs', () => {
    expect(added('3', '3')).toMatchObject({ value: 0 });
  });

  it('is not estimated without a price of one', () => {
    expect(added('1', '2')).toEqual({ notEstimated: 'api has no cost' });
    expect(added('1', '2', { cost: '30 USD/month' })).toMatchObject({ notEstimated: expect.stringContaining('not said per node') });
  });
});
