import { labelLineText } from '../layout/label-text.ts';
import type { Box, EdgeRoute, Point } from '../layout/layout-result.ts';
import { LABEL_LINE, lineWidth, STACK } from '../layout/sizes.ts';
import type { DiagramEdge, DiagramNode, EdgeFailure } from '../model/diagram-model.ts';
import { FACES, measure } from '../text/measure.ts';
import { rateText } from '../text/quantities.ts';
import { lineMark } from './chip.ts';
import { EDGE_WIDTHS } from './css.ts';
import { arrowhead, distance, roundedPath, simplify, toward } from './edge-path.ts';
import { KIND_LOOKS } from './families.ts';
import { frameDepths, type Scene, surfaceClass } from './scene.ts';
import { SILHOUETTES } from './silhouettes.ts';
import { classes, el, type Markup } from './svg-builder.ts';

const PLAIN_WIDTH = 1.5;
const PATCH_MARGIN = 6;

/** Step of the width scale, 0 to 4: under 10 k/s, then one a decade. */
export function widthStep(rate: number | undefined): number {
  if (rate === undefined || rate <= 0) return 0;
  return Math.max(0, Math.min(EDGE_WIDTHS.length - 1, Math.floor(Math.log10(rate) - 3 + 1e-9)));
}

/** Widths of what fails, and of the way that the failure takes. */
const FAILING_WIDTH = 2;
const CHAIN_WIDTH = 2.75;

const RELATION = { sync: 'waits for the answer', async: 'does not wait', implied: 'implied' } as const;

/** `call 3.5 M/s, read 347 k/s on miss`. */
export function operationsInWords(edge: DiagramEdge): string {
  const lines = edge.lines.map((line) => {
    const { before, value, after } = labelLineText(
      line.operation,
      line.rate === undefined ? undefined : rateText(line.rate),
      line.condition,
    );
    return before + value + after;
  });
  if (edge.more > 0) lines.push(`${edge.more} more`);
  return lines.join(', ');
}

/** The line and its head. */
export function drawEdge(
  edge: DiagramEdge,
  route: EdgeRoute,
  ends: { from?: DiagramNode; to?: DiagramNode },
  scene: Scene,
): Markup | undefined {
  const points = simplify(onOutline(route.points, edge, ends, scene));
  const [tip, before] = [points.at(-1), points.at(-2)];
  if (!tip || !before) return undefined;
  const step = scene.overlay === 'load' && edge.style !== 'implied' ? widthStep(edge.rate) : undefined;
  const { failure } = edge;
  const plain = failure ? (failure.chain ? CHAIN_WIDTH : FAILING_WIDTH) : PLAIN_WIDTH;
  const width = step === undefined ? plain : (EDGE_WIDTHS[step] ?? plain);
  const open = edge.style === 'async';
  const head = arrowhead(tip, before, width, open);
  const d = roundedPath([...points.slice(0, -1), toward(tip, before, Math.min(head.shorten, distance(tip, before) / 2))]);
  const operations = operationsInWords(edge);
  const words = `${ends.from?.name ?? edge.from} to ${ends.to?.name ?? edge.to}, ${RELATION[edge.style]}${operations === '' ? '' : `: ${operations}`}${failureInWords(failure)}`;
  const at = failure && markPoint(points, route.label);
  return el(
    'g',
    {
      class: classes('link', failure?.state, failure?.chain && 'chain'),
      role: 'img',
      'aria-label': words,
      'data-element': edge.element,
      'data-edge': edge.id,
      'data-from': edge.from,
      'data-to': edge.to,
    },
    scene.interactive ? [el('title', {}, words), el('path', { class: 'hit', d })] : undefined,
    el('path', {
      class: classes(
        'edge',
        edge.style !== 'sync' && edge.style,
        step !== undefined && `w${step + 1}`,
        step === undefined && failure && 'failing',
      ),
      d,
    }),
    el('path', { class: classes('head', open && 'open'), d: head.d }),
    failure && at ? lineMark(failure.state, at.x, at.y) : undefined,
  );
}

function failureInWords(failure: EdgeFailure | undefined): string {
  if (!failure) return '';
  return `; ${failure.state === 'dead' ? 'no request gets through' : 'some requests fail'} (${failure.flows.join(', ')})`;
}

/** Room that a mark needs on its line, to either side. */
const MARK = 10;

/** Where on its line a mark stands: in the middle of the longest piece beside the label; the last one is shorter by the arrowhead. */
function markPoint(points: readonly Point[], label: Box | undefined): Point | undefined {
  let best: { at: Point; length: number } | undefined;
  const tip = points.at(-1) as Point;
  const offer = (a: Point, b: Point): void => {
    const atTip = distance(a, tip) < 0.01 || distance(b, tip) < 0.01;
    const length = distance(a, b) - (atTip ? MARK : 0);
    if (!best || length > best.length + 0.01) best = { at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, length };
  };
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const through = label && a.x >= label.x - MARK && a.x <= label.x + label.width + MARK && Math.abs(a.x - b.x) < 0.01;
    if (!through) {
      offer(a, b);
      continue;
    }
    // Above and below the words of a vertical piece.
    const [top, bottom] = a.y < b.y ? [a, b] : [b, a];
    if (label.y > top.y) offer(top, { x: a.x, y: Math.min(bottom.y, label.y) });
    if (label.y + label.height < bottom.y) offer({ x: a.x, y: Math.max(top.y, label.y + label.height) }, bottom);
  }
  return best?.at;
}

