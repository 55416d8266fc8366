import type { Box } from '../layout/layout-result.ts';
import { STACK, TEXT_OFFSET } from '../layout/sizes.ts';
import type { DiagramNode } from '../model/diagram-model.ts';
import { FACES, measure, truncate } from '../text/measure.ts';
import { badges, findingsInWords } from './badges.ts';
import { chip, farSign } from './chip.ts';
import { KIND_LOOKS } from './families.ts';
import { KIND_ICONS } from './icons.ts';
import { heatStep, loadBar, loadInWords } from './load-bar.ts';
import type { Scene } from './scene.ts';
import { SILHOUETTES, type Silhouette } from './silhouettes.ts';
import { type Content, classes, el, type Markup, number } from './svg-builder.ts';

const TILE = 34;
const PILL_HEIGHT = 18;

/** Name for screen readers and the tooltip: kind, name, technology, replicas, load, findings. */
export function nodeInWords(node: DiagramNode): string {
  const { failure, findings } = node;
  const said = [loadInWords(node.load), findingsInWords(findings)];
  const parts = [node.kind, node.name, failure?.words, node.technology, node.fact, node.pillWords, ...said];
  return parts.filter((p) => p !== undefined && p !== '').join(', ');
}

/** A card at its place. `links` says where its edges go, in words. */
export function drawNode(node: DiagramNode, box: Box, scene: Scene, links: readonly string[], tabIndex: number): Markup {
  const { width: w, height: h } = box;
  const look = KIND_LOOKS[node.kind];
  const shape = SILHOUETTES[look.silhouette](w, h);
  const overlay = scene.overlay === 'load';
  const neutral = overlay || scene.failing;
  const failure = node.failure;
  const heat = overlay && node.load.state === 'estimated' ? heatStep(node.load.utilisation) : undefined;
  const words = nodeInWords(node);
  const full = node.load.state === 'estimated' && node.load.utilisation > 0.85;
  return el(
    'g',
    {
      class: classes(
        'node',
        !neutral && look.family,
        heat !== undefined && heat > 0 && 'hot',
        full && 'near-full',
        heat === 4 && 'over',
        failure && `failure-${failure.state}`,
      ),
      transform: `translate(${round(box.x)} ${round(box.y)})`,
      role: scene.interactive ? 'button' : 'img',
      'aria-label': words,
      tabindex: scene.interactive ? tabIndex : undefined,
      'data-element': node.id,
      'data-kind': node.kind,
      'data-fail': scene.interactive ? node.target : undefined,
      'data-state': failure?.state,
    },
    el('title', {}, words),
    links.length > 0 ? el('desc', {}, links.join('; ')) : undefined,
    scene.interactive ? el('rect', { class: 'ring', x: -5, y: -5, width: w + 10, height: h + 10, rx: 12 }) : undefined,
    node.stacked
      ? [2 * (STACK / 2), STACK / 2].map((d) => el('path', { class: 'back', transform: `translate(${d} ${d})`, d: shape.outline }))
      : undefined,
    el('path', { class: 'surface', d: shape.outline }),
    heat === undefined ? undefined : el('path', { class: `heat heat${heat}`, d: shape.outline }),
    el('path', { class: classes('outline', look.silhouette === 'dashed' && 'dashed'), d: shape.outline }),
    shape.inner.map((line) => el('path', { class: classes('inner', line.stroke), d: line.d })),
    failure?.state === 'down'
      ? [
          el('path', { class: 'down-hatch', d: shape.outline, fill: `url(#${scene.prefix}down)` }),
          el('path', { class: 'down-cross', d: `M14 10L${number(w - 14)} ${number(h - 10)}M${number(w - 14)} 10L14 ${number(h - 10)}` }),
        ]
      : undefined,
    content(node, shape, w, h, scene),
    neutral ? undefined : badges(node.findings, w),
    failure ? [chip(failure.state, failure.chip, 10, 0, w - 20), scene.interactive ? farSign(failure.state) : undefined] : undefined,
  );
}

function content(node: DiagramNode, shape: Silhouette, w: number, h: number, scene: Scene): Content {
  const bar = scene.model.loadBars ? loadBar(node.load, shape, w, h, scene.prefix) : [];
  const top = bar.length > 0 ? 15 + (shape.lid > 0 ? 4 : 0) : (h - TILE) / 2 + shape.lid * 0.7;
  const textX = shape.iconX + TEXT_OFFSET;
  const right = w - shape.textEnd;
  const hasSub = node.technology !== undefined || node.fact !== undefined || node.pill !== undefined;
  const nameY = hasSub ? top + 13 : top + 21.5;
  const subY = top + 30;
  const pillWidth = node.pill === undefined ? 0 : Math.ceil(measure(node.pill, FACES.value)) + 14;
  const subRoom = right - textX - (pillWidth > 0 ? pillWidth + 6 : 0);
  const sub = subLine(node, subRoom);
  return [
    el('rect', { class: 'tile', x: shape.iconX, y: top, width: TILE, height: TILE, rx: 8 }),
    el('path', { class: 'icon', transform: `translate(${shape.iconX + 7} ${round(top + 7)})`, d: KIND_ICONS[node.kind] }),
    el('text', { class: 'name', x: textX, y: nameY }, truncate(node.name, right - textX, FACES.name)),
    sub === '' ? undefined : el('text', { class: 'sub on-surface', x: textX, y: subY }, sub),
    node.pill === undefined
      ? undefined
      : el(
          'g',
          { class: 'pills' },
          el('rect', { class: 'pill', x: right - pillWidth, y: subY - 13, width: pillWidth, height: PILL_HEIGHT, rx: PILL_HEIGHT / 2 }),
          el('text', { class: 'value', x: right - pillWidth / 2, y: subY, 'text-anchor': 'middle' }, node.pill),
        ),
    bar,
    scene.interactive
      ? el(
          'text',
          {
            class: 'far',
            x: w / 2,
            y: node.pill !== undefined ? 25 + shape.lid : (bar.length > 0 ? (h - 16) / 2 : h / 2) + 9,
            'text-anchor': 'middle',
            'aria-hidden': 'true',
          },
          truncate(node.name, w - 2 * shape.iconX, FACES.far),
        )
      : undefined,
  ];
}

/** Words in front of the name of a technology that tell whose it is. */
const VENDOR = /^(?:Amazon|AWS|Azure|Google Cloud|Google) (?=\S)/;

/** Technology and fact if both fit, if need be without the vendor, else the technology alone, cut if it must. */
function subLine(node: DiagramNode, room: number): string {
  const joined = (technology: string | undefined): string => [technology, node.fact].filter((t) => t !== undefined && t !== '').join(' · ');
  const fits = (text: string): boolean => measure(text, FACES.sub) <= room;
  const both = joined(node.technology);
  if (both === '' || fits(both)) return both;
  const shorter = joined(node.technology?.replace(VENDOR, ''));
  if (node.fact !== undefined && fits(shorter)) return shorter;
  return truncate(node.technology ?? node.fact ?? '', room, FACES.sub);
}

const round = (value: number): number => Math.round(value * 100) / 100;
