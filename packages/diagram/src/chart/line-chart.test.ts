import { DOMParser } from '@xmldom/xmldom';
import { describe, expect, it } from 'vitest';
import { type LineChart, renderLineChart } from './line-chart.ts';
import { axisOver, positionOn, ticksOf } from './ticks.ts';

const chart: LineChart = {
  title: 'T <&"',
  x: { title: 'x', log: true, format: String },
  panels: [
    {
      title: 'Utilisation',
      format: (v) => `${v * 100} %`,
      level: { value: 1, name: 'full' },
      lines: [
        {
          name: '<api>',
          points: [
            [1, 0.01],
            [10, 0.1],
            [100, 1],
          ],
        },
        {
          name: 'db',
          points: [
            [1, 0.5],
            [10, undefined],
            [100, undefined],
          ],
        },
      ],
    },
  ],
};

it('is well-formed, says the same each time, and escapes names', () => {
  const svg = renderLineChart(chart);
  expect(renderLineChart(chart)).toBe(svg);
  const errors: string[] = [];
  new DOMParser({ onError: (_, message) => errors.push(message) }).parseFromString(svg, 'image/svg+xml');
  expect(errors).toEqual([]);
  expect(svg).toContain('&lt;api&gt;');
  expect(svg).toContain('db (unknown beyond)');
});

it('a power law is a straight line from corner to corner of logarithmic axes', () => {
  const points = /<polyline points="([^"]*)"/
    .exec(renderLineChart(chart))?.[1]
    ?.split(' ')
    .map((p) => p.split(',').map(Number));
  // Plot area: x from 72 to 670, y from 80 (the top) to 310.
  expect(points).toEqual([
    [72, 310],
    [371, 195],
    [670, 80],
  ]);
});

it('draws nothing that is not a number', () => {
  const empty = renderLineChart({ ...chart, panels: [{ title: 'none', format: String, lines: [] }] });
  const flat = renderLineChart({
    ...chart,
    panels: [
      {
        title: 'flat',
        format: String,
        lines: [
          {
            name: 'a',
            points: [
              [5, 0],
              [5, 0],
            ],
          },
        ],
      },
    ],
  });
  for (const svg of [empty, flat]) expect(svg).not.toMatch(/NaN|Infinity/);
});

describe('axes', () => {
  it('label powers of ten, and steps between them where there are few', () => {
    expect(ticksOf({ log: true, low: 1e6, high: 1e9 })).toEqual([1e6, 1e7, 1e8, 1e9]);
    expect(ticksOf({ log: true, low: 3, high: 60 })).toEqual([5, 10, 20, 50]);
    expect(ticksOf({ log: true, low: 1, high: 1e12 })).toEqual([1, 100, 1e4, 1e6, 1e8, 1e10, 1e12]);
    expect(ticksOf({ log: false, low: 0, high: 1 })).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
    expect(ticksOf({ log: false, low: 0, high: 285 })).toEqual([0, 100, 200]);
  });

  it('hold all values; below or at 0 there is no logarithm', () => {
    expect(axisOver([2, 8], true)).toEqual({ log: true, low: 2, high: 8 });
    expect(axisOver([0, 8], true)).toEqual({ log: false, low: 0, high: 8 });
    expect(axisOver([5, 5], true)).toEqual({ log: true, low: 2.5, high: 10 });
    expect(positionOn({ log: true, low: 1, high: 100 }, 10)).toBeCloseTo(0.5);
  });
});

it('has few ticks where values differ in their last digits only, and none that is no number', () => {
  expect(ticksOf({ log: false, low: 1e17, high: 1e17 + 32 }).length).toBeLessThan(10);
  const flat = renderLineChart({
    title: 'flat',
    x: { title: 'x', log: false, format: String },
    panels: [
      {
        title: 'y',
        format: String,
        lines: [
          {
            name: 'a',
            points: [
              [1, 1],
              [1, 1],
            ],
          },
        ],
      },
    ],
  });
  expect(flat).not.toContain('NaN');
});
