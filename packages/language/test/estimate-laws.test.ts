// Laws of the estimate, of random designs from their text.
import { analyse, costOf, latencyOf, waitingOf } from '@sysd/analysis';
import { type Cost, type Design, type Estimate, isFigure, known, type Latency, type Traffic, type Waiting } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../src/index.ts';

interface Draft {
  readonly services: readonly { readonly cores: number; readonly time: number; readonly replicas: number }[];
  readonly capacity: number;
  /** From which service, to which (a later one, or the store), and how. */
  readonly steps: readonly { readonly from: number; readonly to: number; readonly how: string }[];
}

const draft: fc.Arbitrary<Draft> = fc.record({
  services: fc.array(
    fc.record({ cores: fc.integer({ min: 1, max: 4 }), time: fc.integer({ min: 1, max: 20 }), replicas: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 4 },
  ),
  capacity: fc.integer({ min: 50, max: 1000 }),
  steps: fc.array(
    fc.record({ from: fc.nat(3), to: fc.nat(4), how: fc.constantFrom('', 'when 30%', 'times 3', 'when 10% times 2', 'optional') }),
    { maxLength: 6 },
  ),
});

/** The design at so many requests a second, with one more replica of the service (or, after them, the store) `more`. */
function textOf({ services, capacity, steps }: Draft, rate: number, more = -1): string {
  const n = services.length;
  const lines = services.map(
    (s, i) =>
      `service s${i} { cores: ${s.cores}, cpu-time: ${s.time} ms, replicas: ${s.replicas + (i === more ? 1 : 0)}, cost: 100 USD/month per node }`,
  );
  const used = steps.map(({ from, to, how }) => {
    const source = from % n;
    const target = source + 1 + (to % (n - source));
    return target >= n ? `  s${source} -> db write 1 KB ${how}` : `  s${source} -> s${target} ${how}`;
  });
  // What is called must have been reached above: every service in turn.
  const chain = services.slice(1).map((_, i) => `  s${i} -> s${i + 1}`);
  return [
    'system S',
    'client u { peak: 1x }',
    ...lines,
    `database db { capacity: ${capacity}/s, latency: p50 2 ms p99 20 ms, replicas: ${more === n ? 2 : 1}, cost: 3 USD per 1M }`,
    `flow F from u at ${rate}/s {`,
    '  u -> s0',
    ...chain,
    ...used,
    '}',
  ].join('\n');
}

interface Answer {
  readonly design: Design;
  readonly traffic: Traffic;
  readonly latency: Latency;
  readonly cost: Cost;
  readonly waiting: readonly Waiting[];
}

function answerOf(text: string): Answer {
  const { design, diagnostics } = lowerText(text);
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  const analysis = analyse(design);
  const { traffic } = analysis;
  return { design, traffic, latency: latencyOf(design), cost: costOf(design, analysis), waiting: waitingOf(design, traffic) };
}

/** Requests/s that fill the busiest part. */
function fullAt(d: Draft): number {
  const { traffic } = answerOf(textOf(d, 1));
  return 1 / Math.max(...[...traffic.components.values()].map((c) => known(c.utilization) ?? 0));
}

/** Numbers of an answer by name; those that are not estimated are infinite: what is over capacity. */
function numbersOf({ traffic, latency, cost, waiting }: Answer): Map<string, number> {
  const of = (e: Estimate) => known(e) ?? Number.POSITIVE_INFINITY;
  return new Map<string, number>([
    ...[...traffic.components].flatMap(([id, c]): [string, number][] =>
      id === 'u'
        ? []
        : [
            [`utilisation ${id}`, of(c.utilization)],
            [`needed ${id}`, of(c.replicasNeeded)],
          ],
    ),
    ...waiting.flatMap((w): [string, number][] => [
      [`share that waits ${w.component}`, of(w.probability)],
      [`mean wait ${w.component}`, of(w.mean)],
      [`p99 wait ${w.component}`, of(w.p99)],
      [`waiting ${w.component}`, of(w.length)],
    ]),
    ...latency.flows.flatMap((f): [string, number][] => [
      [`mean ${f.flow}`, of(f.mean)],
      [`p50 ${f.flow}`, of(f.p50)],
      [`p95 ${f.flow}`, of(f.p95)],
      [`p99 ${f.flow}`, of(f.p99)],
    ]),
    ...cost.totals.map((t): [string, number] => [`cost ${t.label}`, t.value]),
  ]);
}

/** Distributions are computed to about 0.1 %. */
const GRID = 3e-3;

const some = fc.double({ min: 0.05, max: 0.9, noNaN: true });

describe('random designs', () => {
  it('more traffic lowers no utilisation, wait, latency, count of instances or cost', () => {
    fc.assert(
      fc.property(draft, some, fc.double({ min: 1, max: 3, noNaN: true }), (d, load, k) => {
        const rate = load * fullAt(d);
        const [less, more] = [numbersOf(answerOf(textOf(d, rate))), numbersOf(answerOf(textOf(d, rate * k)))];
        expect([...more.keys()]).toEqual([...less.keys()]);
        for (const [name, value] of less) expect(more.get(name), name).toBeGreaterThanOrEqual(value * (1 - GRID));
      }),
      { numRuns: 40 },
    );
  });

  it('one more replica raises no utilisation, wait or latency', () => {
    fc.assert(
      fc.property(draft, some, fc.nat(4), (d, load, which) => {
        const rate = load * fullAt(d);
        const [before, after] = [
          numbersOf(answerOf(textOf(d, rate))),
          numbersOf(answerOf(textOf(d, rate, which % (d.services.length + 1)))),
        ];
        for (const [name, value] of before) {
          if (!name.startsWith('cost') && !name.startsWith('needed')) expect(after.get(name), name).toBeLessThanOrEqual(value * (1 + GRID));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('the parts of a latency, and those of a cost, are the whole', () => {
    fc.assert(
      fc.property(draft, some, (d, load) => {
        const { latency, cost } = answerOf(textOf(d, load * fullAt(d)));
        for (const flow of latency.flows) {
          const parts = flow.contributions.map((c) => known(c.time) ?? Number.NaN);
          const mean = isFigure(flow.mean) ? flow.mean.value : Number.NaN;
          expect(Math.abs(parts.reduce((a, b) => a + b, 0) - mean) / mean).toBeLessThan(GRID);
        }
        // What no flow reaches has no price by use, and is in no sum.
        const priced = cost.components.map((c) => known(c.perMonth) ?? 0).reduce((a, b) => a + b, 0);
        expect(cost.totals.map((t) => t.value)).toEqual([expect.closeTo(priced, 6)]);
      }),
      { numRuns: 40 },
    );
  });
});
