import { type Estimate, formatQuantity, formatRatio, significant, TIME, type Waiting } from '@sysd/core';
import type { Part } from './parts.ts';

/** Nobody waits for less than a microsecond, and in less than a thousandth of all moments. */
const duration = (seconds: number): string => (seconds > 0 && seconds < 1e-6 ? '< 1 us' : formatQuantity(seconds, TIME));
const mean = (count: number): string => (count > 0 && count < 1e-3 ? '< 0.001' : significant(count, 3));

/** The queue at the busiest instance of each component; nothing where none is known. */
export function waitingParts(
  waiting: readonly Waiting[],
  missing: (estimate: Estimate, show: (value: number) => string) => string,
): Part[] {
  if (waiting.length === 0) return [];
  const bounded = waiting.some((w) => w.refused !== undefined);
  const header = [
    'Queue of the\nbusiest instance',
    'servers',
    'utilisation\nat peak',
    ...(bounded ? ['refused'] : []),
    'share\nthat waits',
    'mean\nwait',
    'p95\nwait',
    'p99\nwait',
    'waiting',
    'waiting or\nin service',
  ];
  const rows = waiting.map((w) => [
    w.queue === undefined ? w.component : `${w.queue} → ${w.component}`,
    mean(w.servers.value),
    formatRatio(w.utilization.value),
    ...(bounded ? [w.refused === undefined ? '' : missing(w.refused, formatRatio)] : []),
    missing(w.probability, formatRatio),
    missing(w.mean, duration),
    missing(w.p95, duration),
    missing(w.p99, duration),
    missing(w.length, mean),
    missing(w.inSystem, mean),
  ]);
  const shared = waiting.filter((w) => w.queue !== undefined);
  const lines = [
    ...(shared.length > 0 ? [`${shared.map((w) => w.component).join(', ')}: all instances take from one queue.`] : []),
    ...(bounded ? ['Where messages are refused (max-length), the waits are those of the others.'] : []),
  ];
  return [{ table: { header, rows } }, ...(lines.length > 0 ? [{ lines }] : [])];
}

/** The same as plain data (`schemas/estimate.schema.json`). */
export function waitingJson(waiting: readonly Waiting[], figure: (estimate: Estimate) => object): object[] {
  return waiting.map(({ component, queue, ...figures }) => ({
    component,
    ...(queue === undefined ? {} : { queue }),
    ...Object.fromEntries(Object.entries(figures).map(([name, estimate]) => [name, figure(estimate)])),
  }));
}

/** What each figure of a queue is called. */
export function waitingFigures(
  waiting: readonly Waiting[],
): { readonly element: string; readonly quantity: string; readonly estimate: Estimate }[] {
  return waiting.flatMap((w) => {
    const all: readonly (readonly [string, Estimate])[] = [
      [w.queue === undefined ? 'servers of an instance' : 'servers of all instances', w.servers],
      ...(w.maxLength ? [['messages that the queue holds', w.maxLength] as const] : []),
      ...(w.refused ? [['share of messages that are refused', w.refused] as const] : []),
      ['share of requests that wait', w.probability],
      ['mean wait', w.mean],
      ['mean wait of those that wait', w.meanOfWaiting],
      ['p95 wait', w.p95],
      ['p99 wait', w.p99],
      ['requests that wait', w.length],
      ['requests that wait or are in service', w.inSystem],
    ];
    return all.map(([quantity, estimate]) => ({ element: w.component, quantity, estimate }));
  });
}
