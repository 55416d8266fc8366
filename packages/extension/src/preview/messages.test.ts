import { expect, test } from 'vitest';
import { readFailed, readMessage } from './messages.ts';

test('messages of the page are read', () => {
  for (const message of [
    { type: 'ready' },
    { type: 'overlay', overlay: 'load' },
    { type: 'reveal', element: 'api', focus: true },
    { type: 'export', what: 'svg' },
    { type: 'ready', failed: ['us.a'] },
    { type: 'ready', failed: ['us.a'], traffic: { factor: 5, element: 'api' } },
    { type: 'traffic', traffic: { factor: 1.5 } },
    { type: 'traffic', traffic: { factor: 100, element: '__proto__' } },
    { type: 'outcome' },
    { type: 'ready', scenario: 'Black Friday' },
    { type: 'scenario', scenario: 'Lose "one" zone' },
    { type: 'scenario', scenario: '' },
    { type: 'scenario', scenario: null },
    { type: 'copy', text: "sysd estimate 'my feed.sysd' --traffic 5" },
    { type: 'fail', failed: null },
    { type: 'fail', failed: [] },
    { type: 'fail', failed: ['us.a', 'api 2', 'lb@eu', '__proto__'] },
  ]) {
    expect(readMessage(message)).toEqual(message);
  }
});

test('anything else is left alone', () => {
  const others = [
    null,
    'ready',
    {},
    { type: 'overlay', overlay: 'heat' },
    { type: 'reveal', element: 3 },
    { type: 'export', what: '../x' },
    { type: 'traffic', traffic: 5 },
    { type: 'traffic', traffic: null },
    { type: 'traffic', traffic: { factor: 0.5 } },
    { type: 'traffic', traffic: { factor: 101 } },
    { type: 'traffic', traffic: { factor: Number.NaN } },
    { type: 'traffic', traffic: { factor: '5' } },
    { type: 'traffic', traffic: { factor: 5, element: 3 } },
    { type: 'ready', traffic: { factor: -1 } },
    { type: 'scenario' },
    { type: 'scenario', scenario: 3 },
    { type: 'ready', scenario: null },
    { type: 'copy', text: 'sysd\nrm' },
    { type: 'copy', text: '' },
    { type: 'copy' },
    { type: 'fail' },
    { type: 'fail', failed: 'us.a' },
    { type: 'fail', failed: ['us.a', 3] },
    { type: 'fail', failed: [''] },
    { type: 'fail', failed: ['us.a\nfail api'] },
    { type: 'fail', failed: ['x'.repeat(301)] },
    { type: 'fail', failed: Array.from({ length: 101 }, (_, i) => `c${i}`) },
    { type: 'fail', failed: { length: 1, 0: 'us.a' } },
    { type: 'ready', failed: [null] },
  ];
  expect(others.map(readMessage)).toEqual(others.map(() => undefined));
});

test('what a command is given is read as the page is', () => {
  expect(readFailed(['us.a'])).toEqual(['us.a']);
  expect([undefined, null, 'us.a', [1], [['us.a']]].map(readFailed)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
