import { layoutKey } from '../layout/layout-key.ts';
import type { DiagramLayout } from '../layout/layout-result.ts';
import { placeSimply } from '../layout/place-simply.ts';
import type { DiagramEdge, DiagramModel } from '../model/diagram-model.ts';
import { FACES, measure, truncate } from '../text/measure.ts';
import { findingsInWords } from './badges.ts';
import { bakedCss, ROOT_CLASS, themeClass } from './css.ts';
import { drawEdge, drawLabel, operationsInWords } from './edge.ts';
import { drawFrame, drawFrameTitle } from './frame.ts';
import { drawLegend } from './legend.ts';
import { hatches } from './load-bar.ts';
import { drawNode } from './node.ts';
import { frameDepths, type Overlay, type Scene } from './scene.ts';
import { el, type Markup, styleElement } from './svg-builder.ts';
import type { Theme } from './tokens.ts';

export interface RenderOptions {
  /** Default `light`. With `css` the drawing has no style of its own: the page brings `themeCss()`. */
  readonly theme?: Theme;
  /** Default `none`: families in colour, findings as badges. `load`: neutral cards, heat, edge widths by rate. */
  readonly overlay?: Overlay;
  /** Begins every id in the drawing; two drawings on one page need different ones. Letters, digits, `-`, `_`. Default `sysd-`. */
  readonly idPrefix?: string;
  /** Focusable nodes, wide hit areas, texts for far zoom. Default false. */
  readonly interactive?: boolean;
  /** Title and lead above, legend below. Default true. */
  readonly header?: boolean;
  readonly legend?: boolean;
}

const MARGIN = 40;
const HEADER = 76;
const MIN_WIDTH = 480;

/**
 * The drawing as SVG text. Same input, same bytes. Elements carry `data-element`, the id of what they stand for. A layout made for
 * another model is not used: the boxes then stand in a plain grid, and the drawing says so.
 */
export function renderSvg(model: DiagramModel, given: DiagramLayout, options: RenderOptions = {}): string {
  const theme = options.theme ?? 'light';
  const layout = given.key === layoutKey(model) ? given : placeSimply(model, 'the layout belongs to an earlier version');
  const prefix = (options.idPrefix ?? 'sysd-').replace(/[^\w-]/g, '');
  const scene: Scene = {
    model,
    layout,
    overlay: options.overlay ?? 'none',
    failing: model.failureLead !== undefined,
    prefix,
    interactive: options.interactive === true,
  };

  const notice = layout.simple === undefined ? undefined : `simple layout: ${layout.simple}`;
  const inner = Math.max(layout.width, MIN_WIDTH, notice === undefined ? 0 : Math.min(900, measure(notice, FACES.body)));
  const width = Math.ceil(inner + 2 * MARGIN);
  const top = (options.header === false ? MARGIN : HEADER + 8) + (notice === undefined ? 0 : 28);
  const legend = options.legend === false ? undefined : drawLegend(scene, inner);
  const bottom = Math.ceil(top + layout.height + MARGIN);
  const height = bottom + (legend === undefined ? 0 : legend.height + 20);
  const left = MARGIN + Math.floor((inner - layout.width) / 2) * (layout.width === 0 ? 0 : 1);
  const summary = summarise(model);

  const svg = el(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: `${ROOT_CLASS} ${themeClass(theme)}${scene.overlay === 'load' ? ' load' : ''}${scene.failing ? ' failing' : ''}`,
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: 'graphics-document',
      'aria-label': summary,
    },
    scene.interactive ? undefined : el('title', {}, summary),
    theme === 'css' ? undefined : styleElement(bakedCss(theme, scene.failing)),
    hatches(prefix, scene.failing),
    el('rect', { class: 'bg', width, height }),
    options.header === false ? undefined : header(scene, inner),
    notice === undefined ? undefined : el('text', { class: 'notice', x: MARGIN, y: top - 18 }, truncate(notice, inner, FACES.body)),
    model.nodes.length === 0
      ? el('text', { class: 'lead', x: MARGIN, y: top + 4 }, 'Nothing to draw yet: declare a component, such as `service api`.')
      : el('g', { class: 'drawing', transform: `translate(${left} ${top})` }, ...drawing(scene)),
    legend === undefined
      ? undefined
      : [
          el('path', { class: 'rule legend', d: `M${MARGIN} ${bottom - 8}H${width - MARGIN}` }),
          el('g', { transform: `translate(${MARGIN} ${bottom + 14})` }, legend.markup),
        ],
  );
  return svg.svg;
}

