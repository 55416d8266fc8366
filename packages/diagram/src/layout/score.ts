import type { DiagramLayout, Point } from './layout-result.ts';

interface Segment {
  readonly a: Point;
  readonly b: Point;
  readonly edge: number;
}

/** Pairs of segments of different edges that cross: one horizontal, one vertical, each inside the other's span. */
export function countCrossings(layout: DiagramLayout): number {
  const segments = layout.edges.flatMap(({ points }, edge) => points.slice(1).map((b, i): Segment => ({ a: points[i] ?? b, b, edge })));
  const horizontal = segments.filter((s) => s.a.y === s.b.y);
  const vertical = segments.filter((s) => s.a.x === s.b.x && s.a.y !== s.b.y);
  const inside = (v: number, p: number, q: number) => v > Math.min(p, q) && v < Math.max(p, q);
  let count = 0;
  for (const h of horizontal) {
    for (const v of vertical) {
      if (h.edge !== v.edge && inside(v.a.x, h.a.x, h.b.x) && inside(h.a.y, v.a.y, v.b.y)) count++;
    }
  }
  return count;
}

/** Cost of a layout, less is better: 200·crossings + 20·bends + length of all edges + (width + height) / 2, in px. */
export function layoutCost(layout: DiagramLayout): number {
  let bends = 0;
  let length = 0;
  for (const { points } of layout.edges) {
    bends += Math.max(0, points.length - 2);
    points.slice(1).forEach((b, i) => {
      const a = points[i] ?? b;
      length += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    });
  }
  return 200 * countCrossings(layout) + 20 * bends + length + (layout.width + layout.height) / 2;
}
