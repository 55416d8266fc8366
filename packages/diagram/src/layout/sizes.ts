import type { DiagramEdge, DiagramModel, DiagramNode, EdgeLine } from '../model/diagram-model.ts';
import { KIND_LOOKS } from '../render/families.ts';
import { SILHOUETTES } from '../render/silhouettes.ts';
import { FACES, measure } from '../text/measure.ts';
import { WIDEST_RATE } from '../text/quantities.ts';
import { labelLineText } from './label-text.ts';

export const NODE_WIDTH = 212;
const NODE_WIDTH_WIDE = 248;
const NODE_HEIGHT = 68;
const NODE_HEIGHT_LOAD = 84;
/** Room for the copies behind a stacked node. */
export const STACK = 8;
/** Text begins this far right of the icon tile's left edge. */
export const TEXT_OFFSET = 43;

export const LABEL_LINE = 16;
const LABEL_MARGIN = 12;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Size of a card; only the name decides about its width, because the sub-line changes with every typed fact. */
export function nodeSize(node: DiagramNode, model: Pick<DiagramModel, 'loadBars'>): Size {
  const height = model.loadBars ? NODE_HEIGHT_LOAD : NODE_HEIGHT;
  const { iconX, textEnd } = SILHOUETTES[KIND_LOOKS[node.kind].silhouette](NODE_WIDTH, height);
  const room = NODE_WIDTH - iconX - TEXT_OFFSET - textEnd;
  return { width: measure(node.name, FACES.name) > room ? NODE_WIDTH_WIDE : NODE_WIDTH, height };
}

/** Room that the layout keeps for an edge's label: every rate as wide as it can become. Undefined for an edge without words. */
export function labelSize(edge: DiagramEdge): Size | undefined {
  const lines = edge.lines.map((line) => lineWidth(line, WIDEST_RATE, reserve(line.condition)));
  if (edge.more > 0) lines.push(measure('+88 more', FACES.sub));
  if (lines.length === 0) return undefined;
  return { width: Math.ceil(Math.max(...lines)) + LABEL_MARGIN, height: lines.length * LABEL_LINE + 2 };
}

/** Width in px of one line as it is drawn. */
export function lineWidth(line: EdgeLine, rate: string | undefined, condition: string | undefined): number {
  const { before, value, after } = labelLineText(line.operation, rate, condition);
  return measure(before + after, FACES.sub) + measure(value, FACES.value);
}

/** Numbers in a condition count as three wide digits, so that `10 %` becoming `100 %` moves nothing. */
function reserve(condition: string | undefined): string | undefined {
  return condition?.replace(/\d[\d.]*/g, '888');
}
