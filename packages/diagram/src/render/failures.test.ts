import type { ComponentEffect, Design, FlowEffect } from '@sysd/core';
import { COUNT } from '@sysd/core';
import { DOMParser } from '@xmldom/xmldom';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledElk } from '../layout/elk-engine.ts';
import { layoutDiagram } from '../layout/layout-diagram.ts';
import { layoutKey } from '../layout/layout-key.ts';
import type { DiagramLayout } from '../layout/layout-result.ts';
import type { FailureOverlay } from '../model/failures.ts';
import { overview } from '../model/overview.ts';
import { SPAN } from '../testing/build-design.ts';
import { feed, large, nasty } from '../testing/samples.ts';
import { type RenderOptions, renderSvg } from './render-svg.ts';

const { design, traffic, findings } = feed();
const plain = overview(design, { traffic, findings });
let layout: DiagramLayout;
beforeAll(async () => {
  layout = await layoutDiagram(plain, { elk: bundledElk(), seeds: [1] });
});

const ratio = (value: number) => ({ value, dimension: COUNT, label: 'sample' });
const failed = (of: Design, ...targets: readonly string[]): Design => ({
  ...of,
  failed: targets.map((element) => ({ element, span: SPAN })),
});
const effect = (flow: string, state: FlowEffect['state'], more: Partial<FlowEffect> = {}): FlowEffect => ({
  flow,
  completion: false,
  state,
  reasons: [],
  chain: [],
  path: [],
  ...more,
});
const component = (id: string, lost: number, total: number, over?: number): ComponentEffect => ({
  component: id,
  lost,
  total,
  ...(over === undefined ? {} : { overload: { utilization: ratio(over), limit: ratio(0.7) } }),
});

/** Without `tweets`: posting fails altogether, one timeline in ten does; `api` is over its limit. */
const TWEETS_DOWN: FailureOverlay = {
  flows: [
    effect('ReadTimeline', 'fails', { share: ratio(0.1), path: ['api->tweets', 'lb->api', 'users->lb'] }),
    effect('PostTweet', 'fails', { share: ratio(1), path: ['api->tweets', 'lb->api', 'users->lb'] }),
    effect('ViewPhoto', 'unaffected'),
  ],
  components: [component('tweets', 3, 3), component('api', 20, 60, 0.84), component('lb', 1, 2)],
};

const drawn = (overlay: FailureOverlay, of: Design, options: RenderOptions = {}) =>
  renderSvg(overview(of, { traffic, findings, failures: overlay }), layout, options);
const groups = (svg: string) => [
  ...new DOMParser({ onError: () => undefined }).parseFromString(svg, 'image/svg+xml').getElementsByTagName('g'),
];
const withClass = (svg: string, name: string) => groups(svg).filter((g) => (g.getAttribute('class') ?? '').split(' ').includes(name));
const node = (svg: string, id: string) => withClass(svg, 'node').find((g) => g.getAttribute('data-element') === id)!;
const link = (svg: string, id: string) => withClass(svg, 'link').find((g) => g.getAttribute('data-edge') === id)!;

