import { type ComponentEffect, type Design, type ElementId, type FlowEffect, formatRatio, known } from '@sysd/core';
import type { DiagramEdge, DiagramFrame, DiagramNode, EdgeFailure, NodeFailure, ZoneChip } from './diagram-model.ts';

/** What the failures of a design (`design.failed`, which may be empty) make of it. */
export interface FailureOverlay {
  readonly flows: readonly FlowEffect[];
  readonly components: readonly ComponentEffect[];
}

/** Writes failures on the cards, frames and edges of a model. Nothing that a layout depends on changes. */
export function withFailures(
  design: Design,
  { flows, components }: FailureOverlay,
  /** Components by the card that stands for them. */
  members: ReadonlyMap<string, readonly ElementId[]>,
): {
  readonly node: (node: DiagramNode) => DiagramNode;
  readonly frame: (frame: DiagramFrame) => DiagramFrame;
  readonly edge: (edge: DiagramEdge) => DiagramEdge;
} {
  const effects = new Map(components.map((c) => [c.component, c]));
  const placeDown = placesDown(design);
  const failing = failingFlows(flows);
  return {
    node(node) {
      const own = design.components.get(node.id);
      const of = members.get(node.id) ?? [];
      const failure = own ? componentFailure(design, effects.get(own.id)) : groupFailure(of, effects);
      // What is down has no load.
      const load = failure?.state === 'down' ? { load: { state: 'none' } as const } : {};
      return { ...node, ...load, ...(failure ? { failure } : {}) };
    },
    frame(frame) {
      const place = design.places.get(frame.id);
      if (!place) return frame;
      const zones = place.zones.map((id): ZoneChip => {
        const name = id.startsWith(`${place.id}.`) ? id.slice(place.id.length + 1) : id;
        return { id, name: design.places.get(id)?.title ?? name, down: placeDown(id) };
      });
      return { ...frame, ...(zones.length > 0 ? { zones } : {}), ...(placeDown(place.id) ? { down: true } : {}) };
    },
    edge(edge) {
      const failure = edgeFailure(edge, failing);
      return failure ? { ...edge, failure } : edge;
    },
  };
}

function placesDown(design: Design): (id: ElementId) => boolean {
  const named = new Set(design.failed.map((f) => f.element));
  return (id) => named.has(id) || named.has(design.places.get(id)?.region ?? '');
}

/** `down`, `down with us.a`, `2 of 3 down`, `140 % · 2 of 3 down`. */
function componentFailure(design: Design, effect: ComponentEffect | undefined): NodeFailure | undefined {
  if (!effect) return undefined;
  const { component, lost, total, overload } = effect;
  if (lost === total) {
    const named = design.failed.some((f) => f.element === component);
    const places = named ? [] : design.failed.filter((f) => design.places.has(f.element)).map((f) => f.element);
    const chip = places.length === 1 ? `down with ${places[0]}` : 'down';
    return { state: 'down', chip, words: total > 1 ? `${chip}: all ${total} instances` : chip };
  }
  const part = lost > 0 ? `${lost} of ${total} down` : undefined;
  if (!overload) return part ? { state: 'partly', chip: part, words: part } : undefined;
  const ratio = formatRatio(overload.utilization.value);
  return {
    state: 'overloaded',
    chip: part ? `${ratio} · ${part}` : `overloaded: ${ratio}`,
    words: `${part ? `${part}, ` : ''}overloaded: ${ratio} of its capacity at peak, above ${formatRatio(overload.limit.value)}`,
  };
}

/** A collapsed group says the worst of its members. */
function groupFailure(members: readonly ElementId[], effects: ReadonlyMap<ElementId, ComponentEffect>): NodeFailure | undefined {
  const touched = members.flatMap((id) => effects.get(id) ?? []);
  const down = touched.filter((e) => e.lost === e.total).length;
  const over = touched.filter((e) => e.lost < e.total && e.overload).length;
  const parts = [
    ...(down > 0 ? [`${down} of ${members.length} down`] : []),
    ...(over > 0 ? [`${over} overloaded`] : []),
    ...(down + over < touched.length ? [`${touched.length - down - over} partly down`] : []),
  ];
  if (parts.length === 0) return undefined;
  const state = down > 0 && down === members.length ? 'down' : over > 0 ? 'overloaded' : 'partly';
  return { state, chip: parts.join(' · '), words: parts.join(', ') };
}

interface Failing {
  /** Every request of these fails. */
  readonly whole: ReadonlySet<ElementId>;
  /** Flows of which requests fail over a connection. */
  readonly over: ReadonlyMap<ElementId, ReadonlySet<ElementId>>;
}

function failingFlows(effects: readonly FlowEffect[]): Failing {
  const whole = new Set<ElementId>();
  const over = new Map<ElementId, Set<ElementId>>();
  for (const { flow, completion, state, share, path } of effects) {
    if (!completion && state === 'fails' && known(share) === 1) whole.add(flow);
    for (const connection of path) over.set(connection, (over.get(connection) ?? new Set()).add(flow));
  }
  return { whole, over };
}

function edgeFailure(edge: DiagramEdge, { whole, over }: Failing): EdgeFailure | undefined {
  const chained = new Set(edge.connections.flatMap((id) => [...(over.get(id) ?? [])]));
  // That a flow fails is no fault of a name that is looked up beforehand.
  const flows = edge.flows.filter((id) => (whole.has(id) && edge.style !== 'implied') || chained.has(id));
  if (flows.length === 0) return undefined;
  return { state: edge.flows.every((id) => whole.has(id)) ? 'dead' : 'partly', chain: edge.flows.some((id) => chained.has(id)), flows };
}

/** `us.a, api down: 2 of 3 flows fail, 1 overloaded`. */
export function failureLead(design: Design, flows: readonly FlowEffect[]): string | undefined {
  if (design.failed.length === 0) return undefined;
  const names = design.failed.map(
    (f) => `${f.element}${f.copy === undefined ? '' : `@${f.copy}`}${f.instances === undefined ? '' : ` ${f.instances}`}`,
  );
  const answers = flows.filter((f) => !f.completion);
  const count = (state: FlowEffect['state']): number => answers.filter((f) => f.state === state).length;
  const [fails, overloaded, degraded] = [count('fails'), count('overloaded'), count('degraded')];
  const parts = [
    ...(fails > 0 ? [fails === answers.length && fails === 1 ? 'the only flow fails' : `${fails} of ${answers.length} flows fail`] : []),
    ...(overloaded > 0 ? [`${overloaded} overloaded`] : []),
    ...(degraded > 0 ? [`${degraded} degraded`] : []),
  ];
  return `${names.join(', ')} down: ${parts.length > 0 ? parts.join(', ') : 'no flow is affected'}`;
}
