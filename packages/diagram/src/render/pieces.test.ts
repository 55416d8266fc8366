import { beforeAll, describe, expect, test } from 'vitest';
import { bundledElk } from '../layout/elk-engine.ts';
import { layoutDiagram } from '../layout/layout-diagram.ts';
import type { DiagramLayout } from '../layout/layout-result.ts';
import { overview } from '../model/overview.ts';
import { feed, nasty } from '../testing/samples.ts';
import { type RenderOptions, renderPieces, renderSvg } from './render-svg.ts';

describe.each([
  ['the feed', feed()],
  ['nasty names', nasty()],
])('%s in pieces', (_, { design, traffic, findings }) => {
  const model = overview(design, { traffic, findings });
  // Loads do not matter to a layout: those of nothing stand for another traffic.
  const other = overview({ ...design, traffic: 5 }, { traffic: { ...traffic, components: new Map(), connections: new Map() }, findings });
  let layout: DiagramLayout;
  beforeAll(async () => {
    layout = await layoutDiagram(model, { elk: bundledElk(), seeds: [1] });
  });

  test.each<RenderOptions>([
    { theme: 'css', overlay: 'load', interactive: true, legend: false },
    { theme: 'css', interactive: true, header: false, legend: false },
  ])('with other pieces and label a drawing is the other one: %j', (options) => {
    const [before, now] = [renderPieces(model, layout, options), renderPieces(other, layout, options)];
    expect(now.rest).toBe(before.rest);
    expect([...now.pieces.keys()]).toEqual([...before.pieces.keys()]);
    let svg = renderSvg(model, layout, options);
    for (const [key, piece] of before.pieces) {
      expect(svg, key).toContain(piece);
      svg = svg.replace(piece, () => now.pieces.get(key) ?? '');
    }
    expect(now.label).toContain('at 5 times the traffic');
    const labelled = svg.replace(
      /(<svg[^>]* aria-label=")[^"]*/,
      `$1${/<svg[^>]* aria-label="([^"]*)/.exec(renderSvg(other, layout, options))?.[1]}`,
    );
    expect(labelled).toBe(renderSvg(other, layout, options));
    expect([...now.pieces].filter(([key, piece]) => before.pieces.get(key) !== piece).length).toBeGreaterThan(0);
  });
});
