import {
  type Analysis,
  type Component,
  type Design,
  type Diagnostic,
  effective,
  type Flow,
  formatQuantity,
  type Hop,
  isFigure,
  replicasPerCopy,
  shardCount,
  valueIn,
} from '@sysd/core';
import { behaviourOf } from './behaviour.ts';
import { createNames, safePath, slug } from './names.ts';
import { simplified } from './notice.ts';
import type { Behaviour, Part, Passage, Project, Router, Visit } from './project.ts';
import { type Choice, chooseRole, IMAGES, isProxy, type Role } from './role.ts';
import { SCALE } from './scale.ts';
import { visitsOf } from './visits.ts';

/**
 * Decides what runs for each component, how many of it, and what it does in each flow. Diagnostics say where that is less than the
 * design. Reads only rates of the analysis (for flows that no client starts).
 */
export function normalise(design: Design, analysis: Analysis | undefined, diagnostics: Diagnostic[]): Project {
  const name = createNames();
  const entries = entryComponents(design);
  const choices = new Map<string, Choice>();
  for (const component of design.components.values()) choices.set(component.id, chooseRole(component, diagnostics));
  demoteProxies(design, choices, diagnostics);

  const parts: Part[] = [];
  for (const component of design.components.values()) {
    const choice = choices.get(component.id)!;
    if (component.kind !== 'client') parts.push(partOf(component, choice, name, entries.has(component.id), diagnostics));
  }
  // after all components, so that none loses its name to a helper
  const named = parts.map((part) => (hasReplicas(part) ? { ...part, replicaHost: name(`${part.host}-replicas`) } : part));
  const byId = new Map(named.map((part) => [part.component.id, part]));
  const visits = visitsOf(design, byId);

  const behaviours = new Map<Part, Behaviour>();
  const routers = new Map<Part, Router>();
  for (const part of named) {
    if (part.role === 'standin') behaviours.set(part, behaviourOf(design, part, byId, visits, periodOf(analysis), diagnostics));
    else if (isProxy(part.role)) routers.set(part, { part, passages: passagesOf(part, byId, visits) });
  }
  return { name: slug(design.id), parts: named, behaviours, routers, entries: entriesOf(design, visits) };
}

const hasReplicas = ({ role, here }: Part): boolean => (role === 'postgres' || role === 'redis') && here > 1;

/** Components that a client calls. */
function entryComponents(design: Design): Set<string> {
  const entries = new Set<string>();
  for (const flow of design.flows.values()) {
    for (const hop of flow.hops) {
      if (design.components.get(flow.stops[hop.from]!.component)?.kind !== 'client' || hop.lookup) continue;
      for (const { stop } of hop.to) entries.add(flow.stops[stop]!.component);
    }
  }
  return entries;
}

/** A proxy passes a request on to one place. What does more in some flow, or talks to something that is not HTTP, is a stand-in. */
function demoteProxies(design: Design, choices: Map<string, Choice>, diagnostics: Diagnostic[]): void {
  const speaksHttp = (id: string): boolean => ['standin', 'image', 'haproxy', 'nginx'].includes(choices.get(id)?.role ?? 'none');
  for (const component of design.components.values()) {
    if (!isProxy(choices.get(component.id)!.role)) continue;
    for (const flow of design.flows.values()) {
      for (const stop of flow.stops) {
        if (stop.component !== component.id) continue;
        const hops = stop.outgoing.map((index) => flow.hops[index]!).filter((hop) => !hop.lookup);
        const passes = hops.every((hop) => isPlain(hop) && hop.to.every((to) => speaksHttp(flow.stops[to.stop]!.component)));
        if (hops.length <= 1 && passes && stop.index > 0) continue;
        const why = `in ${flow.id}, ${component.id} does more than pass each request on`;
        if (choices.get(component.id)!.role !== 'standin') {
          // what was said about the proxy no longer holds
          diagnostics.splice(0, diagnostics.length, ...diagnostics.filter((each) => each.element !== component.id));
          diagnostics.push(simplified(component, `${why}: a stand-in makes its calls instead of ${choices.get(component.id)!.image}.`));
        }
        choices.set(component.id, { role: 'standin', image: IMAGES.standin, notes: [`stand-in: ${why}`] });
      }
    }
  }
}

const isPlain = (hop: Hop): boolean =>
  (hop.when?.value ?? 1) === 1 && (hop.times?.value ?? 1) === 1 && hop.sync && hop.fallbackOf === undefined && hop.miss?.read === undefined;

