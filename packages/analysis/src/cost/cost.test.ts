import { type Design, type Estimate, isFigure, known } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { costOf } from './cost.ts';

const of = (design: Design) => costOf(design, analyse(design));
const said = (e: Estimate) =>
  isFigure(e) ? `${Number(e.value.toFixed(6))} ${e.dimension.usd ? 'USD' : e.dimension.eur ? 'EUR' : '?'}` : e.notEstimated;

interface Sizes {
  readonly rate?: number;
  readonly replicas?: number;
  readonly price?: number;
}

/** A month has 2,592,000 seconds and 720 hours; 100 requests a second on average are 259.2 M a month. */
const shop = ({ rate = 100, replicas = 3, price = 100 }: Sizes = {}) =>
  new DesignBuilder()
    .component('client', 'users', { peak: '2x' })
    .component('cdn', 'edge', { 'hit-ratio': '90%', cost: '0.05 USD per 1 GB' })
    .component('service', 'api', { replicas: String(replicas), cores: '4', 'cpu-time': '10 ms', cost: `${price} USD/month per node` })
    .component('gateway', 'gate', { cost: '3 USD per 1M' })
    .component('blobstore', 'media', { retention: '30 day', cost: '0.02 USD/month per 1 GB' })
    .component('database', 'db', { shards: '2 by hash(k)', replicas: '2', capacity: '1k/s', cost: '2 USD per 1 h per node' })
    .component('worker', 'mailer', { cost: '50 EUR/month' })
    .component('worker', 'unpriced')
    .flow('F', 'users', `${rate}/s`, (f) =>
      f
        .step('users -> edge', 'read', { answer: '100 KB' })
        .step('edge -> media', 'read', { answer: '100 KB', miss: 'self' })
        .step('users -> gate')
        .step('gate -> api')
        .step('api -> db', 'write', { request: '1 KB' })
        .step('api -> media', 'write', { request: '1 MB', when: '10%' }),
    );

it('worked by hand: nodes, bytes sent, bytes held, requests', () => {
  const { components, totals, unpriced } = of(shop().build());
  expect(components.map((c) => [c.component, said(c.perMonth)])).toEqual([
    ['edge', '1296 USD'], // 100/s × 100 KB × 2,592,000 s = 25,920 GB at 0.05
    ['api', '300 USD'], // 3 × 100
    ['gate', '777.6 USD'], // 259.2 M at 3 a million
    ['media', '518.4 USD'], // 10 MB/s over 30 days = 25,920 GB at 0.02
    ['db', '5760 USD'], // 2 shards × 2 replicas × 720 h × 2
    ['mailer', '50 EUR'],
  ]);
  expect(totals.map(said)).toEqual(['8652 USD', '50 EUR']);
  expect(components.find((c) => c.component === 'api')?.share).toBeCloseTo(300 / 8652, 12);
  expect(unpriced).toEqual(['unpriced']);
});

it('says what it does not know, and leaves it out of the sum', () => {
  const { components, totals } = of(
    new DesignBuilder()
      .component('client', 'users')
      .component('blobstore', 'media', { cost: '0.02 USD/month per 1 GB' })
      .component('cdn', 'edge', { cost: '0.05 USD per 1 GB' })
      .component('service', 'once', { cost: '50 USD' })
      .component('service', 'elastic', { autoscale: '2..9 at cpu 50%', cost: '10 USD/month per node' })
      .component('service', 'free', { cost: '0 USD per 1 GB' })
      .component('service', 'nothing', { cost: '1 USD per 0 GB' })
      .component('service', 'plain', { cost: '7 USD/month' })
      .flow('F', 'users', '1/s', (f) => f.step('users -> edge').step('edge -> media', 'write', { request: '1 MB' }).step('edge -> elastic'))
      .build(),
  );
  expect(components.map((c) => `${c.component}: ${said(c.perMonth)}`)).toEqual([
    'media: media has no retention',
    'edge: F (users → edge): users → edge says no size of its answer; F (edge → elastic): edge → elastic says no size of its request',
    'once: once.cost (50 USD) is a price of nothing that is counted: say it per time (120 USD/month), per node (120 USD/month per node), or by use (0.02 USD/month per 1 GB held, 0.09 USD per 1 GB sent, 0.4 USD per 1M requests)',
    'elastic: how many instances of elastic run is not known: elastic has no cpu-time and no capacity',
    'free: 0 USD',
    'nothing: nothing.cost is per nothing (1 USD per 0 GB)',
    'plain: 7 USD',
  ]);
  expect(totals.map(said)).toEqual(['7 USD']);
});

it('what has failed or stands by is paid; what scales by itself costs what the peak runs', () => {
  const design = (fail: boolean) => {
    const b = new DesignBuilder()
      .component('client', 'users', { peak: '2x' })
      .component('service', 'api', { replicas: '4', cores: '1', 'cpu-time': '10 ms', health: 'tcp', cost: '10 USD/month per node' })
      // 200/s at peak need 4 of 100/s at 50 %.
      .component('service', 'elastic', { autoscale: '2..9 at cpu 50%', cores: '1', 'cpu-time': '10 ms', cost: '10 USD/month per node' })
      .component('database', 'db', { nodes: '12', shards: '6 by hash(k)', replicas: '3', capacity: '1k/s', cost: '1 USD/month per node' })
      .flow('F', 'users', '100/s', (f) => f.step('users -> api').step('api -> elastic').step('elastic -> db', 'write'));
    return (fail ? b.fail('api', { instances: 1 }) : b).build();
  };
  for (const fail of [false, true])
    expect(of(design(fail)).components.map((c) => said(c.perMonth))).toEqual(['40 USD', '40 USD', '12 USD']);
});

describe('laws', () => {
  const sizes = fc.record({
    rate: fc.integer({ min: 1, max: 100_000 }),
    replicas: fc.integer({ min: 1, max: 50 }),
    price: fc.integer({ min: 1, max: 5000 }),
  });

  it('the parts add up to the whole, and the shares of a currency to one', () => {
    fc.assert(
      fc.property(sizes, (s) => {
        const { components, totals } = of(shop(s).build());
        for (const total of totals) {
          const own = components.filter((c) => isFigure(c.perMonth) && c.perMonth.dimension.usd === total.dimension.usd);
          expect(own.reduce((n, c) => n + (known(c.perMonth) ?? 0), 0)).toBeCloseTo(total.value, 6);
          expect(own.reduce((n, c) => n + (c.share ?? 0), 0)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('what is priced by use grows with the traffic, what is priced by nodes does not', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 20 }), (s, k) => {
        const [one, more] = [of(shop(s).build()), of(shop({ ...s, rate: s.rate * k }).build())];
        one.components.forEach((c, i) => {
          const factor = ['edge', 'gate', 'media'].includes(c.component) ? k : 1;
          const [a, b] = [known(c.perMonth) ?? 0, known(more.components[i]?.perMonth) ?? 0];
          expect(Math.abs(b - a * factor)).toBeLessThanOrEqual(1e-9 * b);
        });
      }),
      { numRuns: 50 },
    );
  });
});
