import type { DiagramFrame, DiagramModel } from '../model/diagram-model.ts';
import { FRAME_PADDING } from './elk-options.ts';
import { layoutKey } from './layout-key.ts';
import type { Box, DiagramLayout, EdgeRoute, Point } from './layout-result.ts';
import { labelSize, nodeSize, STACK } from './sizes.ts';

const GAP_X = 40;
const GAP_Y = 88;
/** Edges run across this far from the cards. */
const LANE = 26;
const EMPTY = { width: 0, height: 0 };

interface Placed {
  readonly width: number;
  readonly height: number;
  /** Writes the absolute boxes once the position of the block is known. */
  readonly put: (x: number, y: number) => void;
}

/**
 * The layout when the engine gives none: in each frame its cards in rows of a square, then its frames below one another. Edges are
 * three straight strokes that may run behind cards. Linear in the number of elements, so that it always comes.
 */
export function placeSimply(model: DiagramModel, reason?: string): DiagramLayout {
  const nodes: Box[] = model.nodes.map(() => ({ x: 0, y: 0, ...EMPTY }));
  const frames: Box[] = model.frames.map(() => ({ x: 0, y: 0, ...EMPTY }));
  const known = new Set(model.frames.map((f) => f.id));
  const nodesIn = new Map<string | undefined, number[]>();
  model.nodes.forEach((n, i) => {
    append(nodesIn, n.frame !== undefined && known.has(n.frame) ? n.frame : undefined, i);
  });
  const framesIn = new Map<string | undefined, [DiagramFrame, number][]>();
  model.frames.forEach((f, i) => {
    append(framesIn, f.parent !== undefined && known.has(f.parent) ? f.parent : undefined, [f, i]);
  });

  const card = (i: number): Placed => {
    const size = nodeSize(model.nodes[i]!, model);
    const extra = model.nodes[i]!.stacked ? STACK : 0;
    return {
      width: size.width + extra,
      height: size.height + extra,
      put: (x, y) => {
        nodes[i] = { x, y, ...size };
      },
    };
  };
  const frame = ([f, i]: [DiagramFrame, number]): Placed => {
    const inner = content(f.id);
    const width = inner.width + FRAME_PADDING.left + FRAME_PADDING.right;
    const height = inner.height + FRAME_PADDING.top + FRAME_PADDING.bottom;
    return {
      width,
      height,
      put: (x, y) => {
        frames[i] = { x, y, width, height };
        inner.put(x + FRAME_PADDING.left, y + FRAME_PADDING.top);
      },
    };
  };
  const content = (parent: string | undefined): Placed => {
    const cards = (nodesIn.get(parent) ?? []).map(card);
    const columns = Math.max(1, Math.ceil(Math.sqrt(cards.length)));
    const rows: Placed[] = [];
    for (let at = 0; at < cards.length; at += columns) rows.push(beside(cards.slice(at, at + columns)));
    return below([...rows, ...(framesIn.get(parent) ?? []).map(frame)]);
  };

  const all = content(undefined);
  all.put(0, 0);
  const index = new Map(model.nodes.map((n, i) => [n.id, i]));
  const withStack = (box: Box, id: string): Box => {
    const extra = model.nodes[index.get(id) ?? -1]?.stacked ? STACK : 0;
    return { ...box, width: box.width + extra, height: box.height + extra };
  };
  const edges = model.edges.map((edge): EdgeRoute => {
    const [from, to] = [nodes[index.get(edge.from) ?? -1], nodes[index.get(edge.to) ?? -1]];
    const points = from && to ? simpleRoute(withStack(from, edge.from), withStack(to, edge.to)) : [];
    const size = labelSize(edge);
    const [a, b] = [points[1], points[2]];
    if (size === undefined || a === undefined || b === undefined) return { points };
    return { points, label: { x: (a.x + b.x - size.width) / 2, y: (a.y + b.y - size.height) / 2, ...size } };
  });
  const layout = {
    key: layoutKey(model),
    width: all.width,
    height: all.height + (model.edges.length > 0 ? LANE + 20 : 0),
    nodes,
    frames,
    edges,
  };
  return reason === undefined ? layout : { ...layout, simple: reason };
}

/** From the source to a lane beside the target's row, across, and on to the target. Within one row: below both. */
function simpleRoute(from: Box, to: Box): Point[] {
  const sameRow = to.y === from.y;
  const down = to.y > from.y;
  const [bottom, targetBottom] = [from.y + from.height, to.y + to.height];
  const shift = sameRow ? 24 : 0;
  const startX = from.x + from.width / 2 + shift;
  const endX = to.x + to.width / 2 - shift;
  const startY = sameRow || down ? bottom : from.y;
  const endY = down ? to.y : targetBottom;
  const lane = sameRow ? Math.max(bottom, targetBottom) + LANE : down ? to.y - LANE : targetBottom + LANE;
  return [
    { x: startX, y: startY },
    { x: startX, y: lane },
    { x: endX, y: lane },
    { x: endX, y: endY },
  ];
}

function beside(items: readonly Placed[]): Placed {
  return {
    width: items.reduce((w, i) => w + i.width, GAP_X * Math.max(0, items.length - 1)),
    height: Math.max(0, ...items.map((i) => i.height)),
    put: (x, y) => {
      let at = x;
      for (const item of items) {
        item.put(at, y);
        at += item.width + GAP_X;
      }
    },
  };
}

function below(items: readonly Placed[]): Placed {
  return {
    width: Math.max(0, ...items.map((i) => i.width)),
    height: items.reduce((h, i) => h + i.height, GAP_Y * Math.max(0, items.length - 1)),
    put: (x, y) => {
      let at = y;
      for (const item of items) {
        item.put(x, at);
        at += item.height + GAP_Y;
      }
    },
  };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