/** Words on the line, over a patch in the colour of the innermost frame at that point. */
export function drawLabel(edge: DiagramEdge, route: EdgeRoute, scene: Scene, largest: number): Markup | undefined {
  const box = route.label;
  if (!box) return undefined;
  const lines = edge.lines.map((line) => ({ line, rate: line.rate === undefined ? undefined : rateText(line.rate) }));
  const widths = lines.map(({ line, rate }) => lineWidth(line, rate, line.condition));
  const more = edge.more > 0 ? `+${edge.more} more` : undefined;
  if (more !== undefined) widths.push(measure(more, FACES.sub));
  const cx = labelCentre(box, route.points);
  const top = box.y + (box.height - (widths.length * LABEL_LINE + 2)) / 2;
  const width = Math.max(0, ...widths) + 2 * PATCH_MARGIN;
  const depth = depthAt({ x: cx, y: box.y + box.height / 2 }, scene);
  const small = edge.rate !== undefined && edge.rate < largest / 100;
  const y = (i: number) => top + 13 + i * LABEL_LINE;
  return el(
    'g',
    { class: classes('words', small && 'small'), 'aria-hidden': 'true', 'data-element': edge.element, 'data-edge': edge.id },
    el('rect', { class: surfaceClass(depth), x: cx - width / 2, y: top, width, height: widths.length * LABEL_LINE + 2, rx: 4 }),
    lines.map(({ line, rate }, i) => {
      const { before, value, after } = labelLineText(line.operation, rate, line.condition);
      return el(
        'text',
        { class: 'label', x: cx, y: y(i), 'text-anchor': 'middle' },
        el('tspan', { class: 'operation' }, before),
        value === '' ? undefined : el('tspan', { class: 'value' }, value),
        after === '' ? undefined : el('tspan', {}, after),
      );
    }),
    more === undefined ? undefined : el('text', { class: 'label', x: cx, y: y(lines.length), 'text-anchor': 'middle' }, more),
  );
}

/** Labels are inline: centred on the vertical line that runs through them, where there is one. */
function labelCentre(box: Box, points: readonly Point[]): number {
  const middle = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const on = points.slice(1).find((b, i) => {
    const a = points[i]!;
    return Math.abs(a.x - b.x) < 0.01 && Math.abs(a.x - middle) < 3 && y >= Math.min(a.y, b.y) && y <= Math.max(a.y, b.y);
  });
  return on ? on.x : middle;
}

function depthAt(at: Point, scene: Scene): number {
  const depths = frameDepths(scene.model);
  return scene.layout.frames.reduce(
    (deepest, f, i) =>
      at.x >= f.x && at.x <= f.x + f.width && at.y >= f.y && at.y <= f.y + f.height ? Math.max(deepest, depths[i] ?? 0) : deepest,
    0,
  );
}

/** Layout ends edges at the bounding box (with the room of the stack); here they go on to the outline itself. */
function onOutline(points: readonly Point[], edge: DiagramEdge, ends: { from?: DiagramNode; to?: DiagramNode }, scene: Scene): Point[] {
  const moved = [...points];
  const fix = (index: number, id: string, node: DiagramNode | undefined) => {
    const at = moved[index];
    const box = scene.layout.nodes[scene.model.nodes.findIndex((n) => n.id === id)];
    if (at && box && node) moved[index] = attach(at, box, node);
  };
  fix(0, edge.from, ends.from);
  fix(moved.length - 1, edge.to, ends.to);
  return moved;
}

function attach(at: Point, box: Box, node: DiagramNode): Point {
  const shape = SILHOUETTES[KIND_LOOKS[node.kind].silhouette](box.width, box.height);
  const extra = node.stacked ? STACK : 0;
  const clampX = (x: number) => Math.max(1, Math.min(box.width - 1, x));
  const clampY = (y: number) => Math.max(1, Math.min(box.height - 1, y));
  const close = (a: number, b: number) => Math.abs(a - b) < 0.5;
  if (close(at.y, box.y)) return { x: at.x, y: box.y + shape.insetY(clampX(at.x - box.x)) };
  if (close(at.y, box.y + box.height + extra)) return { x: at.x, y: at.y - shape.insetY(clampX(at.x - box.x - extra)) };
  if (close(at.x, box.x)) return { x: box.x + shape.insetX(clampY(at.y - box.y)), y: at.y };
  if (close(at.x, box.x + box.width + extra)) return { x: at.x - shape.insetX(clampY(at.y - box.y - extra)), y: at.y };
  return at;
}
