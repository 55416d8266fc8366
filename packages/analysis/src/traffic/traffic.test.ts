import { type ComponentLoad, type Estimate, type Figure, type Flow, isFigure, known, type Rate } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { demandOf, demandPlan } from './demand.ts';

const reason = (e: Estimate | undefined): string | undefined => (e && !isFigure(e) ? e.notEstimated : undefined);
const load = (b: DesignBuilder, id: string): ComponentLoad => analyse(b.build()).traffic.components.get(id) as ComponentLoad;

function leaves(figure: Figure): Figure[] {
  return figure.inputs && figure.inputs.length > 0 ? figure.inputs.flatMap(leaves) : [figure];
}

/** Seed 004 at the load of seed 003: 100M daily users, 10 tweets and 1000 reads a day each. */
const feed = (): DesignBuilder =>
  new DesignBuilder()
    .component('client', 'users', { 'daily-active': '100M' })
    .component('service', 'api', { cores: '4', 'cpu-time': '10 ms', replicas: '60' })
    .component('database', 'tweets', {}, { tables: { tweet: { row: '400 B', retention: '5 year' } } })
    .component('blobstore', 'media')
    .flow(
      'PostTweet',
      'users',
      '10/day',
      (f) =>
        f
          .step('users -> api')
          .step('api -> tweets', 'write', { table: 'tweets.tweet' })
          .step('api -> media', 'write', { when: '10%', request: '2 MB' }),
      { each: true },
    )
    .flow('ReadTimeline', 'users', '1000/day', (f) => f.step('users -> api').step('api -> tweets', 'read', { answer: '400 B' }), {
      each: true,
    });

