import { COUNT, type Dimension, type Estimate, type Figure, known, notEstimated, TIME } from '@sysd/core';
import { expect, it } from 'vitest';
import { waitingParts } from './waiting-parts.ts';

const figure = (value: number, dimension: Dimension = COUNT): Figure => ({ value, dimension, label: '', formula: '', inputs: [] });
const show = (estimate: Estimate, text: (value: number) => string) => {
  const value = known(estimate);
  return value === undefined ? '–' : text(value);
};

it('says what a bounded queue refuses, in a column that is there where there is one', () => {
  const queue = (component: string) => ({
    component,
    servers: figure(1),
    utilization: figure(0.5),
    probability: figure(0.5),
    mean: figure(1, TIME),
    meanOfWaiting: figure(2, TIME),
    p95: figure(3, TIME),
    p99: figure(4, TIME),
    length: figure(0.5),
    inSystem: figure(1),
  });
  const [part, note] = waitingParts([queue('a'), { ...queue('w'), queue: 'q', maxLength: figure(4), refused: figure(0.1) }], show);
  expect(part && 'table' in part && part.table.rows.map((row) => row.slice(0, 5))).toEqual([
    ['a', '1', '50 %', '', '50 %'],
    ['q → w', '1', '50 %', '10 %', '50 %'],
  ]);
  expect(note).toEqual({
    lines: ['w: all instances take from one queue.', 'Where messages are refused (max-length), the waits are those of the others.'],
  });
});

it('tells next to nothing as a bound, nothing as nothing, and which instances share a queue', () => {
  const [part, note] = waitingParts(
    [
      {
        component: 'db',
        queue: 'q',
        servers: figure(4),
        utilization: figure(1e-7),
        probability: figure(2.7e-11),
        mean: figure(1.9e-15, TIME),
        meanOfWaiting: figure(7e-5, TIME),
        p95: figure(0, TIME),
        p99: notEstimated('no'),
        length: figure(3.36e-14),
        inSystem: figure(0.00503),
      },
    ],
    show,
  );
  expect(note).toEqual({ lines: ['db: all instances take from one queue.'] });
  expect(part && 'table' in part && part.table.rows).toEqual([
    ['q → db', '4', '< 0.001 %', '< 0.001 %', '< 1 us', '0 s', '–', '< 0.001', '0.00503'],
  ]);
});
