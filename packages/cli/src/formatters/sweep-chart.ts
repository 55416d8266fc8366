import { formatQuantity, isFigure, type MeasureName } from '@sysd/core';
import { type ChartLine, renderLineChart } from '@sysd/diagram';
import type { Sweep } from '../sweep.ts';
import { measureValue } from './measures.ts';
import { sweptName } from './sweep-parts.ts';

/** Marks files that sysd wrote, which it may write again. */
export const CHART_MARK = '<!-- Made by sysd. Sweeping again replaces this file. -->';

/** Lines that one can still tell apart. */
const MOST_LINES = 6;

/** Utilisation and instances needed of the busiest components over the sweep, as SVG. */
export function sweepChart(sweep: Sweep): string {
  const { spec, points } = sweep;
  const last = points.at(-1);
  const busiest = (last?.headroom ?? []).slice(0, MOST_LINES).map((h) => h.component);
  const linesOf = (name: MeasureName): ChartLine[] =>
    busiest.map((component) => ({
      name: component,
      points: points.map(({ value, measures }) => {
        const estimate = measures.find((m) => m.element === component && m.name === name)?.estimate;
        return [value, isFigure(estimate) ? estimate.value : undefined];
      }),
    }));
  const svg = renderLineChart({
    title: `${last?.design.title ?? last?.design.id ?? ''}: what ${sweptName(sweep)} makes of it`,
    x: { title: sweptName(sweep), log: spec.scale === 'log', format: (value) => formatQuantity(value, spec.dimension, 3) },
    panels: [
      {
        title: 'Utilisation at peak',
        lines: linesOf('utilization'),
        format: (value) => measureValue('utilization', value),
        level: { value: 1, name: 'full' },
      },
      {
        title: 'Instances needed',
        lines: linesOf('instances-needed'),
        format: (value) => formatQuantity(value, { time: 0, data: 0, usd: 0, eur: 0 }, 3),
      },
    ],
  });
  return `${svg}\n${CHART_MARK}\n`;
}