describe('rates of flows', () => {
  it('reproduces the published feed: 1e9 writes and 1e11 reads a day', () => {
    const { flows, components } = analyse(feed().build()).traffic;
    const writes = known(flows.get('PostTweet')?.demand.average) as number;
    const reads = known(flows.get('ReadTimeline')?.demand.average) as number;
    expect(writes * 86_400).toBeCloseTo(1e9, 3);
    expect(reads * 86_400).toBeCloseTo(1e11, 1);
    expect(writes).toBeCloseTo(11_574.074, 3);
    expect(reads).toBeCloseTo(1_157_407.407, 3);
    expect(known(flows.get('PostTweet')?.demand.peak)).toBeCloseTo(2 * 11_574.074, 2);
    expect(known(components.get('api')?.total.average)).toBeCloseTo(1_168_981.481, 3);
    expect(known(components.get('tweets')?.writes.average)).toBeCloseTo(11_574.074, 3);
    expect(known(components.get('tweets')?.reads.average)).toBeCloseTo(1_157_407.407, 3);
    expect(known(components.get('media')?.writes.average)).toBeCloseTo(1_157.407, 3);
  });

  it('derives every figure from declared numbers and marked defaults', () => {
    const peak = load(feed(), 'media').total.peak as Figure;
    expect(leaves(peak).map((l) => [l.label, l.value, l.origin?.kind])).toEqual([
      ['at', 10 / 86_400, 'declared'],
      ['users.daily-active', 1e8, 'declared'],
      ['users.peak', 2, 'default'],
      ['when', 0.1, 'declared'],
    ]);
  });

  it('chains misses: Π(1 − hᵢ)', () => {
    const b = new DesignBuilder()
      .component('client', 'u')
      .component('service', 'a')
      .component('cache', 'l1', { 'hit-ratio': '80%' })
      .component('cache', 'l2', { 'hit-ratio': '50%' })
      .component('database', 'd')
      .flow('F', 'u', '1000/s', (f) =>
        f.step('u -> a').step('a -> l1', 'read').step('a -> l2', 'read', { miss: 'l1' }).step('a -> d', 'read', { miss: 'l2' }),
      );
    expect(known(load(b, 'l2').reads.average)).toBeCloseTo(200);
    expect(known(load(b, 'd').reads.average)).toBeCloseTo(100);
  });

  it('takes the misses of a CDN from the stop itself', () => {
    const b = new DesignBuilder()
      .component('client', 'u')
      .component('cdn', 'edge', { 'hit-ratio': '95%' })
      .component('blobstore', 'm')
      .flow('F', 'u', '1000/s', (f) => f.step('u -> edge', 'read').step('edge -> m', 'read', { miss: 'self' }));
    expect(known(load(b, 'm').reads.average)).toBeCloseTo(50);
  });

  it('splits over alternatives and joins them again in one stop', () => {
    const b = new DesignBuilder()
      .component('client', 'u')
      .component('service', 'b')
      .component('service', 'c')
      .component('service', 'd')
      .flow('F', 'u', '100/s', (f) =>
        f
          .step('u -> b | c', 'call', { shares: [0.8, 0.2] })
          .step('b -> d')
          .step('c -> d', 'call', { times: '3' }),
      );
    expect(known(load(b, 'b').total.average)).toBeCloseTo(80);
    expect(known(load(b, 'd').total.average)).toBeCloseTo(80 + 60);
  });

  it('follows another flow, and says so when flows follow each other in a circle', () => {
    const b = new DesignBuilder()
      .component('client', 'u', { peak: '3x' })
      .component('service', 'a')
      .component('service', 's')
      .flow('Second', 's', { flow: 'First', factor: 0.97 }, (f) => f.step('s -> a'))
      .flow('First', 'u', '100/s', (f) => f.step('u -> a'))
      .flow('X', 's', { flow: 'Y', factor: 1 }, (f) => f.step('s -> a'))
      .flow('Y', 's', { flow: 'X', factor: 1 }, (f) => f.step('s -> a'));
    const { flows } = analyse(b.build()).traffic;
    expect(known(flows.get('Second')?.demand.average)).toBeCloseTo(97);
    expect(known(flows.get('Second')?.demand.peak)).toBeCloseTo(291);
    expect(reason(flows.get('X')?.demand.average)).toBe('the rate of X follows from itself (X → Y → X)');
  });

  it('follows a chain of flows however long it is', () => {
    const b = new DesignBuilder().component('client', 'u').component('service', 'a');
    for (let i = 0; i < 10_000; i++) b.flow(`F${i}`, 'u', { flow: `F${i + 1}`, factor: 1 }, (f) => f.step('u -> a'));
    b.flow('F10000', 'u', '5/s', (f) => f.step('u -> a'));
    const { flows, ...rest } = b.build();
    const { order } = demandPlan(flows);
    const done = new Map<string, Rate>();
    for (const id of order) done.set(id, demandOf({ ...rest, flows }, flows.get(id) as Flow, undefined, done, new Map()));
    expect(known(done.get('F0')?.average)).toBe(5);
  });

  it('never says 0 for what it does not know, and names what is missing', () => {
    const b = new DesignBuilder()
      .component('client', 'users')
      .component('service', 'api')
      .component('cache', 'timelines')
      .component('database', 'db')
      .component('monitor', 'mon')
      .flow('A', 'users', '10/day', (f) => f.step('users -> api'), { each: true })
      .flow('B', 'users', '10/s', (f) =>
        f
          .step('users -> api')
          .step('api -> timelines', 'read')
          .step('api -> db', 'read', { miss: 'timelines' })
          .step('api -> db', 'write', { else: true }),
      );
    const t = analyse(b.build()).traffic;
    expect(reason(t.components.get('api')?.total.average)).toBe('A (users → api): users has no daily-active');
    expect(reason(t.components.get('db')?.reads.average)).toBe('timelines has no hit-ratio');
    expect(reason(t.components.get('timelines')?.utilization)).toBe('timelines has no cpu-time and no capacity');
    expect(reason(t.components.get('mon')?.total.average)).toBe('no flow reaches mon');
    expect(t.flows.get('B')?.hops[3]?.rate.average).toMatchObject({ value: 0, formula: expect.stringContaining('else') });
  });
});

