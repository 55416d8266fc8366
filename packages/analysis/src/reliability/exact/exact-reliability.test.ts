import { COUNT, type Estimate } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leaf } from '../../figure/make.ts';
import { type Draft, draftOf, grow } from '../../testing/generated-trees.ts';
import { type FaultTree, FaultTreeBuilder } from '../fault-tree.ts';
import { singleFailures } from '../single-failures.ts';
import { type BooleanDag, BooleanDagBuilder } from './boolean-dag.ts';
import { probabilityBounds } from './bounds.ts';
import type { CutSets } from './cut-sets.ts';
import { diagramOf } from './diagram.ts';
import { solve } from './exact-reliability.ts';
import { expand } from './expand.ts';
import { exactProbability } from './probability.ts';

const small = draftOf(['or', 'and', 'atleast', 'oneof'], { classes: 6, count: 3, gates: 10 });
const MOST = 11;

/** The tree's value straight from its definition; `drawn` is the alternative that every choice has drawn, or all of them. */
function fails(tree: FaultTree, down: (event: number, instance: number) => boolean, drawn: number | 'some'): boolean {
  const value: boolean[] = [];
  const dead = (event: number, i: number) => i < (tree.events[event]?.failed ?? 0) || down(event, i);
  for (const { gate } of tree.nodes) {
    if (gate.kind === 'never') value.push(false);
    else if (gate.kind === 'event') value.push(dead(gate.event, 0));
    else if (gate.kind === 'or') value.push(gate.inputs.some((i) => value[i]));
    else if (gate.kind === 'and') value.push(gate.inputs.every((i) => value[i]));
    else if (gate.kind === 'oneof')
      value.push(drawn === 'some' ? gate.inputs.some((i) => value[i]) : value[gate.inputs[drawn] as number] === true);
    else {
      let lost = 0;
      for (const g of gate.groups) {
        for (let i = 0; i < g.count; i++) if (value[g.shared] || g.own.some((e) => dead(e, i))) lost++;
      }
      value.push(lost >= gate.least);
    }
  }
  return value[tree.top] as boolean;
}

interface Brute {
  readonly probability: number;
  readonly birnbaum: number[];
  readonly minimal: number[][];
}

