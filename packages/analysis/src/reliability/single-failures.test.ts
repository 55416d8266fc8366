import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nowhere } from '../testing/properties.ts';
import { evaluate } from './evaluate.ts';
import { type FaultTree, FaultTreeBuilder, NEVER } from './fault-tree.ts';
import { singleFailures } from './single-failures.ts';

interface Draft {
  readonly events: readonly { count: number; failed: number }[];
  readonly gates: readonly { kind: 'or' | 'and' | 'atleast'; picks: readonly number[]; least: number; counts: readonly number[] }[];
}

const draft: fc.Arbitrary<Draft> = fc.record({
  events: fc.array(fc.record({ count: fc.integer({ min: 1, max: 4 }), failed: fc.constantFrom(0, 0, 0, 0, 1) }), {
    minLength: 1,
    maxLength: 40,
  }),
  gates: fc.array(
    fc.record({
      kind: fc.constantFrom('or' as const, 'and' as const, 'atleast' as const),
      picks: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
      least: fc.integer({ min: 1, max: 6 }),
      counts: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 25 },
  ),
});

function grow(d: Draft): FaultTree {
  const b = new FaultTreeBuilder();
  const classes = d.events.map((e, i) => ({
    id: `e${i}`,
    kind: 'instance' as const,
    element: `e${i}`,
    label: `e${i}`,
    span: nowhere,
    ...e,
  }));
  const nodes = classes.map((c) => b.eventNode(c));
  for (const gate of d.gates) {
    const inputs = gate.picks.map((p) => nodes[p % nodes.length] as number);
    if (gate.kind === 'or') nodes.push(b.or(inputs));
    else if (gate.kind === 'and') nodes.push(b.and(inputs));
    else {
      const groups = gate.picks.map((p, i) => ({
        count: gate.counts[i] ?? 1,
        own: [p % classes.length],
        shared: i % 2 === 0 ? (inputs[i] as number) : NEVER,
      }));
      nodes.push(b.atLeast(gate.least, groups));
    }
  }
  return b.build(nodes.at(-1) as number);
}

const none = (tree: FaultTree): number[] => tree.events.map(() => 0);

describe('single failures by one pass over bitsets', () => {
  it('are what the failure function says with exactly one event more', () => {
    fc.assert(
      fc.property(draft, (d) => {
        const tree = grow(d);
        const pass = singleFailures(tree);
        const before = evaluate(tree, none(tree));
        expect(pass.fails).toEqual(before);
        const expected = before[tree.top]
          ? []
          : tree.events.flatMap((e, i) => (e.failed < e.count && evaluate(tree, none(tree).with(i, 1))[tree.top] ? [i] : []));
        expect(pass.events).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('the failure function is monotone: more failures never repair anything', () => {
    fc.assert(
      fc.property(draft, fc.array(fc.nat(4), { minLength: 40, maxLength: 40 }), fc.nat(39), (d, failed, more) => {
        const tree = grow(d);
        const less = evaluate(tree, failed);
        const worse = evaluate(tree, failed.with(more, (failed[more] ?? 0) + 1));
        expect(less.every((value, i) => !value || worse[i])).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
