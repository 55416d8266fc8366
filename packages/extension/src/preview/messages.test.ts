import { expect, test } from 'vitest';
import { readMessage } from './messages.ts';

test('messages of the page are read', () => {
  for (const message of [
    { type: 'ready' },
    { type: 'overlay', overlay: 'load' },
    { type: 'reveal', element: 'api', focus: true },
    { type: 'export', what: 'svg' },
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
  ];
  expect(others.map(readMessage)).toEqual(others.map(() => undefined));
});
