import { expect, it } from 'vitest';
import { firstDifference } from './difference.ts';

const span = (offset: number, start: number) => ({ block: { uri: 'file:///a', offset }, start, end: start + 1 });

it('compares spans by where they stand', () => {
  expect(firstDifference({ span: span(10, 5) }, { span: span(12, 3) })).toBeUndefined();
  expect(firstDifference({ span: span(10, 5) }, { span: span(12, 5) })).toMatchObject({ path: '.span.start', left: '15', right: '17' });
});

it('tells where maps, sets, lists and objects differ, and that their order does', () => {
  expect(firstDifference(new Map([['a', [1, { b: 2 }]]]), new Map([['a', [1, { b: 3 }]]]))?.path).toBe('[a][1][1].b');
  expect(firstDifference(new Map(Object.entries({ a: 1, b: 2 })), new Map(Object.entries({ b: 2, a: 1 })))).toBeDefined();
  expect(firstDifference(new Set([1, 2]), new Set([1]))?.path).toBe('[1] (2 and 1 of them)');
  expect(firstDifference({ a: undefined }, {})).toBeUndefined();
  expect(firstDifference({ a: [] }, { a: {} })).toBeDefined();
  expect(firstDifference([Number.NaN, 0], [Number.NaN, -0])).toBeDefined();
});

it('looks at shared parts once', () => {
  const tower = (top: number) => {
    let one: object = { top };
    for (let i = 0; i < 60; i++) one = { left: one, right: one };
    return one;
  };
  expect(firstDifference(tower(1), tower(1))).toBeUndefined();
  expect(firstDifference(tower(1), tower(2))).toBeDefined();
});
