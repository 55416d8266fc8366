import { hasQuorum } from '@sysd/analysis';
import {
  type Component,
  type Connection,
  type Design,
  type ElementId,
  effective,
  type Flow,
  type Hop,
  type Kind,
  property,
  replicasPerCopy,
  type Span,
} from '@sysd/core';

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
}

/** Several interchangeable instances that need somebody to spread requests over them. */
export function isInstanceGroup(component: Component): boolean {
  if (!ROUTED.includes(component.kind) || property(component.properties, 'managed')?.value === 'yes') return false;
  if (property(component.properties, 'mode')?.value === 'active-passive') return false;
  return replicasPerCopy(component) > 1 || component.properties.has('autoscale');
}

const sameLine = (a: Hop, b: Hop): boolean => a.lineSpan.block === b.lineSpan.block && a.lineSpan.start === b.lineSpan.start;

/** Every hop into the component. */
export function callsOf(design: Design, target: ElementId): Call[] {
  return [...design.flows.values()].flatMap((flow) =>
    flow.hops.flatMap((hop) => {
      const to = hop.to.find((t) => flow.stops[t.stop]?.component === target);
      const from = design.components.get(flow.stops[hop.from]?.component ?? '');
      if (!to || !from) return [];
      const lookedUp = flow.hops.findLast((h) => h.index < hop.index && h.lookup && h.from === hop.from && sameLine(h, hop));
      const finder = lookedUp ? flow.stops[lookedUp.to[0]?.stop ?? -1]?.component : undefined;
      const router = ROUTERS.includes(from.kind) ? from : design.components.get(finder ?? '');
      const connection = design.connections.get(`${from.id}->${target}`);
      return [{ flow, hop, from, span: to.span, ...(router ? { router } : {}), ...(connection ? { connection } : {}) }];
    }),
  );
}

/** Whether somebody finds out that an instance is down and stops using it: a health check, a failover, a quorum, or the caller's retry. */
export function isNoticed(component: Component, connection: Connection | undefined): boolean {
  if (component.properties.has('health') || hasQuorum(component)) return true;
  if (effective(component.properties, 'failover')?.value.kind === 'automatic') return true;
  const retries = connection ? property(connection.properties, 'retries') : undefined;
  return (retries?.value.value ?? 0) > 0;
}

/** Whether a mesh's sidecars route the calls of or to the component. */
export function isCovered(design: Design, ...ids: readonly ElementId[]): boolean {
  return [...design.components.values()].some(
    (c) => c.kind === 'mesh' && property(c.properties, 'covers')?.value.some((name) => ids.includes(name.name)),
  );
}

/** A health check that suits the protocol: a path for HTTP, else whether it accepts connections. */
export function healthOf(component: Component): string {
  const layer = property(component.properties, 'layer')?.value.value;
  const protocol = property(component.properties, 'protocol')?.value;
  const plain = layer === 4 || protocol === 'tcp' || protocol === 'grpc' || protocol === 'websocket';
  return plain || component.kind === 'loadbalancer' ? 'tcp every 5 s' : 'http "/healthz" every 5 s';
}
