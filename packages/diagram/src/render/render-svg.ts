import { layoutKey } from '../layout/layout-key.ts';
import type { DiagramLayout } from '../layout/layout-result.ts';
import { placeSimply } from '../layout/place-simply.ts';
import type { DiagramModel } from '../model/diagram-model.ts';
import { FACES, measure, truncate } from '../text/measure.ts';
import { findingsInWords } from './badges.ts';
import { bakedCss, ROOT_CLASS, themeClass } from './css.ts';
import { drawing, type Piece } from './drawing.ts';
import { drawLegend } from './legend.ts';
import { hatches } from './load-bar.ts';
import type { Overlay, Scene } from './scene.ts';
import { el, styleElement } from './svg-builder.ts';
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
export function renderSvg(model: DiagramModel, layout: DiagramLayout, options: RenderOptions = {}): string {
  const scene = sceneOf(model, layout, options);
  return wholeSvg(scene, options, summarise(model), piecesOf(scene, options));
}

/** A drawing in its pieces, to tell what of it another one has to change. */
export interface DrawingPieces {
  /** Each `<g>` of an edge, its words, a card, and the heading, by class and id: `node api`, `link api->db`, `words api->db`. */
  readonly pieces: ReadonlyMap<string, string>;
  /** `aria-label` of the whole. */
  readonly label: string;
  /** All else: with the same rest, another drawing differs in pieces and label only. */
  readonly rest: string;
}

/** `renderSvg` in pieces: put together they are its text. */
export function renderPieces(model: DiagramModel, layout: DiagramLayout, options: RenderOptions = {}): DrawingPieces {
  const scene = sceneOf(model, layout, options);
  const all = piecesOf(scene, options);
  const changing = all.filter((piece) => piece.key !== undefined);
  return {
    pieces: new Map(changing.map(({ key = '', markup }) => [key, markup.svg])),
    label: summarise(model),
    rest: wholeSvg(
      scene,
      options,
      '',
      all.filter((piece) => piece.key === undefined),
    ),
  };
}

/** The heading comes first, where there is one. */
const piecesOf = (scene: Scene, options: RenderOptions): Piece[] => [
  ...(options.header === false ? [] : [heading(scene)]),
  ...drawing(scene),
];

function sceneOf(model: DiagramModel, given: DiagramLayout, options: RenderOptions): Scene {
  return {
    model,
    layout: given.key === layoutKey(model) ? given : placeSimply(model, 'the layout belongs to an earlier version'),
    overlay: options.overlay ?? 'none',
    failing: model.failureLead !== undefined,
    prefix: (options.idPrefix ?? 'sysd-').replace(/[^\w-]/g, ''),
    interactive: options.interactive === true,
  };
}

const noticeOf = (layout: DiagramLayout): string | undefined =>
  layout.simple === undefined ? undefined : `simple layout: ${layout.simple}`;

function innerWidth(layout: DiagramLayout): number {
  const notice = noticeOf(layout);
  return Math.max(layout.width, MIN_WIDTH, notice === undefined ? 0 : Math.min(900, measure(notice, FACES.body)));
}

function wholeSvg(scene: Scene, options: RenderOptions, summary: string, pieces: readonly Piece[]): string {
  const { model, layout, prefix } = scene;
  const theme = options.theme ?? 'light';
  const notice = noticeOf(layout);
  const [headings, drawn] = [pieces.filter((piece) => piece.key === 'heading'), pieces.filter((piece) => piece.key !== 'heading')];
  const inner = innerWidth(layout);
  const width = Math.ceil(inner + 2 * MARGIN);
  const top = (options.header === false ? MARGIN : HEADER + 8) + (notice === undefined ? 0 : 28);
  const legend = options.legend === false ? undefined : drawLegend(scene, inner);
  const bottom = Math.ceil(top + layout.height + MARGIN);
  const height = bottom + (legend === undefined ? 0 : legend.height + 20);
  const left = MARGIN + Math.floor((inner - layout.width) / 2) * (layout.width === 0 ? 0 : 1);

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
    ...headings.map((piece) => piece.markup),
    notice === undefined ? undefined : el('text', { class: 'notice', x: MARGIN, y: top - 18 }, truncate(notice, inner, FACES.body)),
    model.nodes.length === 0
      ? el('text', { class: 'lead', x: MARGIN, y: top + 4 }, 'Nothing to draw yet: declare a component, such as `service api`.')
      : el('g', { class: 'drawing', transform: `translate(${left} ${top})` }, ...drawn.map((piece) => piece.markup)),
    legend === undefined
      ? undefined
      : [
          el('path', { class: 'rule legend', d: `M${MARGIN} ${bottom - 8}H${width - MARGIN}` }),
          el('g', { transform: `translate(${MARGIN} ${bottom + 14})` }, legend.markup),
        ],
  );
  return svg.svg;
}

/** Title and lead: of what is shown, and so of its loads. */
function heading({ model, overlay, layout }: Scene): Piece {
  const at = model.traffic === undefined ? '' : ` at ${model.traffic} times the traffic`;
  const title = model.failureLead !== undefined ? `What fails${at}` : overlay === 'load' ? `Load${at || ' at peak'}` : `Overview${at}`;
  const scenario = model.scenario === undefined ? '' : `Scenario “${model.scenario}” · `;
  const lead = `${scenario}${model.failureLead ?? (overlay === 'load' ? model.loadLead : model.lead)}`;
  const markup = el(
    'g',
    { class: 'heading' },
    el('text', { class: 'title', x: MARGIN, y: 36 }, title),
    el('text', { class: 'lead', x: MARGIN, y: 56 }, el('title', {}, lead), truncate(lead, innerWidth(layout), FACES.body)),
  );
  return { key: 'heading', markup };
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
  const scenario = model.scenario === undefined ? '' : ` in the scenario “${model.scenario}”`;
  return `Overview of ${model.system}${scenario}${traffic}: ${count(model.nodes.length, 'component')}, ${count(model.edges.length, 'connection')}${words === undefined ? '' : `; ${words}`}${failure}`;
}
