import { expect, test } from 'vitest';
import type { DiagramLayout, Point } from './layout-result.ts';
import { countCrossings, layoutCost } from './score.ts';

const layout = (...edges: (readonly [number, number])[][]): DiagramLayout => ({
  key: '',
  width: 100,
  height: 60,
  nodes: [],
  frames: [],
  edges: edges.map((e) => ({ points: e.map(([x, y]): Point => ({ x, y })) })),
});

test('counts a cross once, and neither touching ends nor an edge’s own corners', () => {
  const cross = layout(
    [
      [0, 10],
      [20, 10],
    ],
    [
      [10, 0],
      [10, 20],
    ],
  );
  expect(countCrossings(cross)).toBe(1);
  const touching = layout(
    [
      [0, 10],
      [20, 10],
    ],
    [
      [10, 10],
      [10, 20],
    ],
  );
  expect(countCrossings(touching)).toBe(0);
  const loop = layout([
    [0, 0],
    [20, 0],
    [20, 20],
    [10, 20],
    [10, -10],
  ]);
  expect(countCrossings(loop)).toBe(0);
});

test('cost is 200 a crossing, 20 a bend, the length, and half of width and height', () => {
  const one = layout([
    [0, 0],
    [0, 30],
    [40, 30],
  ]);
  expect(layoutCost(one)).toBe(20 + 70 + (100 + 60) / 2);
});
