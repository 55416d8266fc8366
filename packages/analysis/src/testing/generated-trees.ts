import fc from 'fast-check';
import { type FaultTree, FaultTreeBuilder, type Members, NEVER } from '../reliability/fault-tree.ts';
import { nowhere } from './properties.ts';

export interface GateDraft {
  readonly kind: 'or' | 'and' | 'atleast' | 'oneof';
  readonly picks: readonly number[];
  readonly least: number;
}

export interface Draft {
  readonly events: readonly { count: number; failed: number; q: number }[];
  readonly gates: readonly GateDraft[];
}

/** Fault trees of so many event classes and gates, with the kinds of gates given. For tests only. */
export function draftOf(kinds: readonly GateDraft['kind'][], most: { classes: number; count: number; gates: number }): fc.Arbitrary<Draft> {
  return fc.record({
    events: fc.array(
      fc.record({
        count: fc.integer({ min: 1, max: most.count }),
        failed: fc.constantFrom(0, 0, 0, 0, 0, 1),
        q: fc.oneof(fc.double({ min: 1e-6, max: 0.999, noNaN: true }), fc.constantFrom(0, 1e-9, 0.5, 1)),
      }),
      { minLength: 1, maxLength: most.classes },
    ),
    gates: fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        picks: fc.array(fc.nat(1000), { minLength: 1, maxLength: 4 }),
        least: fc.integer({ min: 1, max: 6 }),
      }),
      { minLength: 1, maxLength: most.gates },
    ),
  });
}

/**
 * At-least gates take whole classes as members and any earlier node as what a group shares; with `once` no class twice, as in the trees of
 * designs.
 */
export function grow(d: Draft, once = false): FaultTree {
  const b = new FaultTreeBuilder();
  const classes = d.events.map((e, i) => ({
    id: `e${i}`,
    kind: 'instance' as const,
    element: `e${i}`,
    label: `e${i}`,
    span: nowhere,
    count: e.count,
    failed: Math.min(e.failed, e.count),
  }));
  const nodes: number[] = classes.flatMap((c) => (c.count === 1 ? [b.eventNode(c)] : []));
  for (const gate of d.gates) {
    const inputs = gate.picks.flatMap((p) => (nodes.length === 0 ? [] : [nodes[p % nodes.length] as number]));
    if (gate.kind === 'or') nodes.push(b.or(inputs));
    else if (gate.kind === 'and') nodes.push(b.and(inputs));
    else if (gate.kind === 'oneof') {
      const distinct = [...new Set(inputs)];
      nodes.push(
        b.oneOf(
          distinct,
          distinct.map(() => 1 / distinct.length),
        ),
      );
    } else {
      const members = (p: number) => p % classes.length;
      const picks = once ? gate.picks.filter((p, i) => gate.picks.findIndex((x) => members(x) === members(p)) === i) : gate.picks;
      const groups = picks.map((p, i): Members => {
        const c = classes[members(p)] as (typeof classes)[number];
        return { count: c.count, own: [b.event(c)], shared: i % 2 === 0 ? (inputs[i] ?? NEVER) : NEVER };
      });
      nodes.push(b.atLeast(gate.least, groups));
    }
  }
  return b.build(nodes.at(-1) ?? NEVER);
}
