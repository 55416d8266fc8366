import {
  addTo,
  type DayCurve,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type Hop,
  type Pieces,
  type Rate,
  type Stop,
} from '@sysd/core';
import { type BytesPart, bytesOf, sizesOf } from './bytes.ts';
import type { FlowRates } from './flow-rates.ts';

/** Bytes that a hop brings to a component or takes from it. */
export interface ComponentBytes {
  readonly direction: 'in' | 'out';
  readonly part: BytesPart;
}

/** What a hop (one alternative of it) brings to a connection. */
export interface ConnectionPart {
  readonly flow: ElementId;
  readonly operation: string;
  readonly condition?: string;
  readonly rate: Rate;
  readonly profile?: DayCurve;
  readonly request: BytesPart;
  readonly answer: BytesPart;
}

/** What a flow brings to each component and each connection, in text order. */
export interface FlowBytes {
  readonly components: Pieces<ComponentBytes>;
  readonly connections: Pieces<ConnectionPart>;
}

/** `profile` is that of the flow's demand. */
export function flowBytes(design: Design, flow: Flow, average: FlowRates, peak: FlowRates, profile?: DayCurve): FlowBytes {
  const overDay = profile ? { profile } : {};
  const components = new Map<ElementId, ComponentBytes[]>();
  const connections = new Map<ElementId, ConnectionPart[]>();
  for (const hop of flow.hops) {
    const source = (flow.stops[hop.from] as Stop).component;
    const sizes = sizesOf(design, flow, hop);
    const sized = sizes.request !== undefined || sizes.answer !== undefined;
    const condition = conditionOf(hop);
    hop.to.forEach((target, i) => {
      const to = (flow.stops[target.stop] as Stop).component;
      const rate = { average: average.targets[hop.index]?.[i] as Estimate, peak: peak.targets[hop.index]?.[i] as Estimate };
      const one = { ...hop, to: [target] };
      const name = `${flow.id} (${source} → ${to})`;
      const part = (direction: 'request' | 'answer'): BytesPart => ({
        name,
        sized,
        value: bytesOf(design, flow, one, direction, rate.peak),
        ...overDay,
      });
      const [request, answer] = [part('request'), part('answer')];
      // Look-ups are a few bytes that nobody plans for.
      if (!hop.lookup) {
        addTo(components, source, { direction: 'out', part: request });
        addTo(components, to, { direction: 'in', part: request });
        addTo(components, to, { direction: 'out', part: answer });
        addTo(components, source, { direction: 'in', part: answer });
      }
      addTo(connections, `${source}->${to}`, {
        flow: flow.id,
        operation: hop.operation,
        rate,
        ...overDay,
        request,
        answer,
        ...(condition === undefined ? {} : { condition }),
      });
    });
  }
  return { components, connections };
}

/** Under which condition a step is taken, in the words of the language. */
function conditionOf(hop: Hop): string | undefined {
  const words = [
    hop.fallbackOf === undefined ? undefined : 'else',
    hop.when ? `when ${hop.when.text ?? hop.when.value}` : undefined,
    hop.miss ? `on miss of ${hop.miss.cache}` : undefined,
    hop.optional ? 'optional' : undefined,
  ].filter((w) => w !== undefined);
  return words.length > 0 ? words.join(', ') : undefined;
}
