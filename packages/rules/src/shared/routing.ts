import { isNoticed as noticed } from '@sysd/analysis';
import {
  addTo,
  type Component,
  type Connection,
  type Design,
  type ElementId,
  effective,
  type Flow,
  type Hop,
  type Kind,
  type Pieces,
  property,
  replicasPerCopy,
  type Span,
} from '@sysd/core';
import type { DesignIndex } from './design-index.ts';
import { waitedForIn } from './waited-for.ts';

/** Kinds that choose an instance for each request that they pass on or look up. */
const ROUTERS: readonly Kind[] = ['loadbalancer', 'gateway', 'dns', 'registry', 'cdn', 'queue', 'stream'];

/** Kinds whose instances are interchangeable and are sent requests by others. */
const ROUTED: readonly Kind[] = ['service', 'function', 'gateway', 'loadbalancer', 'search'];

/** A hop into a component, and what chose the instance: the caller, or what was looked up for it just before. */
export interface Call {
  readonly flow: Flow;
  readonly hop: Hop;
  readonly from: Component;
  readonly router?: Component;
  readonly connection?: Connection;
  readonly span: Span;
  /** Whether the answer of the flow waits for it and has nothing to do instead, as far as one sees going from hop to hop. */
  readonly waitedFor: boolean;
}

/** Several interchangeable instances that need somebody to spread requests over them. */
export function isInstanceGroup(component: Component): boolean {
  if (!ROUTED.includes(component.kind) || property(component.properties, 'managed')?.value === 'yes') return false;
  if (property(component.properties, 'mode')?.value === 'active-passive') return false;
  return replicasPerCopy(component) > 1 || component.properties.has('autoscale');
}

const sameLine = (a: Hop, b: Hop): boolean => a.lineSpan.block === b.lineSpan.block && a.lineSpan.start === b.lineSpan.start;

/** Every hop into the component, in text order. */
export function callsOf(index: DesignIndex, target: ElementId): readonly Call[] {
  return index.calls.get(target) ?? [];
}

/** The hops of a flow by the component into which they lead. */
export function callsIn(design: Design, flow: Flow): Pieces<Call> {
  const calls = new Map<ElementId, Call[]>();
  // The latest look-up of each stop: a hop of the same line goes where it says.
  const lookups = new Map<number, Hop>();
  const needed = waitedForIn(design, flow);
  for (const hop of flow.hops) {
    const from = design.components.get(flow.stops[hop.from]?.component ?? '');
    const lookup = lookups.get(hop.from);
    const finder = lookup && sameLine(lookup, hop) ? flow.stops[lookup.to[0]?.stop ?? -1]?.component : undefined;
    if (hop.lookup) lookups.set(hop.from, hop);
    if (!from) continue;
    const router = ROUTERS.includes(from.kind) ? from : design.components.get(finder ?? '');
    const waitedFor = needed.has(hop);
    for (const { stop, span } of hop.to) {
      const target = flow.stops[stop]?.component ?? '';
      const connection = design.connections.get(`${from.id}->${target}`);
      addTo(calls, target, { flow, hop, from, span, waitedFor, ...(router ? { router } : {}), ...(connection ? { connection } : {}) });
    }
  }
  return calls;
}

/** Whether somebody finds out that an instance is down and stops using it: as the failure analysis has it, for this call. */
export function isNoticed(index: Pick<DesignIndex, 'meshes'>, component: Component, call: Call): boolean {
  const retries = call.connection ? (effective(call.connection.properties, 'retries')?.value.value ?? 0) : 0;
  return noticed(index.meshes, component, [{ retries, consume: call.hop.operation === 'consume' }]);
}

/** Whether a mesh's sidecars route the calls of or to one of the components. */
export function isCovered(index: DesignIndex, ...ids: readonly ElementId[]): boolean {
  return index.meshes.some((mesh) => property(mesh.properties, 'covers')?.value.some((name) => ids.includes(name.name)));
}

/** A health check that suits the protocol: a path for HTTP, else whether it accepts connections. */
export function healthOf(component: Component): string {
  const layer = property(component.properties, 'layer')?.value.value;
  const protocol = property(component.properties, 'protocol')?.value;
  const plain = layer === 4 || protocol === 'tcp' || protocol === 'grpc' || protocol === 'websocket';
  return plain || component.kind === 'loadbalancer' ? 'tcp every 5 s' : 'http "/healthz" every 5 s';
}
