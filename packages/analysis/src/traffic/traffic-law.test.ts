import { type Design, isFigure, known } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

interface Plan {
  readonly at: readonly number[];
  readonly steps: readonly {
    from: number;
    to: number;
    other: number;
    when: number;
    times: number;
    miss: boolean;
    write: boolean;
    either: boolean;
  }[];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  at: fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 3 }),
  steps: fc.array(
    fc.record({
      from: fc.nat(20),
      to: fc.nat(5),
      other: fc.nat(5),
      when: fc.integer({ min: 0, max: 100 }),
      times: fc.integer({ min: 0, max: 20 }),
      miss: fc.boolean(),
      write: fc.boolean(),
      either: fc.boolean(),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

function designOf({ at, steps }: Plan, factor = 1): Design {
  const b = new DesignBuilder()
    .component('client', 'u', { peak: '3x' })
    .component('service', 't0', { cores: '2', 'cpu-time': '5 ms', replicas: '3' })
    .component('service', 't1', { capacity: '70/s', replicas: '2' })
    .component('service', 't2', { cores: '4', capacity: '10/s per core' })
    .component('cache', 't3', { 'hit-ratio': '80%', capacity: '1000/s' })
    .component('database', 't4', { replicas: '3', capacity: '100/s for read, 30/s for write' })
    .component('database', 't5', { replicas: '2', shards: '4 by hash(k)', skew: '1.5x', capacity: '50/s' });
  at.forEach((rate, i) => {
    b.flow(`F${i}`, 'u', `${rate * factor}/s`, (f) => {
      const reached = ['u'];
      let cached = '';
      for (const s of steps) {
        const from = reached[s.from % reached.length] as string;
        const [to, other] = [`t${s.to}`, `t${s.other}`];
        if (from === to || from === other) continue;
        const op = to === 't3' || !s.write ? 'read' : 'write';
        const more = { when: `${s.when}%`, times: String(s.times), ...(s.miss && cached === from ? { miss: 't3' } : {}) };
        f.step(s.either && to !== other ? `${from} -> ${to} | ${other}` : `${from} -> ${to}`, op, more);
        if (to === 't3') cached = from;
        reached.push(to);
      }
    });
  });
  return b.build();
}

const close = (a: number | undefined, b: number | undefined): void => {
  if (a === undefined || b === undefined) expect(a).toBe(b);
  else expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a), Math.abs(b)));
};

describe('laws of traffic', () => {
  it('scaling every demand by k scales every rate and utilisation by k', () => {
    fc.assert(
      fc.property(plan, fc.integer({ min: 1, max: 50 }), (p, k) => {
        const [one, many] = [analyse(designOf(p)).traffic, analyse(designOf(p, k)).traffic];
        for (const [id, load] of one.components) {
          const other = many.components.get(id);
          close((known(load.total.peak) ?? Number.NaN) * k || undefined, known(other?.total.peak) || undefined);
          close((known(load.utilization) ?? Number.NaN) * k || undefined, known(other?.utilization) || undefined);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('more demand never lowers a rate, a utilisation or a count of instances', () => {
    fc.assert(
      fc.property(plan, fc.nat(2), fc.integer({ min: 1, max: 100_000 }), (p, which, more) => {
        const [less, greater] = [
          analyse(designOf(p)).traffic,
          analyse(designOf({ ...p, at: p.at.map((a, i) => (i === which % p.at.length ? a + more : a)) })).traffic,
        ];
        for (const [id, load] of less.components) {
          const other = greater.components.get(id);
          for (const key of ['utilization', 'replicasNeeded', 'replicasAtFull', 'perInstance', 'cores'] as const) {
            const [a, b] = [known(load[key]), known(other?.[key])];
            expect(b === undefined).toBe(a === undefined);
            if (a !== undefined && b !== undefined) expect(b).toBeGreaterThanOrEqual(a * (1 - 1e-9));
          }
          const [a, b] = [known(load.total.average), known(other?.total.average)];
          if (a !== undefined && b !== undefined) expect(b).toBeGreaterThanOrEqual(a * (1 - 1e-9));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('what flows bring to a component adds up to its total, reads and writes apart', () => {
    fc.assert(
      fc.property(plan, (p) => {
        const design = designOf(p);
        const { traffic } = analyse(design);
        for (const [id, load] of traffic.components) {
          let total = 0;
          for (const flow of design.flows.values()) {
            flow.stops.forEach((stop, i) => {
              if (stop.component === id) total += known(traffic.flows.get(flow.id)?.stops[i]?.peak) ?? 0;
            });
          }
          if (isFigure(load.total.peak)) close(load.total.peak.value, total);
          const apart = (known(load.reads.peak) ?? 0) + (known(load.writes.peak) ?? 0);
          if (id !== 'u' && isFigure(load.total.peak)) close(apart, load.total.peak.value);
        }
      }),
      { numRuns: 150 },
    );
  });
});