/** Everything by enumeration of all subsets of the events; `shares` are those of the one pinned choice, if there is any. */
function brute(tree: FaultTree, dag: BooleanDag, q: readonly number[], shares: readonly number[]): Brute {
  const n = dag.events.length;
  const index = new Map(dag.events.map((e, i) => [e.id, i]));
  const at = (set: number) => (event: number, i: number) => {
    const c = tree.events[event];
    const k = index.get(`${c?.id}${(c?.count ?? 0) > 1 ? `#${i + 1}` : ''}`);
    return k !== undefined && (set & (1 << k)) !== 0;
  };
  const someFails: boolean[] = [];
  const share: number[] = [];
  for (let set = 0; set < 1 << n; set++) {
    someFails.push(fails(tree, at(set), 'some'));
    let hit = 0;
    shares.forEach((s, a) => {
      hit += fails(tree, at(set), a) ? s : 0;
    });
    share.push(hit);
  }
  const chance = (set: number, leftOut = -1) => q.reduce((p, x, i) => (i === leftOut ? p : p * ((set & (1 << i)) !== 0 ? x : 1 - x)), 1);
  const probability = share.reduce((sum, hit, set) => sum + hit * chance(set), 0);
  const birnbaum = q.map((_, i) => share.reduce((sum, hit, set) => sum + hit * chance(set, i) * ((set & (1 << i)) !== 0 ? 1 : -1), 0));
  const minimal: number[][] = [];
  for (let set = 0; set < 1 << n; set++) {
    const members = q.map((_, i) => i).filter((i) => (set & (1 << i)) !== 0);
    if (someFails[set] && members.every((i) => !someFails[set & ~(1 << i)])) minimal.push(members);
  }
  return { probability, birnbaum, minimal };
}

const figures = (q: readonly number[]): Estimate[] => q.map((x) => leaf('q', x, COUNT));
const text = (sets: readonly (readonly number[])[]) => sets.map((s) => s.join(' ')).sort();

const someFailsAlready = (tree: FaultTree): boolean => fails(tree, () => false, 'some');

/** The expanded tree and its probabilities; undefined where the draft is of no use here. */
function prepared(d: Draft): { tree: FaultTree; dag: BooleanDag; q: number[]; shares: readonly number[] } | undefined {
  const tree = grow(d);
  const dag = expand(tree);
  if ('notEstimated' in dag || dag.events.length > MOST) return undefined;
  const drawn = dag.choices[0]?.shares ?? [];
  // A copy that cannot fail is left out of the gate: its requests ask none of the inputs.
  const shares = [...drawn, 1 - drawn.reduce((a, b) => a + b, 0)];
  return { tree, dag, q: dag.events.map((e) => d.events[e.class]?.q ?? 0), shares };
}

describe('exact reliability of generated fault trees', () => {
  it('has the probability, importances and minimal cut sets that enumeration of all failures gives', () => {
    let seen = 0;
    fc.assert(
      fc.property(small, (d) => {
        const p = prepared(d);
        fc.pre(p !== undefined);
        if (!p) return;
        seen++;
        const expected = brute(p.tree, p.dag, p.q, p.shares);
        const found = solve(p.dag, figures(p.q), { order: MOST });
        const sets = found.cutSets as CutSets;
        expect(text(sets.sets)).toEqual(text(expected.minimal));
        expect(sets.count).toBe(expected.minimal.length);
        expect(sets.complete).toBe(true);
        expect(sets.smallest).toBe(expected.minimal.length === 0 ? undefined : Math.min(...expected.minimal.map((s) => s.length)));
        const value = found.unavailability as number;
        expect(Math.abs(value - expected.probability)).toBeLessThanOrEqual(1e-12);
        const diagram = diagramOf(p.dag, 1e6);
        const exact = diagram && exactProbability(p.dag, diagram, p.q);
        expected.birnbaum.forEach((b, i) => {
          expect(Math.abs((exact?.birnbaum[i] ?? 2) - b)).toBeLessThanOrEqual(1e-12);
        });
        const bounds = probabilityBounds(p.dag, p.q);
        expect(bounds.low).toBeLessThanOrEqual(value + 1e-12);
        expect(bounds.high).toBeGreaterThanOrEqual(value - 1e-12);
      }),
      { numRuns: 600 },
    );
    expect(seen).toBeGreaterThan(300);
  });

  it('lists cut sets up to an order only, counts all, and says where the list is cut', () => {
    fc.assert(
      fc.property(small, (d) => {
        const p = prepared(d);
        if (!p) return;
        const all = solve(p.dag, figures(p.q), { order: MOST }).cutSets as CutSets;
        const some = solve(p.dag, figures(p.q), { order: 2 }).cutSets as CutSets;
        expect(some.sets).toEqual(all.sets.filter((s) => s.length <= 2));
        expect(some.count).toBe(all.count);
        expect(some.ofOrder).toEqual([0, 1, 2].map((k) => all.sets.filter((s) => s.length === k).length));
        const one = solve(p.dag, figures(p.q), { order: MOST, mostSets: 1 }).cutSets as CutSets;
        expect(one.sets).toHaveLength(Math.min(1, all.count));
        for (const set of one.sets) {
          expect(all.sets).toContainEqual(set);
          expect(set).toHaveLength(all.smallest as number);
        }
        expect(one.complete).toBe(all.count <= 1);
      }),
      { numRuns: 200 },
    );
  });

  it('its cut sets of one event are the single failures of the pass over bitsets', () => {
    const larger = draftOf(['or', 'and', 'atleast', 'oneof'], { classes: 20, count: 4, gates: 30 });
    fc.assert(
      fc.property(larger, (d) => {
        const tree = grow(d, true);
        const dag = expand(tree);
        if ('notEstimated' in dag) return;
        const pass = singleFailures(tree);
        const { sets } = solve(dag, figures(dag.events.map(() => 0.1))).cutSets as CutSets;
        const classes = sets.flatMap((s) => (s.length === 1 ? [dag.events[s[0] as number]?.class as number] : []));
        expect([...new Set(classes)].sort((a, b) => a - b)).toEqual(someFailsAlready(tree) ? [] : pass.events);
      }),
      { numRuns: 300 },
    );
  });

  it('grows with every probability, by its importance times the difference', () => {
    fc.assert(
      fc.property(small, fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true }), (d, pick, other) => {
        const p = prepared(d);
        if (!p || p.dag.events.length === 0) return;
        const event = pick % p.dag.events.length;
        const changed = p.q.map((x, i) => (i === event ? other : x));
        const diagram = diagramOf(p.dag, 1e6);
        if (!diagram) throw new Error('a small diagram does not fit');
        const [a, b] = [exactProbability(p.dag, diagram, p.q), exactProbability(p.dag, diagram, changed)];
        expect(a.birnbaum[event]).toBeGreaterThanOrEqual(-1e-15);
        const difference = (a.birnbaum[event] as number) * (other - (p.q[event] as number));
        expect(Math.abs(b.probability - a.probability - difference)).toBeLessThanOrEqual(1e-12);
      }),
      { numRuns: 200 },
    );
  });
});

const event = (b: BooleanDagBuilder, id: string) => b.event({ id, class: 0, element: id, label: id });

