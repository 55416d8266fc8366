import { beforeAll, describe, expect, test } from 'vitest';
import type { DiagramModel } from '../model/diagram-model.ts';
import { overview } from '../model/overview.ts';
import { everyKind, feed, large, nasty, type Sample } from '../testing/samples.ts';
import { bundledElk } from './elk-engine.ts';
import { type LayoutEngine, layoutDiagram } from './layout-diagram.ts';
import { layoutKey } from './layout-key.ts';
import type { Box, DiagramLayout } from './layout-result.ts';
import { placeSimply } from './place-simply.ts';
import { countCrossings, layoutCost } from './score.ts';
import { STACK } from './sizes.ts';

const modelOf = ({ design, traffic, findings }: Sample, limit?: number): DiagramModel =>
  overview(design, { traffic, findings, ...(limit === undefined ? {} : { limit }) });

const overlap = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const inside = (a: Box, b: Box): boolean => a.x >= b.x && a.y >= b.y && a.x + a.width <= b.x + b.width && a.y + a.height <= b.y + b.height;
const withStack = (model: DiagramModel, layout: DiagramLayout): Box[] =>
  layout.nodes.map((b, i) => {
    const extra = model.nodes[i]?.stacked ? STACK : 0;
    return { ...b, width: b.width + extra, height: b.height + extra };
  });

function expectTidy(model: DiagramModel, layout: DiagramLayout): void {
  const cards = withStack(model, layout);
  const labels = layout.edges.flatMap((e) => (e.label ? [e.label] : []));
  const pairs = (list: readonly Box[]) => list.flatMap((a, i) => list.slice(i + 1).map((b): [Box, Box] => [a, b]));
  expect(pairs(cards).filter(([a, b]) => overlap(a, b))).toEqual([]);
  expect(pairs(labels).filter(([a, b]) => overlap(a, b))).toEqual([]);
  expect(labels.filter((l) => cards.some((c) => overlap(l, c)))).toEqual([]);
  model.nodes.forEach((node, i) => {
    const frame = model.frames.findIndex((f) => f.id === node.frame);
    if (frame >= 0) expect(inside(cards[i]!, layout.frames[frame]!), node.id).toBe(true);
  });
  model.frames.forEach((frame, i) => {
    const parent = model.frames.findIndex((f) => f.id === frame.parent);
    if (parent >= 0) expect(inside(layout.frames[i]!, layout.frames[parent]!), frame.id).toBe(true);
  });
}

const elk = bundledElk();
const cases: readonly [string, Sample][] = [
  ['feed', feed()],
  ['every kind', everyKind()],
  ['nasty', nasty()],
  ['24 in groups', large(24)],
];

describe.each(cases)('%s', (_, sample) => {
  const model = modelOf(sample);
  let layout: DiagramLayout;
  beforeAll(async () => {
    layout = await layoutDiagram(model, { elk, seeds: [1] });
  });

  test('cards and labels are apart, and inside their frames', () => {
    expect(layout.simple).toBeUndefined();
    expectTidy(model, layout);
  });

  test('edges begin and end at their cards', () => {
    const cards = withStack(model, layout);
    model.edges.forEach((edge, i) => {
      const points = layout.edges[i]!.points;
      for (const [id, p] of [
        [edge.from, points[0]!],
        [edge.to, points.at(-1)!],
      ] as const) {
        const box = cards[model.nodes.findIndex((n) => n.id === id)]!;
        const near = { x: box.x - 1, y: box.y - 1, width: box.width + 2, height: box.height + 2 };
        expect(inside({ ...p, width: 0, height: 0 }, near), edge.id).toBe(true);
      }
    });
  });
});

test('the feed has no crossing', async () => {
  const layout = await layoutDiagram(modelOf(feed()), { elk });
  expect(countCrossings(layout)).toBe(0);
});

test('the same model gives the same layout, and more seeds never a worse one', async () => {
  const model = modelOf(feed());
  const [a, b] = [await layoutDiagram(model, { elk }), await layoutDiagram(model, { elk: bundledElk() })];
  expect(b).toEqual(a);
  const single = await layoutDiagram(model, { elk, seeds: [3] });
  expect(layoutCost(a)).toBeLessThanOrEqual(layoutCost(single));
});

test('a layout survives a copy between threads', async () => {
  const layout = await layoutDiagram(modelOf(feed()), { elk, seeds: [1] });
  expect(JSON.parse(JSON.stringify(layout))).toEqual(layout);
});

test('what the engine cannot do in time is drawn as a grid that says why', async () => {
  const late: LayoutEngine = { layout: () => Promise.reject(new Error('the layout took longer than 5 s')) };
  const model = modelOf(feed());
  const layout = await layoutDiagram(model, { elk: late });
  expect(layout.simple).toBe('the layout took longer than 5 s');
  expect(layout.nodes).toHaveLength(model.nodes.length);
  const broken: LayoutEngine = { layout: () => Promise.resolve({ id: 'root' }) };
  expect((await layoutDiagram(model, { elk: broken })).simple).toBe('the layout engine gave no result');
});

test('a deadline after the first seed keeps that seed’s layout', async () => {
  let calls = 0;
  const once: LayoutEngine = { layout: (graph) => (++calls === 1 ? elk.layout(graph) : Promise.reject(new Error('late'))) };
  expect((await layoutDiagram(modelOf(feed()), { elk: once })).simple).toBeUndefined();
});

test('the grid holds 300 cards apart, in their frames', () => {
  for (const grouped of [true, false]) {
    const model = modelOf(large(300, grouped), 1000);
    const layout = placeSimply(model);
    const cards = withStack(model, layout);
    expect(cards).toHaveLength(300);
    expect(cards.flatMap((a, i) => cards.slice(i + 1).filter((b) => overlap(a, b)))).toEqual([]);
  }
});

describe('layout key', () => {
  test('stays when numbers, findings and overlays change', () => {
    const sample = feed();
    const before = modelOf(sample);
    const nodes = before.nodes.map((n) => ({ ...n, findings: { error: 3, warning: 0, info: 0, accepted: 0 } }));
    const edges = before.edges.map((e) => ({ ...e, rate: 1, lines: e.lines.map((l) => ({ ...l, rate: 888e6 })) }));
    expect(layoutKey({ ...before, nodes, edges, lead: 'other' })).toBe(layoutKey(before));
    expect(layoutKey(overview(sample.design, { traffic: sample.traffic }))).toBe(layoutKey(before));
  });

  test('stays when a rate goes from known to unknown, and when a condition changes its number', () => {
    const before = modelOf(feed());
    const edges = before.edges.map((e) => ({
      ...e,
      lines: e.lines.map(({ rate: _, ...l }) => ({ ...l, ...(l.condition === '10 %' ? { condition: '75 %' } : {}) })),
    }));
    expect(layoutKey({ ...before, edges })).toBe(layoutKey(before));
  });

  test('changes with nodes, edges, frames and the room for load bars', () => {
    const before = modelOf(feed());
    const keys = [
      before,
      { ...before, nodes: before.nodes.slice(1) },
      { ...before, edges: before.edges.slice(1) },
      { ...before, loadBars: false },
      { ...before, nodes: before.nodes.map(({ frame: _, ...n }) => n) },
    ].map(layoutKey);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