describe('failures in the drawing', () => {
  const svg = (options: RenderOptions = {}) => drawn(TWEETS_DOWN, failed(design, 'tweets'), options);

  test('move no box', () => {
    const model = overview(failed(design, 'tweets'), { traffic, findings, failures: TWEETS_DOWN });
    expect(layoutKey(model)).toBe(layoutKey(plain));
    expect(svg()).not.toContain('simple layout');
  });

  test('what is down is hatched, crossed and said; what is left says how much; what is overloaded, by how much', () => {
    const tweets = node(svg(), 'tweets');
    expect(tweets.getAttribute('class')).toContain('failure-down');
    expect([...tweets.getElementsByTagName('path')].map((p) => p.getAttribute('class'))).toEqual(
      expect.arrayContaining(['down-hatch', 'down-cross', 'chip-icon']),
    );
    expect(tweets.textContent).toContain('down');
    expect(tweets.getAttribute('aria-label')).toContain('down: all 3 instances');
    const api = node(svg(), 'api');
    expect(api.getAttribute('class')).toContain('failure-overloaded');
    expect(api.textContent).toContain('84 % · 20 of 60 down');
    expect(api.getAttribute('aria-label')).toContain('20 of 60 down, overloaded: 84 % of its capacity at peak, above 70 %');
    expect(node(svg(), 'lb').textContent).toContain('1 of 2 down');
    expect(node(svg(), 'media').getAttribute('class')).toBe('node');
  });

  test('edges of dead flows are marked: nothing gets through, or not everything', () => {
    const dead = link(svg(), 'api~>fanout');
    expect(dead.getAttribute('class')).toBe('link dead');
    expect(dead.getAttribute('aria-label')).toContain('no request gets through (PostTweet)');
    expect([...dead.getElementsByTagName('path')].map((p) => p.getAttribute('class'))).toContain('mark-sign');
    expect(link(svg(), 'api->tweets').getAttribute('class')).toBe('link partly chain');
    expect(link(svg(), 'api->tweets').getAttribute('aria-label')).toContain('some requests fail (ReadTimeline, PostTweet)');
    for (const id of ['api->timelines', 'users->edge', 'users..>names']) expect(link(svg(), id).getAttribute('class'), id).toBe('link');
    // One of the two failing flows reads timelines, and of that only the misses fail.
    expect(svg()).toContain('tweets down: 2 of 3 flows fail');
  });

  test('own colour: no families and no badges while something is down; with nothing down all is as it was', () => {
    expect(withClass(svg(), 'data')).toEqual([]);
    expect(svg()).not.toContain('badge error');
    const nothing = drawn({ flows: [], components: [] }, design, { theme: 'css' });
    expect(nothing).toContain('badge error');
    expect(nothing).not.toContain('failing');
    expect(withClass(nothing, 'data').length).toBeGreaterThan(0);
    expect(renderSvg(plain, layout)).not.toMatch(/data-fail|down-hatch|hatch-down/);
  });

  test('zones of a region can be pointed at, clients cannot, and a place that is down says so', () => {
    const down = drawn({ flows: [], components: [component('lb', 1, 1)] }, failed(design, 'us.a'), { interactive: true, theme: 'css' });
    const chips = withClass(down, 'zone-chip').map((g) => [g.getAttribute('data-fail'), g.getAttribute('data-state')]);
    expect(chips).toEqual([
      ['us.a', 'down'],
      ['us.b', null],
      ['us.c', null],
    ]);
    expect(node(down, 'lb').textContent).toContain('down with us.a');
    expect(node(down, 'lb').getAttribute('data-fail')).toBe('lb');
    expect(node(down, 'users').hasAttribute('data-fail')).toBe(false);
    const region = drawn({ flows: [], components: [] }, failed(design, 'us'), { interactive: true, theme: 'css' });
    expect(
      withClass(region, 'frame-box')
        .filter((g) => g.getAttribute('data-state') === 'down')
        .map((g) => g.getAttribute('data-fail')),
    ).toEqual(['us', 'us.a']);
    expect(withClass(region, 'zone-chip').every((g) => g.getAttribute('data-state') === 'down')).toBe(true);
  });

  test.each<RenderOptions>([{ theme: 'dark' }, { theme: 'high-contrast', overlay: 'load' }, { theme: 'css', interactive: true }])(
    '%o is well-formed, the same twice, and refers only to what is there',
    (options) => {
      const text = svg(options);
      expect(svg(options)).toBe(text);
      const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      for (const [, id] of text.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
      expect(text).not.toMatch(/NaN|undefined| style=/);
      if (options.theme !== 'css') expect(text).not.toContain('var(');
    },
  );

  test('names are words, whatever they are', () => {
    const sample = nasty();
    const of = failed(sample.design, '__proto__', '</title><script>');
    const model = overview(of, {
      traffic: sample.traffic,
      failures: {
        flows: [effect('hasOwnProperty', 'fails', { share: ratio(1), path: ['__proto__->constructor'] })],
        components: [component('__proto__', 1, 1), component('constructor', 1, 3, 13)],
      },
    });
    const text = renderSvg(model, { ...layout, key: '' }, { interactive: true, theme: 'css' });
    expect(text).not.toContain('<script');
    expect(node(text, '__proto__').getAttribute('data-state')).toBe('down');
  });

  test('a collapsed group says what its members do', () => {
    const sample = large(90);
    const of = failed(sample.design, 'c0');
    const components = ['c0', 'c1', 'c2'].map((id, i) => component(id, i === 0 ? 1 : 1, i === 0 ? 1 : 3, i === 1 ? 2 : undefined));
    const model = overview(of, { traffic: sample.traffic, limit: 10, failures: { flows: [], components } });
    expect(model.nodes.find((n) => n.id === 'g0')).toMatchObject({
      failure: {
        state: 'overloaded',
        chip: '1 of 6 down · 1 overloaded · 1 partly down',
        words: '1 of 6 down, 1 overloaded, 1 partly down',
      },
    });
    expect(model.nodes.find((n) => n.id === 'g0')).not.toHaveProperty('target');
  });
});