describe('published composites', () => {
  it('99.95 % and 99.99 % in series are 99.940005 %', () => {
    const b = new BooleanDagBuilder();
    const dag = b.build(b.or([event(b, 'app'), event(b, 'db')]));
    expect(1 - (solve(dag, figures([0.0005, 0.0001])).unavailability as number)).toBeCloseTo(0.99940005, 14);
  });

  it('99.99 % with a fallback of 99.9 % is 99.99999 %', () => {
    const b = new BooleanDagBuilder();
    const dag = b.build(b.and([event(b, 'a'), event(b, 'b')]));
    expect(1 - (solve(dag, figures([0.0001, 0.001])).unavailability as number)).toBeCloseTo(0.9999999, 14);
  });

  it.each([
    [3, 2, 3, 3 * 0.01 ** 2 * 0.99 + 0.01 ** 3],
    [5, 3, 10, 10 * 0.01 ** 3 * 0.99 ** 2 + 5 * 0.01 ** 4 * 0.99 + 0.01 ** 5],
  ])('of %i equals, any %i of which fail it: %i cut sets, and the binomial', (n, k, count, expected) => {
    const b = new BooleanDagBuilder();
    const equals = Array.from({ length: n }, (_, i) => event(b, `e${i}`));
    const dag = b.build(b.atLeast(k, equals));
    const q = 0.01;
    const found = solve(dag, figures(Array.from({ length: n }, () => q)));
    expect(found.unavailability).toBeCloseTo(expected, 15);
    expect((found.cutSets as CutSets).count).toBe(count);
    expect((found.cutSets as CutSets).smallest).toBe(k);
  });
});

describe('size', () => {
  const atLeastTree = (count: number): FaultTree => {
    const b = new FaultTreeBuilder();
    const shape = { kind: 'instance' as const, element: 'api', label: 'an instance of api', count, failed: 0 };
    const span = { block: { uri: 'x', offset: 0 }, start: 0, end: 0 };
    return b.build(b.atLeast(Math.floor(count / 2), [{ count, own: [b.event({ ...shape, id: 'instance:api', span })], shared: 0 }]));
  };

  it('more events than the budget are refused before anything is made of them', () => {
    expect(expand(atLeastTree(1e12))).toEqual({
      notEstimated: '1000000000000 single events are more than the 200 of the exact calculation',
    });
    expect('notEstimated' in expand(atLeastTree(200))).toBe(false);
  });

  it('where the nodes are spent, bounds are given that contain the exact value, and cut sets are not', () => {
    const dag = expand(atLeastTree(40)) as BooleanDag;
    const q = figures(dag.events.map(() => 0.3));
    const exact = solve(dag, q).unavailability as number;
    const found = solve(dag, q, { mostNodes: 50 });
    expect(found.cutSets).toEqual({ notEstimated: 'the exact calculation takes more than 50 nodes' });
    expect(found.unavailability).toMatchObject({ reason: 'the exact calculation takes more than 50 nodes' });
    const bounds = found.unavailability as { low: number; high: number };
    expect(bounds.low).toBeLessThanOrEqual(exact);
    expect(bounds.high).toBeGreaterThanOrEqual(exact);
    expect(bounds.high).toBeLessThan(1);
  });

  it('a chain of 20,000 gates is no deeper than any other', () => {
    const b = new FaultTreeBuilder();
    const span = { block: { uri: 'x', offset: 0 }, start: 0, end: 0 };
    const shape = { kind: 'managed' as const, label: 'x', count: 1, failed: 0, span };
    const events = Array.from({ length: 150 }, (_, i) => b.eventNode({ ...shape, id: `m${i}`, element: `m${i}` }));
    let node = events[0] as number;
    for (let i = 0; i < 20_000; i++) {
      const e = events[i % 150] as number;
      node =
        i % 2 === 0
          ? b.or([e, node], { why: { text: 'x', span, element: 'x' } })
          : b.and([node, b.or([node, e], { why: { text: 'x', span, element: 'x' } })], {});
    }
    const dag = expand(b.build(node)) as BooleanDag;
    const found = solve(dag, figures(dag.events.map(() => 0.001)), { order: 1 });
    expect(found.unavailability).toBeCloseTo(1 - 0.999 ** 75, 12);
    expect((found.cutSets as CutSets).count).toBe(75);
  });

  it('cut sets are counted where they could never be listed: 25 of 50', () => {
    const dag = expand(atLeastTree(50)) as BooleanDag;
    expect((solve(dag, figures(dag.events.map(() => 0.1))).cutSets as CutSets).count).toBe(126_410_606_437_752);
  });
});

