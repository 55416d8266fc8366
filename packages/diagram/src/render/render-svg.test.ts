import { DOMParser } from '@xmldom/xmldom';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundledElk } from '../layout/elk-engine.ts';
import { layoutDiagram } from '../layout/layout-diagram.ts';
import type { DiagramLayout } from '../layout/layout-result.ts';
import type { DiagramModel } from '../model/diagram-model.ts';
import { overview } from '../model/overview.ts';
import { empty, everyKind, feed, nasty, type Sample } from '../testing/samples.ts';
import { type RenderOptions, renderSvg } from './render-svg.ts';

const SAMPLES: readonly [string, () => Sample][] = [
  ['feed', feed],
  ['everyKind', everyKind],
  ['nasty', nasty],
  ['empty', empty],
];
const drawn = new Map<string, { model: DiagramModel; layout: DiagramLayout }>();

beforeAll(async () => {
  const elk = bundledElk();
  for (const [name, sample] of SAMPLES) {
    const { design, traffic, findings } = sample();
    const model = overview(design, { traffic, findings });
    drawn.set(name, { model, layout: await layoutDiagram(model, { elk, seeds: [1] }) });
  }
});

function draw(name: string, options: RenderOptions = {}): string {
  const { model, layout } = drawn.get(name)!;
  return renderSvg(model, layout, options);
}

function parse(svg: string) {
  const problems: string[] = [];
  const onError = (level: string, message: string) => {
    // The drawing replaces broken characters itself; the parser takes them for a sign of a wrong encoding.
    if (!message.startsWith('Unicode replacement character')) problems.push(`${level}: ${message}`);
  };
  const document = new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml');
  expect(problems).toEqual([]);
  return document;
}

const elements = (svg: string, name: string) => [...parse(svg).getElementsByTagName(name)];

const VARIANTS: readonly RenderOptions[] = [
  {},
  { overlay: 'load', theme: 'dark' },
  { theme: 'high-contrast', header: false, legend: false },
  { theme: 'css', interactive: true },
  { theme: 'css', interactive: true, overlay: 'load' },
];