function header({ model, overlay }: Scene, room: number): Markup[] {
  const at = model.traffic === undefined ? '' : ` at ${model.traffic} times the traffic`;
  const title = model.failureLead !== undefined ? `What fails${at}` : overlay === 'load' ? `Load${at || ' at peak'}` : `Overview${at}`;
  const lead = model.failureLead ?? (overlay === 'load' ? model.loadLead : model.lead);
  return [
    el('text', { class: 'title', x: MARGIN, y: 36 }, title),
    el('text', { class: 'lead', x: MARGIN, y: 56 }, el('title', {}, lead), truncate(lead, room, FACES.body)),
  ];
}

/** Frames, then edges, their words, frame titles, then cards: each lies over what comes before. Cards in reading order. */
function drawing(scene: Scene): Markup[] {
  const { model, layout } = scene;
  const depths = frameDepths(model);
  const nodes = new Map(model.nodes.map((n) => [n.id, n]));
  const present = <T>(list: readonly (T | undefined)[]): T[] => list.filter((x) => x !== undefined);
  const frames = model.frames
    .map((frame, i) => ({ frame, box: layout.frames[i]!, depth: depths[i] ?? 1 }))
    .sort((a, b) => a.depth - b.depth || a.box.y - b.box.y || a.box.x - b.box.x);
  const cards = model.nodes.map((node, i) => ({ node, box: layout.nodes[i]! })).sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const largest = Math.max(0, ...model.edges.map((e) => e.rate ?? 0));
  const ends = (e: DiagramEdge) => {
    const [from, to] = [nodes.get(e.from), nodes.get(e.to)];
    return { ...(from && { from }), ...(to && { to }) };
  };
  return [
    ...frames.map((f) => drawFrame(f.frame, f.box, f.depth, scene)),
    ...present(model.edges.map((e, i) => drawEdge(e, layout.edges[i]!, ends(e), scene))),
    ...present(model.edges.map((e, i) => drawLabel(e, layout.edges[i]!, scene, largest))),
    ...frames.map((f) => drawFrameTitle(f.frame, f.box, f.depth, scene)),
    ...cards.map(({ node, box }, i) => drawNode(node, box, scene, linksInWords(node.id, model, nodes), i === 0 ? 0 : -1)),
  ];
}

function linksInWords(id: string, model: DiagramModel, nodes: ReadonlyMap<string, { readonly name: string }>): string[] {
  return model.edges
    .filter((e) => e.from === id)
    .map((e) => {
      const operations = operationsInWords(e);
      return `to ${nodes.get(e.to)?.name ?? e.to}${operations === '' ? '' : `: ${operations}`}`;
    });
}

/** `Overview of Feed: 10 components, 11 connections; 2 errors`. */
function summarise(model: DiagramModel): string {
  const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const total = [...model.nodes, ...model.frames].reduce(
    (sum, { findings: f }) => ({
      error: sum.error + f.error,
      warning: sum.warning + f.warning,
      info: sum.info + f.info,
      accepted: sum.accepted + f.accepted,
    }),
    { error: 0, warning: 0, info: 0, accepted: 0 },
  );
  const words = findingsInWords(total);
  const failure = model.failureLead === undefined ? '' : `; ${model.failureLead}`;
  const traffic = model.traffic === undefined ? '' : ` at ${model.traffic} times the traffic`;
  return `Overview of ${model.system}${traffic}: ${count(model.nodes.length, 'component')}, ${count(model.edges.length, 'connection')}${words === undefined ? '' : `; ${words}`}${failure}`;
}
