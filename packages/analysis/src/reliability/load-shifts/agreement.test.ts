import type { Design, FailTarget, Flow, Kind } from '@sysd/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DesignBuilder } from '../../testing/design-builder.ts';
import { nowhere } from '../../testing/properties.ts';
import { effectsOf } from '../effects/effects.ts';
import { evaluate } from '../evaluate.ts';
import type { FaultTree } from '../fault-tree.ts';
import { flowFailure } from '../flow-failure.ts';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { isOverCapacity } from '../over-capacity.ts';

interface Part {
  readonly kind: Kind;
  readonly replicas: number;
  readonly stamped: boolean;
  readonly in: 'us' | 'eu' | undefined;
  readonly failover: boolean;
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly as: 'plain' | 'alternatives' | 'else' | 'optional' | 'cached' | 'retried';
}

interface Draft {
  readonly parts: readonly Part[];
  readonly steps: readonly Step[];
  readonly more: readonly Step[];
  readonly rates: readonly [number, number];
  readonly fails: readonly { readonly part: number; readonly how: 'all' | 'one' | 'us' | 'eu' | 'us copy' }[];
}

const part: fc.Arbitrary<Part> = fc.record({
  kind: fc.constantFrom<Kind>('service', 'service', 'service', 'database', 'cache', 'cdn'),
  replicas: fc.integer({ min: 1, max: 4 }),
  stamped: fc.boolean(),
  in: fc.constantFrom(undefined, undefined, 'us' as const, 'eu' as const),
  failover: fc.boolean(),
});

const step: fc.Arbitrary<Step> = fc.record({
  from: fc.nat(20),
  to: fc.nat(20),
  other: fc.nat(20),
  as: fc.constantFrom('plain', 'plain', 'alternatives', 'else', 'optional', 'cached', 'cached', 'retried'),
});

const draft: fc.Arbitrary<Draft> = fc.record({
  parts: fc.array(part, { minLength: 2, maxLength: 6 }),
  steps: fc.array(step, { minLength: 1, maxLength: 6 }),
  more: fc.array(step, { minLength: 0, maxLength: 3 }),
  rates: fc.tuple(fc.integer({ min: 5, max: 200 }), fc.integer({ min: 5, max: 100 })),
  fails: fc.uniqueArray(fc.record({ part: fc.nat(5), how: fc.constantFrom('all', 'one', 'us', 'eu', 'us copy') }), {
    minLength: 1,
    maxLength: 5,
    selector: (f) => `${f.part} ${f.how}`,
  }),
});

/** One instance carries 70 requests/s at its 70 %. */
function designOf(d: Draft): DesignBuilder {
  const b = new DesignBuilder()
    .region('us', ['a'])
    .region('eu', ['a'])
    .stamp('cell', ['us', 'eu'])
    .component('client', 'u', { peak: '1x' });
  d.parts.forEach((p, i) => {
    const store = p.kind === 'database' || p.kind === 'cache';
    b.component(
      p.kind,
      `p${i}`,
      {
        replicas: String(p.replicas),
        health: 'tcp',
        ...(store || p.kind === 'cdn' ? { capacity: '100/s' } : { cores: '1', 'cpu-time': '10 ms' }),
        ...(p.kind === 'cache' || p.kind === 'cdn' ? { 'hit-ratio': '80%' } : {}),
        ...(p.failover ? { failover: 'automatic' } : {}),
      },
      p.stamped ? { group: 'cell' } : p.in ? { at: Array.from({ length: p.replicas }, () => `${p.in}.a`) } : {},
    );
  });
  const kindOf = (id: string) => d.parts[Number(id.slice(1))]?.kind;
  const operation = (id: string) => (kindOf(id) === 'database' || kindOf(id) === 'cache' ? ('read' as const) : undefined);
  [d.steps, d.more].forEach((steps, flow) => {
    if (steps.length === 0) return;
    b.flow(`F${flow}`, 'u', `${d.rates[flow]}/s`, (f) => {
      const name = (n: number) => `p${n % d.parts.length}`;
      const start = name(flow);
      f.step(`u -> ${start}`, operation(start));
      const reached = [start];
      const after = (from: string, to: string) => Number(to.slice(1)) > Number(from.slice(1));
      for (const s of steps) {
        const from = reached[s.from % reached.length] as string;
        const [to, other] = [name(s.to), name(s.other)];
        if (!after(from, to)) continue;
        const both = after(from, other) && other !== to;
        if (kindOf(from) === 'cdn') f.step(`${from} -> ${to}`, operation(to), { miss: 'self' });
        else if (s.as === 'alternatives' && both && operation(to) === operation(other)) {
          f.step(`${from} -> ${to} | ${other}`, operation(to));
          reached.push(other);
        } else if (s.as === 'cached' && kindOf(to) === 'cache' && both) {
          f.step(`${from} -> ${to}`, 'read').step(`${from} -> ${other}`, operation(other), { miss: to });
          reached.push(other);
        } else f.step(`${from} -> ${to}`, operation(to), { optional: s.as === 'optional' });
        if (s.as === 'retried') b.connection(from, to, { retries: '2' });
        if (s.as === 'else' && both && kindOf(from) !== 'cdn') {
          f.step(`${from} -> ${other}`, operation(other), { else: true });
          reached.push(other);
        }
        reached.push(to);
      }
    });
  });
  return b;
}