describe.each(SAMPLES.map(([name]) => name))('%s', (name) => {
  test.each(VARIANTS)('%o is well-formed, the same twice, and safe to put into a page', (options) => {
    const svg = draw(name, options);
    expect(draw(name, options)).toBe(svg);
    const all = elements(svg, '*');
    expect(all.some((e) => e.hasAttribute('style'))).toBe(false);
    expect(all.filter((e) => ['script', 'img', 'foreignObject', 'a', 'b', 'use', 'image'].includes(e.tagName))).toEqual([]);
    expect(all.flatMap((e) => [...e.attributes].map((a) => a.name)).filter((a) => /^on|href/.test(a))).toEqual([]);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    if (options.theme !== 'css') expect(svg).not.toContain('var(');
    else expect(svg).not.toContain('<style');
    const ids = all.map((e) => e.getAttribute('id')).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('nothing is drawn outside the canvas', () => {
    const { layout } = drawn.get(name)!;
    const boxes = [...layout.nodes, ...layout.frames, ...layout.edges.flatMap((e) => (e.label ? [e.label] : []))];
    for (const box of boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(layout.width + 0.01);
      expect(box.y + box.height).toBeLessThanOrEqual(layout.height + 0.01);
    }
    const { points } = { points: layout.edges.flatMap((e) => e.points) };
    for (const p of points) expect(p.x >= 0 && p.y >= 0 && p.x <= layout.width && p.y <= layout.height).toBe(true);
  });
});

test('ids begin with the prefix, and references follow', () => {
  const svg = draw('feed', { idPrefix: 'left-', overlay: 'load' });
  const ids = elements(svg, 'pattern').map((e) => e.getAttribute('id'));
  expect(ids).toEqual(['left-full', 'left-unknown']);
  for (const [, id] of svg.matchAll(/url\(#([^)]*)\)/g)) expect(ids).toContain(id);
  expect(draw('feed', { idPrefix: '"><script>' })).not.toContain('<script');
});

test('a drawing of a scenario says so, whatever the scenario is called', () => {
  const { model, layout } = drawn.get('feed')!;
  const svg = renderSvg({ ...model, scenario: '</text><script>', traffic: 2 }, layout, { overlay: 'load' });
  expect(elements(svg, 'script')).toEqual([]);
  expect(elements(svg, 'svg')[0]?.getAttribute('aria-label')).toMatch(
    /^Overview of \S+ in the scenario “<\/text><script>” at 2 times the traffic: /,
  );
  expect(elements(svg, 'text').find((e) => e.getAttribute('class') === 'lead')?.textContent).toMatch(/^Scenario “<\/text><script>” · /);
});

test('hostile titles are words, whole in the accessible name and cut in the card', () => {
  const svg = draw('nasty', { interactive: true });
  const node = elements(svg, 'g').find((g) => g.getAttribute('data-element') === '__proto__')!;
  expect(node.getAttribute('aria-label')).toContain('</title><script>alert(1)</script>');
  const long = elements(svg, 'g').find((g) => g.getAttribute('data-element') === 'constructor' && g.getAttribute('role') === 'button')!;
  expect(long.getAttribute('aria-label')).toContain('without an ellipsis');
  expect([...long.getElementsByTagName('text')][0]?.textContent).toMatch(/…$/);
});

test('every component, frame and connection can be found by its element, and nodes say everything', () => {
  const svg = draw('feed', { interactive: true, theme: 'css' });
  const groups = elements(svg, 'g');
  const { model } = drawn.get('feed')!;
  for (const id of [...model.nodes.map((n) => n.id), ...model.frames.map((f) => f.id), ...model.edges.map((e) => e.element)]) {
    expect(
      groups.some((g) => g.getAttribute('data-element') === id),
      id,
    ).toBe(true);
  }
  const tweets = groups.find((g) => g.getAttribute('data-element') === 'tweets')!;
  expect(tweets.getAttribute('aria-label')).toBe(
    'database, tweets, PostgreSQL, async copies, 32 shards, 3 copies each, 136 % of capacity at peak, 1 error, 1 warning',
  );
  const api = groups.find((g) => g.getAttribute('data-element') === 'api')!;
  expect(api.getElementsByTagName('desc')[0]?.textContent).toContain('to tweets: read 347 k/s on miss, write 35 k/s');
  expect(parse(svg).documentElement?.getAttribute('aria-label')).toBe(
    'Overview of Feed: 10 components, 11 connections; 2 errors, 2 warnings, 1 accepted finding',
  );
});

test('the fact stands behind the technology, which loses its vendor where both do not fit', () => {
  const lines = elements(draw('feed'), 'text')
    .filter((t) => t.getAttribute('class') === 'sub on-surface')
    .map((t) => t.textContent);
  expect(lines).toContain('HAProxy · layer 7');
  expect(lines).toContain('CloudFront · 95 % hits');
});

test('the legend calls the findings as the editor does', () => {
  const words = elements(draw('nasty'), 'text')
    .filter((t) => t.getAttribute('class') === 'legend-words label')
    .map((t) => t.textContent);
  expect(words).toContain('info');
  expect(words).not.toContain('hints');
});

test('there is one tab stop, on the first card in reading order', () => {
  const stops = elements(draw('feed', { interactive: true }), 'g').filter((g) => g.getAttribute('tabindex') === '0');
  expect(stops.map((g) => g.getAttribute('data-element'))).toEqual(['users']);
  expect(elements(draw('feed'), 'g').some((g) => g.hasAttribute('tabindex'))).toBe(false);
});

test('the load overlay owns colour: no families, no badges; over capacity is hatched, outlined and said', () => {
  const plain = draw('feed');
  const load = draw('feed', { overlay: 'load' });
  const nodes = (svg: string) => elements(svg, 'g').filter((g) => g.getAttribute('class')?.startsWith('node'));
  expect(nodes(plain).some((g) => / data\b/.test(g.getAttribute('class') ?? ''))).toBe(true);
  expect(nodes(load).some((g) => / (plain|entry|compute|data|message)\b/.test(g.getAttribute('class') ?? ''))).toBe(false);
  expect(elements(plain, 'path').some((p) => p.getAttribute('class') === 'badge error')).toBe(true);
  expect(elements(load, 'path').some((p) => p.getAttribute('class')?.startsWith('badge'))).toBe(false);
  const tweets = nodes(load).find((g) => g.getAttribute('data-element') === 'tweets')!;
  expect(tweets.getAttribute('class')).toContain('over');
  expect([...tweets.getElementsByTagName('rect')].some((r) => r.getAttribute('fill') === 'url(#sysd-full)')).toBe(true);
  expect(tweets.textContent).toContain('136 %');
  const media = nodes(load).find((g) => g.getAttribute('data-element') === 'media')!;
  expect([...media.getElementsByTagName('rect')].some((r) => r.getAttribute('fill') === 'url(#sysd-unknown)')).toBe(true);
});

test('edges say how they wait by stroke and head, and how much they carry by width', () => {
  const svg = draw('feed', { overlay: 'load' });
  const link = (id: string) => elements(svg, 'g').find((g) => g.getAttribute('data-edge') === id && g.getAttribute('class') === 'link')!;
  const classesOf = (id: string) => [...link(id).getElementsByTagName('path')].map((p) => p.getAttribute('class'));
  expect(classesOf('users->lb')).toEqual(['edge w4', 'head']);
  expect(classesOf('api->media')).toEqual(['edge w1', 'head']);
  expect(classesOf('api~>fanout')).toEqual(['edge async w2', 'head open']);
  expect(classesOf('users..>names')).toEqual(['edge implied', 'head']);
});

test('a layout of another model is not used, and that is said', () => {
  const { model } = drawn.get('feed')!;
  const { layout } = drawn.get('everyKind')!;
  expect(renderSvg(model, layout)).toContain('simple layout: the layout belongs to an earlier version');
});

test('an empty design says what to do', () => {
  expect(draw('empty')).toContain('Nothing to draw yet');
});
