import { COUNT, type Estimate, type Fix, notEstimated, USD } from '@sysd/core';
import { expect, it } from 'vitest';
import { type Changes, SEARCH_BUDGET, type SearchResult, searchImprovements } from './search.ts';

/** Parts in a row, each of so many instances of which one must be up: U = 1 − Π (1 − qⁿ). */
interface Part {
  readonly name: string;
  readonly q: number;
  /** USD/s of one instance; undefined where nobody says. */
  readonly price?: number;
}
type Counts = ReadonlyMap<string, number>;

const figure = (value: number, dimension = COUNT): Estimate => ({ value, dimension, label: '' });
const set = (name: string, count: number, title = `${name} ${count}`): Fix => ({
  title,
  edits: [{ kind: 'set-property', on: name, property: 'replicas', value: String(count) }],
});

function chain(parts: readonly Part[]): { readonly start: Counts; readonly changes: Changes<Counts> } {
  const u = (counts: Counts): number => 1 - parts.reduce((up, { name, q }) => up * (1 - q ** (counts.get(name) ?? 1)), 1);
  const cost = (from: Counts, to: Counts): Estimate => {
    let sum = 0;
    for (const { name, price } of parts) {
      const added = (to.get(name) ?? 1) - (from.get(name) ?? 1);
      if (added !== 0 && price === undefined) return notEstimated(`${name} has no cost`);
      sum += added * (price ?? 0);
    }
    return figure(sum, { ...USD, time: -1 });
  };
  return {
    start: new Map(parts.map((p) => [p.name, 1])),
    changes: {
      fixes: (counts) => parts.map(({ name }) => set(name, (counts.get(name) ?? 1) + 1)),
      apply: (counts, fix) => {
        const next = new Map(counts);
        for (const edit of fix.edits) if (edit.kind === 'set-property') next.set(edit.on, Number(edit.value));
        return next;
      },
      unavailability: (counts) => figure(u(counts)),
      availability: (counts) => figure(1 - u(counts)),
      cost,
    },
  };
}

function search(parts: readonly Part[], limit: number, budget = SEARCH_BUDGET, more: Partial<Changes<Counts>> = {}): SearchResult<Counts> {
  const { start, changes } = chain(parts);
  const work = searchImprovements(start, limit, { ...changes, ...more }, budget);
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
const titles = (list: SearchResult<Counts>['path']) => list.map((i) => i.fix.title);

// 1 − 0.9 × 0.99 = 0.109; with two of a 1 − 0.99 × 0.99 = 0.0199; with two of b 1 − 0.9 × 0.9999 = 0.10009.
const PARTS: readonly Part[] = [
  { name: 'a', q: 0.1, price: 5 },
  { name: 'b', q: 0.01, price: 1 },
];

it('ranks changes by gain, each computed by itself', () => {
  const { changes, computed } = search(PARTS, 0.05);
  expect(titles(changes)).toEqual(['a 2', 'b 2']);
  expect(changes.map((c) => c.unavailability.value)).toEqual([expect.closeTo(0.0199, 12), expect.closeTo(0.10009, 12)]);
  expect(changes.map((c) => c.met)).toEqual([true, false]);
  expect(computed).toBe(2);
});

it('of what reaches the objective takes the cheapest', () => {
  const alike = [
    { name: 'a', q: 0.1, price: 5 },
    { name: 'b', q: 0.1, price: 3 },
  ];
  // 1 − 0.9 × 0.99 = 0.109 with either.
  expect(titles(search(alike, 0.11).path)).toEqual(['b 2']);
});

it('goes on step by step, and takes out what it can do without', () => {
  // a 2 gains ln(0.109 / 0.0199) / 5 = 0.34 for a USD, b 2 ln(0.109 / 0.10009) / 1 = 0.085; then b 2 reaches 1 − 0.99 × 0.9999 = 0.010099.
  const both = search(PARTS, 0.0102);
  expect(titles(both.path)).toEqual(['a 2', 'b 2']);
  expect(both).toMatchObject({ met: true, cost: { value: 6 }, bounded: false });
  // a 3 is what counts: a 2 before it is superseded. 1 − 0.999 × 0.99 = 0.01099, 1 − 0.999 × 0.9999 = 0.0010999.
  const three = search(PARTS, 0.0011);
  expect(titles(three.path)).toEqual(['b 2', 'a 3']);
  expect(three.path.at(-1)?.unavailability.value).toBeCloseTo(0.0010999, 12);
  expect(three.cost).toMatchObject({ value: 11 });
});

it('where a price is not known, takes what gains most', () => {
  const { path, cost } = search([{ name: 'a', q: 0.1 }, PARTS[1] as Part], 0.0102);
  expect(titles(path)).toEqual(['a 2', 'b 2']);
  expect(path.map((s) => s.cost)).toMatchObject([{ notEstimated: 'a has no cost' }, { value: 1 }]);
  expect(cost).toEqual({ notEstimated: 'a has no cost' });
});

it('says that there is no path, and goes no further than it gains', () => {
  const { changes } = chain(PARTS);
  // Nothing can be done about b: at best 1 %. Three of a: 0.01099, four 0.010099 (8 % less), five 0.0100099 (1 % less, not worth a step).
  const onlyA = { fixes: (counts: Counts) => changes.fixes(counts).filter((f) => f.title.startsWith('a')) };
  const { path, met, bounded } = search(PARTS, 0.005, SEARCH_BUDGET, onlyA);
  expect(titles(path)).toEqual(['a 4']);
  expect([met, bounded]).toEqual([false, false]);
  expect(path[0]?.unavailability.value).toBeCloseTo(0.010099, 12);
});

it('says when there was more to try', () => {
  expect(search(PARTS, 0.0011, { ...SEARCH_BUDGET, fixes: 1 })).toMatchObject({ bounded: true });
  expect(search(PARTS, 0.0011, { ...SEARCH_BUDGET, steps: 1 })).toMatchObject({ bounded: true, met: false });
  expect(search(PARTS, 0.0011, { ...SEARCH_BUDGET, designs: 3 })).toMatchObject({ bounded: true, met: false, computed: 3 });
});

it('leaves out what cannot be made, what is not estimated and what gains nothing', () => {
  const { changes } = chain(PARTS);
  const more: Partial<Changes<Counts>> = {
    fixes: () => [set('a', 1, 'nothing'), set('b', 7, 'impossible'), set('a', 9, 'unknown'), set('a', 2)],
    apply: (counts, fix) => (fix.title === 'impossible' ? undefined : changes.apply(counts, fix)),
    unavailability: (counts) => (counts.get('a') === 9 ? notEstimated('a has no availability') : changes.unavailability(counts)),
  };
  expect(titles(search(PARTS, 0.05, SEARCH_BUDGET, more).changes)).toEqual(['a 2']);
});

it('yields after each design, so that it can be interrupted', () => {
  const { start, changes } = chain(PARTS);
  const work = searchImprovements(start, 0.05, changes);
  let times = 0;
  while (!work.next().done) times++;
  expect(times).toBe(2);
});
