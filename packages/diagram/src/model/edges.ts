import { COUNT, type Design, type ElementId, type Flow, formatQuantity, type Hop, known, type Traffic } from '@sysd/core';
import { percentText } from '../text/quantities.ts';
import type { Collapse } from './collapse.ts';
import type { DiagramEdge, EdgeLine, EdgeStyle } from './diagram-model.ts';

const MAX_LINES = 3;
const ARROWS: Readonly<Record<EdgeStyle, string>> = { sync: '->', async: '~>', implied: '..>' };

interface Draft {
  readonly from: ElementId;
  readonly to: ElementId;
  readonly style: EdgeStyle;
  readonly element: ElementId;
  /** By operation and condition, in order of first use. A rate that is not known makes the sum unknown. */
  readonly lines: Map<string, { operation: string; condition?: string; rate: number | undefined }>;
  readonly connections: Set<ElementId>;
  readonly flows: Set<ElementId>;
}

/**
 * Edges between cards: what flows do, merged per pair and style (waits, does not wait, implied look-up), then declared connections
 * that no flow uses. Calls inside a collapsed group disappear; a component that calls itself keeps its loop.
 */
export function buildEdges(design: Design, traffic: Traffic | undefined, collapse: Collapse): DiagramEdge[] {
  const drafts = new Map<string, Draft>();
  const draft = (from: ElementId, to: ElementId, style: EdgeStyle): Draft | undefined => {
    const [a, b] = [collapse.cardOf.get(from), collapse.cardOf.get(to)];
    if (a === undefined || b === undefined || (a === b && collapse.collapsed.has(a))) return undefined;
    const id = `${a}${ARROWS[style]}${b}`;
    const element = `${from}->${to}`;
    const found = drafts.get(id) ?? { from: a, to: b, style, element, lines: new Map(), connections: new Set(), flows: new Set() };
    drafts.set(id, found);
    found.connections.add(element);
    return found;
  };

  for (const flow of design.flows.values()) {
    const rates = traffic?.flows.get(flow.id)?.hops;
    for (const hop of flow.hops) {
      const from = flow.stops[hop.from]?.component;
      if (from === undefined) continue;
      const peak = known(rates?.[hop.index]?.rate.peak);
      for (const target of hop.to) {
        const to = flow.stops[target.stop]?.component;
        const edge = to === undefined ? undefined : draft(from, to, hop.lookup ? 'implied' : hop.sync ? 'sync' : 'async');
        if (!edge) continue;
        edge.flows.add(flow.id);
        const condition = conditionOf(hop, target.share, flow);
        addLine(edge, hop.operation, condition, hop.lookup || peak === undefined ? undefined : peak * target.share);
      }
    }
  }
  for (const connection of design.connections.values()) {
    if (connection.declared && connection.uses.length === 0) draft(connection.from, connection.to, connection.sync ? 'sync' : 'async');
  }
  return [...drafts].map(([id, d]) => finish(id, d));
}

function addLine(edge: Draft, operation: string, condition: string | undefined, rate: number | undefined): void {
  const key = `${operation} ${condition ?? ''}`;
  const line = edge.lines.get(key);
  if (!line) edge.lines.set(key, { operation, rate, ...(condition === undefined ? {} : { condition }) });
  else line.rate = line.rate === undefined || rate === undefined ? undefined : line.rate + rate;
}

function finish(id: string, { from, to, style, element, lines, connections, flows }: Draft): DiagramEdge {
  const all = [...lines.values()].map(({ operation, rate, condition }): EdgeLine => {
    return { operation, ...(rate === undefined ? {} : { rate }), ...(condition === undefined ? {} : { condition }) };
  });
  const complete = all.length > 0 && all.every((l) => l.rate !== undefined);
  return {
    id,
    element,
    from,
    to,
    style,
    lines: all.slice(0, MAX_LINES),
    more: Math.max(0, all.length - MAX_LINES),
    ...(complete ? { rate: all.reduce((sum, l) => sum + (l.rate ?? 0), 0) } : {}),
    connections: [...connections],
    flows: [...flows],
  };
}

/** What makes the hop's rate differ from its source's: `on miss`, `10 %`, `× 200`, `if it fails`. */
function conditionOf(hop: Hop, share: number, flow: Flow): string | undefined {
  const parts: string[] = [];
  if (hop.fallbackOf !== undefined && flow.hops[hop.fallbackOf]) parts.push('as fallback');
  if (hop.miss) parts.push('on miss');
  if (hop.when) parts.push(percentText(hop.when.value));
  if (hop.to.length > 1) parts.push(percentText(share));
  if (hop.times) parts.push(`× ${formatQuantity(hop.times.value, COUNT, 2)}`);
  if (hop.optional) parts.push('optional');
  return parts.length === 0 ? undefined : parts.join(' ');
}