describe('sizes of components', () => {
  const server = (properties: Record<string, string>, at = '5000/s') =>
    new DesignBuilder()
      .component('client', 'u')
      .component('service', 'api', properties)
      .flow('F', 'u', at, (f) => f.step('u -> api'));

  it('needs 100 cores and 25 servers of 4 for 10,000/s of 10 ms; 36 at 70 %', () => {
    const api = load(server({ cores: '4', 'cpu-time': '10 ms', replicas: '25' }), 'api');
    expect(known(api.total.peak)).toBe(10_000);
    expect(known(api.cores)).toBeCloseTo(100);
    expect(known(api.capacityPerInstance)).toBeCloseTo(400);
    expect(known(api.replicasAtFull)).toBe(25);
    expect(known(api.replicasNeeded)).toBe(36);
    expect(known(api.utilization)).toBeCloseTo(1);
  });

  it('takes a capacity per core times the cores', () => {
    expect(known(load(server({ cores: '4', capacity: '500/s per core', replicas: '10' }), 'api').utilization)).toBeCloseTo(0.5);
    expect(reason(load(server({ capacity: '500/s per core' }), 'api').utilization)).toBe('api has no cores');
  });

  it('autoscales to what the peak needs, within the range', () => {
    const sized = (range: string) =>
      load(server({ cores: '4', 'cpu-time': '10 ms', replicas: '3', autoscale: `${range} at cpu 50%` }), 'api').replicas;
    expect(sized('2..200')).toBe(50);
    expect(sized('2..20')).toBe(20);
    expect(sized('60..200')).toBe(60);
  });

  it('leaves what is managed to the provider', () => {
    expect(reason(load(server({ managed: 'yes' }), 'api').utilization)).toBe('api is managed by its provider');
  });

  const store = (properties: Record<string, string>) =>
    new DesignBuilder()
      .component('client', 'u', { peak: '1x' })
      .component('service', 'api')
      .component('database', 'db', properties, {
        tables: { order: { key: 'order_id', 'shard-key': 'customer_id' } },
        queries: { pinned: { where: ['order.customer_id'] }, all: { where: ['order.order_id'] } },
      })
      .flow('W', 'u', '800/s', (f) => f.step('u -> api').step('api -> db', 'write'))
      .flow('R', 'u', '1200/s', (f) => f.step('u -> api').step('api -> db', 'read', { query: 'db.pinned' }));

  it('loads every replica with writes, and spreads reads over those that serve them', () => {
    const rate = (p: Record<string, string>) => known(load(store(p), 'db').perInstance);
    expect(rate({ capacity: '1000/s' })).toBeCloseTo(2000);
    expect(rate({ capacity: '1000/s', replicas: '3' })).toBeCloseTo(800 + 400);
    expect(rate({ capacity: '1000/s', replicas: '3', reads: 'primary' })).toBeCloseTo(2000);
    expect(rate({ capacity: '1000/s', replicas: '3', reads: 'replicas' })).toBeCloseTo(800 + 600);
    expect(rate({ capacity: '1000/s', replicas: '3', shards: '4 by hash(customer_id)' })).toBeCloseTo((800 + 400) / 4);
    expect(rate({ capacity: '1000/s', replicas: '3', shards: '4 by hash(customer_id)', skew: '2x' })).toBeCloseTo((800 + 400) / 2);
    expect(rate({ capacity: '1000/s', replicas: '3', nodes: '12', 'write-quorum': 'majority' })).toBeCloseTo((800 * 3) / 12 + 1200 / 12);
  });

  it('adds the used fractions of read and write capacity', () => {
    const db = load(store({ capacity: '1000/s for write, 4000/s for read', replicas: '3' }), 'db');
    expect(known(db.utilization)).toBeCloseTo(0.8 + 0.1);
    expect(known(db.capacityPerInstance)).toBeCloseTo(1200 / 0.9);
  });

  it('asks for replicas while reads are the load, and for shards once writes are', () => {
    const needed = (p: Record<string, string>) => load(store(p), 'db').replicasNeeded;
    expect(known(needed({ capacity: '2000/s', replicas: '1' }))).toBe(2);
    const writes = needed({ capacity: '1000/s', replicas: '3' }) as Figure;
    expect(writes.formula).toContain('shards');
    expect(known(writes)).toBe(6);
  });

  it('counts a scatter-gather on every shard', () => {
    const b = store({ capacity: '1000/s', shards: '4 by hash(customer_id)' }).flow('S', 'u', '100/s', (f) =>
      f.step('u -> api').step('api -> db', 'read', { query: 'db.all' }),
    );
    expect(known(load(b, 'db').perInstance)).toBeCloseTo(2000 / 4 + 100);
    expect(analyse(b.build()).traffic.flows.get('S')?.hops[1]?.scatter).toBe(4);
    expect(known(load(b, 'db').total.peak)).toBeCloseTo(2100);
  });

  it('counts a write of a table without the shard key on every shard, and others on one', () => {
    const b = (table: Record<string, string>) =>
      new DesignBuilder()
        .component('client', 'u', { peak: '1x' })
        .component('database', 'db', { capacity: '1000/s', shards: '4 by hash(k)' }, { tables: { t: { ...table, row: '1 KB' } } })
        .flow('F', 'u', '100/s', (f) => f.step('u -> db', 'write', { table: 'db.t' }));
    expect(known(load(b({ key: 'id' }), 'db').perInstance)).toBeCloseTo(100);
    expect(known(load(b({ key: 'k' }), 'db').perInstance)).toBeCloseTo(25);
    expect(known(load(b({ key: 'id', 'shard-key': 'k' }), 'db').perInstance)).toBeCloseTo(25);
  });

  it('lets the primary answer a query of a table that must be current', () => {
    const b = (requires: string) =>
      new DesignBuilder()
        .component('client', 'u', { peak: '1x' })
        .component(
          'database',
          'db',
          { replicas: '3', failover: 'automatic', capacity: '1000/s' },
          { tables: { account: { key: 'id', requires } }, queries: { balance: { where: ['account.id'] } } },
        )
        .flow('F', 'u', '300/s', (f) => f.step('u -> db', 'read', { query: 'db.balance' }));
    expect(known(load(b('strong'), 'db').perInstance)).toBeCloseTo(300);
    expect(known(load(b('eventual'), 'db').perInstance)).toBeCloseTo(100);
  });

  it('shares the load evenly over the copies of a stamp, or as the flow says', () => {
    const b = (targets: string, shares?: number[]) =>
      new DesignBuilder()
        .region('eu', ['a'])
        .region('us', ['a'])
        .stamp('cell', ['us', 'eu'])
        .component('client', 'u', { peak: '1x' })
        .component('loadbalancer', 'lb', {}, { group: 'cell' })
        .component('service', 'api', { replicas: '2', capacity: '100/s' }, { group: 'cell' })
        .flow('F', 'u', '100/s', (f) => {
          f.step(`u -> ${targets}`, 'call', shares ? { shares } : {});
          f.step('lb -> api');
          if (shares) f.step('lb -> api');
        });
    expect(known(load(b('lb'), 'api').perInstance)).toBeCloseTo(25);
    expect(load(b('lb'), 'api').replicas).toBe(4);
    expect(known(load(b('lb@us'), 'api').perInstance)).toBeCloseTo(50);
  });
});