describe('where SCRAM 0.16.2 is wrong', () => {
  it('at least 2 of (x or zone), p, q, (zone or p), (zone or q): x alone makes one of them fail, SCRAM calls it a cut set', () => {
    const b = new BooleanDagBuilder();
    const [x, zone, p, q] = ['x', 'zone', 'p', 'q'].map((id) => event(b, id)) as [number, number, number, number];
    const dag = b.build(b.atLeast(2, [b.or([x, zone]), p, q, b.or([zone, p]), b.or([zone, q])]));
    const found = solve(dag, figures([0.1, 0.1, 0.1, 0.1])).cutSets as CutSets;
    expect(found.sets.map((s) => s.map((e) => dag.events[e]?.id).join(' '))).toEqual(['zone', 'p', 'q']);
    expect(found.count).toBe(3);
  });
});

describe('what the tree does not say', () => {
  it('an event without probability takes part in cut sets, and its absence is the reason', () => {
    const b = new BooleanDagBuilder();
    const [x, y] = ['x', 'y'].map((id) => b.event({ id, class: 0, element: id, label: id })) as [number, number];
    const found = solve(b.build(b.or([x, y])), [leaf('q', 0.1, COUNT), { notEstimated: 'y has no availability' }]);
    expect(found.unavailability).toEqual({ notEstimated: 'y has no availability' });
    expect((found.cutSets as CutSets).sets).toEqual([[0], [1]]);
    // x ∨ (x ∧ y) does not depend on y.
    const absorbed = solve(b.build(b.or([x, b.and([x, y])])), [leaf('q', 0.1, COUNT), { notEstimated: 'y has no availability' }]);
    expect(absorbed.unavailability).toBeCloseTo(0.1, 15);
  });

  it('two pinned steps: one choice or two are not guessed', () => {
    const b = new FaultTreeBuilder();
    const span = { block: { uri: 'x', offset: 0 }, start: 0, end: 0 };
    const shape = { kind: 'managed' as const, label: 'x', count: 1, failed: 0, span };
    const [r1, r2, s1, s2] = ['r1', 'r2', 's1', 's2'].map((id) => b.eventNode({ ...shape, id, element: id })) as [
      number,
      number,
      number,
      number,
    ];
    const first = b.oneOf([b.or([r1, s1]), r2], [0.5, 0.5]);
    const second = b.oneOf([r1, b.or([r2, s2])], [0.5, 0.5]);
    const tree = b.build(b.or([first, second]));
    expect(expand(tree)).toHaveProperty('notEstimated');
    const q = figures([0.1, 0.2, 0.3, 0.4]);
    const chance = (choiceOf: (n: number) => string) => {
      const dag = expand(tree, { choiceOf }) as BooleanDag;
      const by = new Map(['r1', 'r2', 's1', 's2'].map((id, i) => [id, q[i] as Estimate]));
      return solve(
        dag,
        dag.events.map((e) => by.get(e.id) as Estimate),
      ).unavailability as number;
    };
    // In copy 1: r1 ∨ s1; in copy 2: r2 ∨ s2.
    expect(chance(() => 'cell')).toBeCloseTo((1 - 0.9 * 0.7 + 1 - 0.8 * 0.6) / 2, 14);
    // Drawn apart: also r1 ∨ s1 ∨ r2 ∨ s2, and r2 ∨ r1.
    const apart = (1 - 0.9 * 0.7 + (1 - 0.9 * 0.7 * 0.8 * 0.6) + (1 - 0.8 * 0.9) + 1 - 0.8 * 0.6) / 4;
    expect(chance((n) => String(n))).toBeCloseTo(apart, 14);
  });
});

describe('shards', () => {
  it('a scatter fails with any shard, whose primary fails with its own standbys', () => {
    const b = new FaultTreeBuilder();
    const span = { block: { uri: 'x', offset: 0 }, start: 0, end: 0 };
    const shape = { element: 'db', label: 'x', failed: 0, span };
    const redundancy = { component: 'db', member: 'primary', total: 1, needed: 1, reason: '', unnoticed: false, shards: 1 };
    const primary = b.atLeast(1, [{ count: 1, own: [b.event({ ...shape, id: 'p', kind: 'primary', count: 1 })], shared: 0 }], {
      redundancy,
    });
    const standbys = b.atLeast(2, [{ count: 2, own: [b.event({ ...shape, id: 's', kind: 'standby', count: 2 })], shared: 0 }], {
      redundancy,
    });
    const mechanism = b.eventNode({ ...shape, id: 'm', kind: 'managed', element: 'm', count: 1 });
    const tree = b.build(b.and([primary, b.or([standbys, mechanism])]));
    const dag = expand(tree, { shardsOf: (id) => (id === 'db' ? 3 : 1) }) as BooleanDag;
    expect(dag.events).toHaveLength(3 * 3 + 1);
    const q = dag.events.map((e) => (e.element === 'm' ? 0.05 : 0.1));
    // Given the mechanism: a shard fails with its primary; without: with all three of it.
    const expected = 0.05 * (1 - 0.9 ** 3) + 0.95 * (1 - (1 - 0.001) ** 3);
    expect(solve(dag, figures(q)).unavailability).toBeCloseTo(expected, 14);
  });
});
