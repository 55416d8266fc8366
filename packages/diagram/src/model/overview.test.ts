import { describe, expect, test } from 'vitest';
import { buildDesign, buildTraffic, type ComponentSpec, type DesignSpec } from '../testing/build-design.ts';
import { feed, finding, large } from '../testing/samples.ts';
import { overview } from './overview.ts';

const service: ComponentSpec = { kind: 'service' };
const model = () => {
  const sample = feed();
  return overview(sample.design, sample);
};
const node = (id: string) => model().nodes.find((n) => n.id === id);
const edge = (id: string) => model().edges.find((e) => e.id === id);

describe('cards', () => {
  test('come in the order of first use in flows', () => {
    expect(
      model()
        .nodes.map((n) => n.id)
        .slice(0, 5),
    ).toEqual(['users', 'names', 'lb', 'api', 'timelines']);
  });

  test('say technology and one fact, replicas, shards and load', () => {
    expect(node('users')).toMatchObject({
      name: 'Web and mobile',
      technology: '100 M daily',
      fact: 'peak 3×',
      load: { state: 'none' },
      stacked: false,
    });
    expect(node('edge')).toMatchObject({ technology: 'Amazon CloudFront', fact: '95 % hits', load: { state: 'managed' } });
    expect(node('api')).toMatchObject({
      fact: '64 cores',
      pill: '×60',
      load: { state: 'estimated', utilisation: 0.64, target: 0.7 },
      stacked: true,
    });
    expect(node('api')?.technology).toBeUndefined();
    expect(node('tweets')).toMatchObject({ pill: '32 × 3', pillWords: '32 shards, 3 copies each' });
  });

  test('say why a load is not known', () => {
    const spec: DesignSpec = { id: 'S', components: new Map([['a', service]]) };
    expect(overview(buildDesign(spec), { traffic: buildTraffic(spec, new Map()) }).nodes[0]?.load).toEqual({
      state: 'unknown',
      reason: 'no flow goes through it',
    });
  });

  test('count findings at the component, its tables and its outgoing connections; accepted ones apart, hints not at all', () => {
    expect(node('tweets')?.findings).toEqual({ error: 1, warning: 1, info: 0, accepted: 0 });
    expect(node('names')?.findings).toEqual({ error: 0, warning: 0, info: 0, accepted: 1 });
    const design = buildDesign({
      id: 'S',
      components: new Map([
        ['a', service],
        ['b', service],
      ]),
      connections: [['a', 'b']],
    });
    const counted = overview(design, { findings: [finding('a->b', 'warning'), finding('b', 'hint'), finding('gone', 'error')] });
    expect(counted.nodes.map((n) => n.findings.warning + n.findings.error + n.findings.info)).toEqual([1, 0]);
  });
});

describe('edges', () => {
  test('merge per pair and style, add rates of the same operation, and keep conditions apart', () => {
    expect(edge('users->lb')?.lines).toEqual([{ operation: 'call', rate: 3.47e6 + 34_722 }]);
    expect(edge('api->tweets')?.lines).toEqual([
      { operation: 'read', rate: 347_222, condition: 'on miss' },
      { operation: 'write', rate: 34_722 },
    ]);
    expect(edge('api->tweets')?.rate).toBe(347_222 + 34_722);
    expect(edge('api->media')?.lines[0]?.condition).toBe('10 %');
    expect(edge('fanout-worker->timelines')?.lines[0]?.condition).toBe('× 200');
  });

  test('a look-up is implied and has no rate', () => {
    expect(edge('users..>names')).toMatchObject({ style: 'implied', element: 'users->names', lines: [{ operation: 'resolve' }] });
    expect(edge('users..>names')?.rate).toBeUndefined();
  });

  test('one unknown rate makes the sum unknown, not smaller', () => {
    const hops = [
      { from: 'a', to: 'b', rate: 10 },
      { from: 'a', to: 'b' },
    ];
    const spec: DesignSpec = {
      id: 'S',
      components: new Map([
        ['a', service],
        ['b', service],
      ]),
      flows: new Map([['f', hops]]),
    };
    const { edges } = overview(buildDesign(spec), { traffic: buildTraffic(spec, new Map()) });
    expect(edges[0]?.lines).toEqual([{ operation: 'call' }]);
    expect(edges[0]?.rate).toBeUndefined();
  });

  test('sync and async between the same two are two; more than three operations are summed up', () => {
    const operations = ['call', 'read', 'write', 'update', 'publish'] as const;
    const hops = [...operations.map((operation) => ({ from: 'a', to: 'b', operation })), { from: 'a', to: 'b', async: true }];
    const spec: DesignSpec = {
      id: 'S',
      components: new Map([
        ['a', service],
        ['b', service],
      ]),
      flows: new Map([['f', hops]]),
    };
    const { edges } = overview(buildDesign(spec));
    expect(edges.map((e) => [e.style, e.lines.length, e.more])).toEqual([
      ['sync', 3, 2],
      ['async', 1, 0],
    ]);
  });
});