describe('bytes and connections', () => {
  it('carries requests with the hop and answers against it', () => {
    const { components, connections } = analyse(feed().build()).traffic;
    expect(known(components.get('media')?.ingress)).toBeCloseTo(2 * 1_157.407_407 * 2e6, -3);
    expect(known(components.get('tweets')?.egress)).toBeCloseTo(2 * 1_157_407.407_4 * 400, -2);
    expect(reason(components.get('api')?.ingress)).toContain('PostTweet (users → api)');
    const toTweets = connections.get('api->tweets');
    expect(toTweets?.operations.map((o) => o.operation)).toEqual(['write', 'read']);
    expect(known(toTweets?.total.average)).toBeCloseTo(1_168_981.481, 3);
    expect(connections.get('api->media')?.operations[0]?.condition).toBe('when 10%');
  });
});

describe('what has failed altogether', () => {
  it.each([
    ['stands by and takes over', { replicas: '2', mode: 'active-passive' }],
    ['scales by itself', { autoscale: '2..8 at cpu 60%' }],
    ['is of a fixed number', { replicas: '2' }],
  ])('has no utilisation, whether it %s', (_, properties) => {
    const lb = (b: DesignBuilder) =>
      load(
        b
          .component('client', 'users', { peak: '1x' })
          .component('loadbalancer', 'lb', { capacity: '100/s', ...properties })
          .flow('F', 'users', '50/s', (f) => f.step('users -> lb')),
        'lb',
      );
    expect(known(lb(new DesignBuilder()).utilization)).toBeGreaterThan(0);
    expect(reason(lb(new DesignBuilder().fail('lb')).utilization)).toBe('lb has failed in this scenario');
  });
});
