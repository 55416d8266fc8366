import type { DiagramEdge, DiagramModel } from '../model/diagram-model.ts';
import { drawEdge, drawLabel, operationsInWords } from './edge.ts';
import { drawFrame, drawFrameTitle } from './frame.ts';
import { drawNode } from './node.ts';
import { frameDepths, type Scene } from './scene.ts';
import type { Markup } from './svg-builder.ts';

/** Something in the drawing. What loads and failures change has a key. */
export interface Piece {
  readonly key?: string;
  readonly markup: Markup;
}

/** Frames, then edges, their words, frame titles, then cards: each lies over what comes before. Cards in reading order. */
export function drawing(scene: Scene): Piece[] {
  const { model, layout } = scene;
  const depths = frameDepths(model);
  const nodes = new Map(model.nodes.map((n) => [n.id, n]));
  const frames = model.frames
    .map((frame, i) => ({ frame, box: layout.frames[i]!, depth: depths[i] ?? 1 }))
    .sort((a, b) => a.depth - b.depth || a.box.y - b.box.y || a.box.x - b.box.x);
  const cards = model.nodes.map((node, i) => ({ node, box: layout.nodes[i]! })).sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const largest = Math.max(0, ...model.edges.map((e) => e.rate ?? 0));
  const ends = (e: DiagramEdge) => {
    const [from, to] = [nodes.get(e.from), nodes.get(e.to)];
    return { ...(from && { from }), ...(to && { to }) };
  };
  const keyed = (list: readonly (Piece | undefined)[]): Piece[] => list.filter((piece) => piece !== undefined);
  const piece = (key: string, markup: Markup | undefined): Piece | undefined => markup && { key, markup };
  return [
    ...frames.map((f) => ({ markup: drawFrame(f.frame, f.box, f.depth, scene) })),
    ...keyed(model.edges.map((e, i) => piece(`link ${e.id}`, drawEdge(e, layout.edges[i]!, ends(e), scene)))),
    ...keyed(model.edges.map((e, i) => piece(`words ${e.id}`, drawLabel(e, layout.edges[i]!, scene, largest)))),
    ...frames.map((f) => ({ markup: drawFrameTitle(f.frame, f.box, f.depth, scene) })),
    ...cards.map(({ node, box }, i) => ({
      key: `node ${node.id}`,
      markup: drawNode(node, box, scene, linksInWords(node.id, model, nodes), i === 0 ? 0 : -1),
    })),
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