function partOf(component: Component, choice: Choice, name: (wanted: string) => string, entry: boolean, diagnostics: Diagnostic[]): Part {
  const designed = replicasPerCopy(component);
  const { here, notes } = countHere(component, choice.role, designed, entry, diagnostics);
  const health = valueIn(component.properties, 'health')?.probe;
  const said = health !== undefined && 'http' in health ? health.http.text : undefined;
  const path = said === undefined ? '/healthz' : safePath(said);
  if (path === undefined) {
    diagnostics.push(
      simplified(component, `The health path of ${component.id} is not a plain path: /healthz is used. Write one such as "/healthz".`),
    );
  }
  return {
    component,
    host: name(component.id),
    role: choice.role,
    image: choice.image,
    port: portOf(component, choice.role),
    health: path ?? '/healthz',
    designed,
    here,
    notes: [...choice.notes, ...notes, ...lengthNotes(component, choice.role, diagnostics)],
    entry,
  };
}

const PORTS: Partial<Record<Role, number>> = {
  haproxy: 8080,
  nginx: 8080,
  postgres: 5432,
  redis: 6379,
  'redis-broker': 6379,
  rabbitmq: 5672,
  kafka: 9092,
  prometheus: 9090,
};

function portOf(component: Component, role: Role): number {
  const said = valueIn(component.properties, 'port')?.value;
  if (role === 'image') return said ?? 8080;
  // stand-ins run without privileges
  return PORTS[role] ?? (said !== undefined && said >= 1024 ? said : 3000);
}

/** What becomes of the `max-length` of a queue, for the comment beside the service; told too where it is left out. */
function lengthNotes(component: Component, role: Role, diagnostics: Diagnostic[]): string[] {
  const length = component.kind === 'queue' ? valueIn(component.properties, 'max-length') : undefined;
  if (length === undefined) return [];
  const text = formatQuantity(length.value, length.dimension);
  if (role === 'rabbitmq') return [`no more than ${text} wait, the rest is refused; to change it, remove its volume`];
  diagnostics.push(simplified(component, `${component.id} refuses nothing here: its max-length is left out. RabbitMQ would keep it.`));
  return [`design: max-length ${text}; here: none`];
}

function countHere(
  component: Component,
  role: Role,
  designed: number,
  entry: boolean,
  diagnostics: Diagnostic[],
): { here: number; notes: string[] } {
  const notes: string[] = [];
  const shards = shardCount(component);
  if (shards > 1) notes.push(`design: ${shards} shards; here: 1`);
  const replicated = role === 'postgres' || role === 'redis';
  const failover = effective(component.properties, 'failover')?.value.kind;
  if (replicated && designed > 1 && failover === 'automatic') {
    diagnostics.push(
      simplified(component, `${component.id} fails over by hand here: the export has replicas, but nothing that promotes one.`),
    );
    notes.push('no automatic failover here');
  }
  if (replicated) return { here: Math.min(designed, SCALE.copies), notes };
  if (role !== 'standin' && role !== 'image') return { here: 1, notes };
  // a port of the host can be given to one container only
  if (entry && designed > 1) notes.push('one, because clients call it through a port of this machine; put a load balancer before it');
  return { here: entry ? 1 : Math.min(designed, SCALE.instances), notes };
}

/** Between two requests of a flow that no client starts: as in the design, but not more often than every second nor less than once a minute. */
function periodOf(analysis: Analysis | undefined): (flow: Flow) => number {
  return (flow) => {
    const rate = analysis?.traffic.flows.get(flow.id)?.demand.average;
    const perSecond = rate !== undefined && isFigure(rate) && rate.value > 0 ? rate.value : 0.1;
    return Math.round(Math.min(60_000, Math.max(1_000, 1_000 / perSecond)));
  };
}

function passagesOf(part: Part, byId: ReadonlyMap<string, Part>, visits: readonly Visit[]): Passage[] {
  return visits
    .filter((visit) => visit.part === part)
    .map(({ flow, stop, paths }) => {
      const hop = flow.stops[stop]!.outgoing.map((index) => flow.hops[index]!).find((each) => !each.lookup);
      const to = (hop?.to ?? []).map((target) => ({ part: byId.get(flow.stops[target.stop]!.component)!, share: target.share }));
      return { paths, to, cached: hop?.miss !== undefined && hop.miss.read === undefined };
    });
}

function entriesOf(design: Design, visits: readonly Visit[]): Project['entries'] {
  return visits.flatMap(({ flow, stop, part, paths }) => {
    const fromClient = flow.stops[stop]!.incoming.some(
      (index) => design.components.get(flow.stops[flow.hops[index]!.from]!.component)?.kind === 'client',
    );
    return fromClient && paths[0] !== undefined ? [{ flow: flow.id, path: paths[0], part }] : [];
  });
}
