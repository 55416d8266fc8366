import { expect, test } from 'vitest';
import { overview } from '../model/overview.ts';
import { buildDesign, type ComponentSpec } from '../testing/build-design.ts';
import { feed } from '../testing/samples.ts';
import { modelOrder } from './model-order.ts';

test('frames and cards go along the edges, so that no edge without a cycle has to run upwards', () => {
  const model = overview(feed().design);
  const names = (modelOrder(model).get(undefined) ?? []).map((c) => (c.kind === 'node' ? model.nodes : model.frames)[c.index]?.id);
  expect(names).toEqual(['users', 'entry', 'us']);
  const us = model.frames.findIndex((f) => f.id === 'us');
  const inside = (modelOrder(model).get(us) ?? []).map((c) => (c.kind === 'node' ? model.nodes : model.frames)[c.index]?.id);
  expect(inside).toEqual(['us.a', 'api', 'fan', 'stores']);
});

test('a cycle is cut at the first in the text, and nothing is lost', () => {
  const components = new Map<string, ComponentSpec>(['a', 'b', 'c'].map((id) => [id, { kind: 'service' }]));
  const hops = [
    { from: 'a', to: 'b' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'a' },
    { from: 'b', to: 'b' },
  ];
  const model = overview(buildDesign({ id: 'Cycle', components, flows: new Map([['f', hops]]) }));
  expect((modelOrder(model).get(undefined) ?? []).map((c) => model.nodes[c.index]?.id)).toEqual(['a', 'b', 'c']);
});
