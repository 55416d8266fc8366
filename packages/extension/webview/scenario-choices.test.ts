import { expect, test } from 'vitest';
import { choicesOf, isAnswerTo, problemInWords, scenarioAloud } from './scenario-choices.ts';

const all = [
  { title: 'Sale', text: 'users.peak: 10x', sets: true },
  { title: '', text: '', sets: false },
];

test('the design as it is comes first, then scenarios in text order, even one without a name', () => {
  expect(choicesOf({ all }, undefined).map(({ title, label }) => [title, label])).toEqual([
    [undefined, 'as designed'],
    ['Sale', 'Sale'],
    ['', ''],
  ]);
  expect(choicesOf(undefined, undefined)).toHaveLength(1);
});

test('one that was chosen and is gone stays in the list, so that another can be chosen', () => {
  expect(choicesOf({ all, problem: 'x' }, 'Night').at(-1)).toEqual({ title: 'Night', label: 'Night (gone)', text: '' });
  expect(choicesOf(undefined, 'Night')).toHaveLength(2);
  expect(choicesOf({ all }, 'Sale')).toHaveLength(3);
});

test('an answer about what was chosen before is known', () => {
  expect(isAnswerTo('Sale', { all, shown: 'Sale' })).toBe(true);
  expect(isAnswerTo('Sale', { all, shown: 'Night' })).toBe(false);
  expect(isAnswerTo(undefined, { all, shown: 'Sale' })).toBe(false);
  expect(isAnswerTo('Sale', { all })).toBe(false);
  expect(isAnswerTo('Sale', { all, problem: 'The design has no scenario “Sale”.' })).toBe(true);
  expect(isAnswerTo(undefined, { all, problem: 'The design has no scenario “Sale”.' })).toBe(false);
  expect(isAnswerTo(undefined, undefined)).toBe(true);
  // Nothing can be drawn, in no scenario.
  expect(isAnswerTo('Sale', undefined)).toBe(true);
});

test('in words', () => {
  expect(problemInWords({ all })).toEqual([]);
  expect(problemInWords({ all, problem: 'The design has no scenario “Night”.' })).toEqual([
    'The design has no scenario “Night”. The drawing is as designed.',
  ]);
  expect(scenarioAloud({ all, shown: 'Sale' })).toBe('Scenario Sale: users.peak: 10x.');
  expect(scenarioAloud({ all })).toBe('As designed.');
});