describe('frames', () => {
  const places = {
    us: { zones: ['us.a', 'us.b'] },
    'us.a': { region: 'us' },
    'us.b': { region: 'us' },
    eu: { zones: ['eu.a'] },
    'eu.a': { region: 'eu' },
  };
  const framed = (components: Record<string, ComponentSpec>, groups = {}) =>
    overview(buildDesign({ id: 'S', places, groups, components: new Map(Object.entries(components)) }));

  test('across zones of one region: the region; in one zone: the zone; in several regions or unplaced: outside', () => {
    const { nodes, frames } = framed({
      spread: { kind: 'service', instances: ['us.a', 'us.b'] },
      single: { kind: 'service', instances: ['us.a', 'us.a'] },
      global: { kind: 'service', instances: ['us.a', 'eu.a'] },
      loose: service,
    });
    expect(nodes.map((n) => [n.id, n.frame])).toEqual([
      ['spread', 'us'],
      ['single', 'us.a'],
      ['global', undefined],
      ['loose', undefined],
    ]);
    expect(frames.map((f) => [f.id, f.parent, f.detail])).toEqual([
      ['us', undefined, 'region · zones a, b'],
      ['us.a', 'us', 'zone'],
    ]);
  });

  test('a group whose placed members share a region stands in it; nested groups stand in their parent', () => {
    const { nodes, frames } = framed(
      {
        db: { kind: 'database', instances: ['us.a', 'us.b'], group: 'inner' },
        s3: { kind: 'blobstore', group: 'inner' },
        api: { kind: 'service', instances: ['us.a', 'eu.a'], group: 'wide' },
      },
      { outer: {}, inner: { parent: 'outer' }, wide: {} },
    );
    expect(frames.map((f) => [f.id, f.parent])).toEqual([
      ['us', undefined],
      ['wide', undefined],
      ['outer', 'us'],
      ['inner', 'outer'],
    ]);
    expect(nodes.map((n) => n.frame)).toEqual(['inner', 'inner', 'wide']);
  });

  test('groups that name each other as parents do not hang', () => {
    const { nodes } = framed({ a: { kind: 'service', group: 'x' } }, { x: { parent: 'y' }, y: { parent: 'x' } });
    expect(nodes).toHaveLength(1);
  });
});

describe('large designs', () => {
  test('collapse groups to about 60 boxes, summing edges and showing the highest load', () => {
    const sample = large(120);
    const { nodes, edges } = overview(sample.design, sample);
    expect(nodes.length).toBeLessThanOrEqual(60);
    const card = nodes.find((n) => n.kind === 'group')!;
    expect(card).toMatchObject({
      id: 'g0',
      name: 'Team 0',
      technology: '6 components',
      stacked: true,
      load: { state: 'estimated', utilisation: 0.25 },
    });
    expect(edges.every((e) => nodes.some((n) => n.id === e.from) && nodes.some((n) => n.id === e.to))).toBe(true);
    expect(edges.some((e) => e.from === e.to)).toBe(false);
    expect(overview(sample.design, sample).loadLead).toContain('the busiest of Team 3 needs 1.1× its capacity');
  });

  test('keep groups open that hold an error or the selection', () => {
    const sample = large(120);
    const { nodes } = overview(sample.design, { findings: [finding('c1', 'error')], selection: ['c8'] });
    expect(nodes.map((n) => n.id)).toEqual(expect.arrayContaining(['c1', 'c8', 'g2']));
    expect(nodes.some((n) => n.id === 'g0' || n.id === 'g1')).toBe(false);
  });

  test('without groups nothing can collapse', () => {
    expect(overview(large(70, false).design).nodes).toHaveLength(70);
  });
});

describe('lead', () => {
  test('says users and peak, and what is pressed', () => {
    expect(model().lead).toBe('Feed · 100 M daily users · rates at peak (3× average)');
    expect(model().loadLead).toBe('tweets needs 1.36× its capacity · fanout-worker is at 92 %');
  });

  test('says when there are no rates', () => {
    const { lead, loadLead, loadBars } = overview(feed().design);
    expect(lead).toBe('Feed · 100 M daily users · no rates: no flow says how often it starts');
    expect(loadLead).toContain('No load is estimated');
    expect(loadBars).toBe(false);
  });
});
