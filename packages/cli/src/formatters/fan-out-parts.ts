import { COUNT, type Estimate, type FanOut, formatQuantity, TIME } from '@sysd/core';
import type { NamedEstimate } from './estimate-figures.ts';
import type { Part } from './parts.ts';

type Missing = (estimate: Estimate, show: (value: number) => string) => string;

const count = (value: number): string => formatQuantity(value, COUNT);
const duration = (seconds: number): string => formatQuantity(seconds, TIME);

/** The largest fan-outs; nothing where no step says its largest. */
export function fanOutParts(fanOuts: readonly FanOut[], missing: Missing): Part[] {
  if (fanOuts.length === 0) return [];
  const header = [
    'Largest fan-outs',
    'step',
    'on average',
    'at most',
    'work',
    'time at\nspare capacity',
    'slowest',
    'objective of\nthe completion',
  ];
  const rows = fanOuts.map((f) => {
    // Says why a part is not known also where the time of the others is told.
    const times = f.parts.map((p) => missing(p.time, duration));
    const time = missing(f.time, duration);
    return [
      f.flow,
      f.step,
      count(f.average.value),
      count(f.largest.value),
      f.slowest ? missing(f.slowest.work, duration) : '–',
      f.slowest && !f.whole && times.length > 0 ? `at least ${time}` : time,
      f.slowest?.component ?? '',
      f.objective ? `${f.objective.metric} ${f.objective.relation} ${f.objective.bound.text ?? duration(f.objective.bound.value)}` : '',
    ];
  });
  return [{ table: { header, rows, align: ['left', 'left', 'right', 'right', 'right', 'right', 'left', 'left'] } }];
}

/** The same as plain data (`schemas/estimate.schema.json`). */
export function fanOutJson(fanOuts: readonly FanOut[], figure: (estimate: Estimate) => object): object[] {
  return fanOuts.map((f) => ({
    flow: f.flow,
    step: f.hop,
    average: figure(f.average),
    largest: figure(f.largest),
    time: figure(f.time),
    ...(f.slowest ? { slowest: f.slowest.component } : {}),
    components: f.parts.map(({ component, requests, work, time }) => ({
      component,
      requests: figure(requests),
      work: figure(work),
      time: figure(time),
    })),
    ...(f.objective ? { objective: { metric: f.objective.metric, bound: f.objective.bound.value } } : {}),
  }));
}

/** Figures with their names, for `--explain` and CSV. */
export function fanOutFigures(fanOuts: readonly FanOut[]): NamedEstimate[] {
  return fanOuts.flatMap(({ flow, step, parts }) =>
    parts.flatMap(({ component, requests, work, time }) => {
      const of = `the largest fan-out ${step} in ${flow}`;
      return [
        { element: component, quantity: `requests of ${of}`, estimate: requests },
        { element: component, quantity: `work of ${of}`, estimate: work },
        { element: component, quantity: `time of ${of}`, estimate: time },
      ];
    }),
  );
}
