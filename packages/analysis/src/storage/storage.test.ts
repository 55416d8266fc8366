import { type Estimate, isFigure, known } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

const reason = (e: Estimate | undefined): string | undefined => (e && !isFigure(e) ? e.notEstimated : undefined);

describe('storage', () => {
  const feed = (retention: Record<string, string> = { retention: '5 year' }) =>
    new DesignBuilder()
      .component('client', 'users', { 'daily-active': '100M' })
      .component('service', 'api')
      .component('database', 'tweets', { replicas: '3' }, { tables: { tweet: { row: '400 B', ...retention } } })
      .component('blobstore', 'media', { managed: 'yes' })
      .flow(
        'PostTweet',
        'users',
        '10/day',
        (f) =>
          f
            .step('users -> api')
            .step('api -> tweets', 'write', { table: 'tweets.tweet', request: '9 KB' })
            .step('api -> media', 'write', { when: '10%', request: '2 MB' }),
        {
          each: true,
        },
      )
      .build();

  it('has its indexes and is compressed, as the table or else its store says', () => {
    const { storage } = analyse(
      new DesignBuilder()
        .component('client', 'users')
        .component(
          'database',
          'db',
          { replicas: '2', compression: '4x', indexes: '20%' },
          { tables: { log: { row: '1 KB', retention: '10 day', indexes: '50%' }, item: { row: '1 KB', rows: '1M', compression: '2x' } } },
        )
        .component('stream', 'events', { compression: '5x', retention: '2 day' })
        .flow('F', 'users', '100/day', (f) =>
          f.step('users -> db', 'write', { table: 'db.log' }).step('users -> events', 'publish', { request: '1 KB' }),
        )
        .build(),
    );
    const entry = (id: string) => storage.entries.find((e) => e.element === id);
    // 100 × 1 KB × 1.5 ÷ 4 a day for ten days, twice; 1 GB × 1.2 ÷ 2; 100 × 1 KB ÷ 5 for two days.
    expect(known(entry('db.log')?.perDay)).toBeCloseTo(37_500, 6);
    expect(known(entry('db.log')?.retainedWithCopies)).toBeCloseTo(750_000, 6);
    expect(known(entry('db.item')?.retained)).toBeCloseTo(0.6e9, 3);
    expect(known(entry('events')?.retained)).toBeCloseTo(40_000, 6);
  });

  it('is 200.4 TB a day for 400 B rows and 2 MB with a tenth of them', () => {
    const design = feed();
    const { storage } = analyse(design);
    expect(known(storage.stores.get('tweets')?.perDay)).toBeCloseTo(0.4e12, -2);
    expect(known(storage.stores.get('media')?.perDay)).toBeCloseTo(200e12, -2);
    expect(known(storage.durable.perDay)).toBeCloseTo(200.4e12, -2);
    expect(known(storage.entries[0]?.perDayWithCopies)).toBeCloseTo(1.2e12, -2);
    expect(known(storage.entries[0]?.retained)).toBeCloseTo(0.4e12 * 5 * 365, 0);
    expect(known(storage.entries[0]?.retainedWithCopies)).toBeCloseTo(1.2e12 * 5 * 365, 0);
  });

  it('says what is missing', () => {
    const { storage } = analyse(feed({}));
    expect(reason(storage.entries[0]?.retained)).toBe('tweets.tweet has no retention');
    expect(reason(storage.stores.get('media')?.retained)).toBe('media has no retention');
  });

  it('puts rows that a directory places on one shard', () => {
    const b = new DesignBuilder()
      .component('registry', 'places')
      .component(
        'database',
        'db',
        { replicas: '2', shards: '4 by directory(places)' },
        { tables: { t: { key: 'id', row: '1 KB', rows: '1k' } } },
      );
    expect(known(analyse(b.build()).storage.entries[0]?.retainedWithCopies)).toBe(2e6);
  });

  it('takes rows as the stock, to which writes add nothing, and puts reference tables on every shard', () => {
    const b = new DesignBuilder()
      .component('client', 'u')
      .component(
        'database',
        'db',
        { replicas: '2', shards: '4 by hash(k)' },
        {
          tables: {
            big: { 'shard-key': 'k', row: '50 B', rows: '20G' },
            country: { key: 'code', row: '100 B', rows: '200' },
            seen: { key: 'k', row: '1 KB' },
          },
        },
      )
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'write', { table: 'db.big' }));
    const { entries } = analyse(b.build()).storage;
    expect(entries.map((e) => [e.element, known(e.perDay), known(e.retained), known(e.retainedWithCopies)])).toEqual([
      ['db.big', 0, 1e12, 2e12],
      ['db.country', 0, 20_000, 20_000 * 8],
      ['db.seen', undefined, undefined, undefined],
    ]);
    expect(reason(entries[2]?.perDay)).toBe('no flow writes db.seen, and it has no rows');
  });

  it('keeps a stream over its retention on every replica (published: 1 M/s of 1 KB, 7 days, 3 copies: 1.8144 PB)', () => {
    const b = new DesignBuilder()
      .component('service', 's')
      .component('stream', 'k', { replicas: '3', retention: '7 day' })
      .flow('F', 's', '1000000/s', (f) => f.step('s -> k', 'publish', { request: '1 KB' }));
    expect(known(analyse(b.build()).storage.stores.get('k')?.retainedWithCopies)).toBeCloseTo(1.8144e15, 0);
  });
});
