import { COUNT, type Figure } from '@sysd/core';
import { expect, it } from 'vitest';
import { DerivationTable, derivationLines } from './derivation.ts';

const figure = (label: string, inputs: readonly Figure[] = []): Figure => ({
  value: 1,
  dimension: COUNT,
  label,
  ...(inputs.length > 0 ? { formula: inputs.map((i) => i.label).join(' × '), inputs } : { text: '1' }),
});

it('writes a shared part once, in text and in JSON', () => {
  const [a, b] = [figure('a'), figure('b')];
  const shared = figure('shared', [a, b]);
  const top = figure('top', [figure('left', [shared]), figure('right', [shared, a])]);
  expect(derivationLines(top)).toEqual([
    'top: 1 = left × right',
    '  left: 1 = shared',
    '    shared: 1 = a × b',
    '      a: 1',
    '      b: 1',
    '  right: 1 = shared × a',
    '    shared: 1 (see above)',
    '    a: 1',
  ]);
  const table = new DerivationTable();
  expect(table.add(top)).toBe(5);
  expect(table.add(shared)).toBe(2);
  expect(table.entries).toMatchObject([
    { label: 'a' },
    { label: 'b' },
    { label: 'shared', inputs: [0, 1] },
    { label: 'left', inputs: [2] },
    { label: 'right', inputs: [2, 0] },
    { label: 'top', inputs: [3, 4] },
  ]);
});

it('lists an input once that a figure has twice', () => {
  const a = figure('a', [figure('leaf')]);
  expect(derivationLines(figure('square', [a, a]))).toEqual(['square: 1 = a × a', '  a: 1 = leaf', '    leaf: 1']);
});

it('takes derivations of any depth', () => {
  let deep = figure('leaf');
  for (let i = 0; i < 50_000; i++) deep = figure('step', [deep]);
  expect(derivationLines(deep)).toHaveLength(50_001);
  expect(new DerivationTable().add(deep)).toBe(50_000);
});
