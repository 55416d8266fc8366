import { readFileSync } from 'node:fs';
import { TextMap } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const feed = readFileSync(new URL('../../test/fixtures/feed.sysd', import.meta.url), 'utf8').replace('import "./platform.sysd"\n', '');

it('lowers the example of the language without errors', () => {
  const { design, diagnostics, hasSystem } = lowerText(feed);
  expect(diagnostics).toEqual([]);
  expect(hasSystem).toBe(true);
  expect(design).toMatchObject({ id: 'Feed', doc: 'A Twitter-like feed for 100 million daily users.' });
  expect([...design.components.keys()]).toEqual([
    'users',
    'names',
    'edge',
    'lb',
    'api',
    'timelines',
    'tweets',
    'media',
    'fanout',
    'fanout-worker',
  ]);
  expect(design.flows.get('PostTweet')?.hops.map((h) => `${h.operation} ${h.times?.text ?? h.when?.text ?? ''}`.trim())).toEqual([
    'resolve',
    'call',
    'call',
    'write',
    'write photo-share',
    'publish',
    'consume',
    'write followers',
  ]);
  expect(design.flows.get('ReadTimeline')?.hops.at(-1)).toMatchObject({
    query: 'tweets.home-timeline',
    miss: { cache: 'timelines', read: 3 },
  });
  expect(design.accepts).toMatchObject([{ rule: 'single-point-of-failure', element: 'names' }]);
  expect([...design.technologies.keys()]).toEqual(['route53', 'cloudfront', 'haproxy', 'redis', 'postgres', 's3', 'kafka']);
});

it('gives the same design for the same text', () => {
  const plain = (text: string) => JSON.stringify(lowerText(text).design, (_, v) => (v instanceof Map || v instanceof TextMap ? [...v] : v));
  expect(plain(feed)).toBe(plain(feed));
});

it('lowers any text: truncations, cut lines and random tokens', () => {
  const lines = feed.split('\n');
  for (let i = 0; i < lines.length; i++) lowerText(lines.toSpliced(i, 1).join('\n'));
  for (let i = 0; i < feed.length; i += 7) lowerText(feed.slice(0, i));
  const token = fc.constantFrom(
    ...'a b a.b a@b -> ~> { } : , ( ) + = | 10% 3 MB "x" service cache flow from at each table query join where when on miss of else parallel group across region zones scenario fail accept let expect view import system technology replicas in'.split(
      ' ',
    ),
    '\n',
    '\n',
  );
  fc.assert(
    fc.property(fc.array(token, { maxLength: 120 }), (tokens) => lowerText(tokens.join(' ')).design !== undefined),
    { numRuns: 400 },
  );
});

it('every error lies inside its file', () => {
  for (let i = 0; i < feed.length; i += 31) {
    const text = feed.slice(0, i);
    for (const { span, message } of lowerText(text).diagnostics) {
      const start = span.block.offset + span.start;
      expect(start >= 0 && start <= text.length && span.end >= span.start && span.block.offset + span.end <= text.length, message).toBe(
        true,
      );
    }
  }
});