/** What may fail, one thing each: an instance of a copy (as often as there are so many), or a region. */
function targetsOf(d: Draft, design: Design): FailTarget[] {
  const found: FailTarget[] = [];
  const places = new Set<string>();
  for (const { part: n, how } of d.fails) {
    const id = `p${n % d.parts.length}`;
    if (how === 'us' || how === 'eu') {
      if (!places.has(how)) found.push({ element: how, span: nowhere });
      places.add(how);
      continue;
    }
    for (const copy of design.components.get(id)?.copies ?? []) {
      if (how === 'us copy' && copy.place === 'eu') continue;
      const count = how === 'one' ? 1 : copy.instances.reduce((sum, run) => sum + run.count, 0);
      for (let i = 0; i < count; i++)
        found.push({ element: id, instances: 1, span: nowhere, ...(copy.place === undefined ? {} : { copy: copy.place }) });
    }
  }
  return found.slice(0, 7);
}

/** The failure function with so much failed as the scenario of the design says. */
function failsAt(tree: FaultTree, failing: Design): boolean {
  const failed = new Map<string, number>();
  for (const flow of failing.flows.values())
    for (const e of flowFailure({ design: failing, loadBearing: new Map(), meshes: [] }, flow, false).tree.events)
      failed.set(e.id, e.failed);
  return (
    evaluate(
      tree,
      tree.events.map((e) => failed.get(e.id) ?? 0),
    )[tree.top] ?? false
  );
}

const withFailed = (design: Design, failed: readonly FailTarget[]): Design => ({ ...design, failed });

const carries = ({ context: { design, sizing } }: LoadedDesign): boolean =>
  [...design.components.values()].every((c) => sizing === undefined || !isOverCapacity(c, sizing));

it('what fails or overloads a flow is what its failure function says, for every set of failures', () => {
  let [tried, overloaded] = [0, 0];
  fc.assert(
    fc.property(draft, (d) => {
      const design = designOf(d).build();
      const loaded = loadedDesign(design);
      if (!carries(loaded)) return;
      const targets = targetsOf(d, design);
      const trees = [...design.flows.values()].map((flow: Flow) => flowFailure(loaded.shifting, flow, false).tree);
      const bad: boolean[][] = [];
      for (let set = 0; set < 2 ** targets.length; set++) {
        const failing = withFailed(
          design,
          targets.filter((_, i) => set & (1 << i)),
        );
        const states = effectsOf(failing).filter((e) => !e.completion);
        const now = trees.map((_, f) => ['fails', 'overloaded'].includes(states[f]?.state ?? ''));
        // What has failed may ask less of others: the failure function leaves that out, so what a part of it does still holds.
        const less = targets.flatMap((_, i) => (set & (1 << i) ? [bad[set & ~(1 << i)] as boolean[]] : []));
        bad.push(now.map((b, f) => b || less.some((l) => l[f])));
        tried++;
        overloaded += states.filter((s) => s.state === 'overloaded').length;
        expect(
          trees.map((tree) => failsAt(tree, failing)),
          JSON.stringify([d, failing.failed.map((t) => [t.element, t.copy, t.instances])]),
        ).toEqual(bad[set]);
      }
    }),
    { numRuns: 120, seed: 17 },
  );
  expect(tried).toBeGreaterThan(1000);
  expect(overloaded).toBeGreaterThan(100);
}, 120_000);
