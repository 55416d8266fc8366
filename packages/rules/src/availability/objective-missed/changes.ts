import { hasQuorum, isWhole, type LoadedDesign, rolesOf } from '@sysd/analysis';
import {
  BROKERS,
  type Component,
  type Design,
  type Edit,
  type ElementId,
  type EventImportance,
  effective,
  type FailureEvent,
  type Fix,
  type Flow,
  type FlowAvailability,
  known,
  property,
  replicasPerCopy,
  STORES,
} from '@sysd/core';
import { replicasByPlace, replicasText, withSpare } from '../../shared/placement.ts';
import { holdsState, set } from '../../shared/redundancy.ts';
import { accessesIn } from '../../shared/requirements.ts';
import { type Call, callsIn, healthOf, isInstanceGroup, isNoticed } from '../../shared/routing.ts';
import { isPlace } from '../../shared/single-points/grouping.ts';
import { spreadOver, type Wider, widerRegions, widerZones } from './spread.ts';

/** What the changes of one flow are derived from. */
interface Given {
  readonly design: Design;
  readonly loaded: LoadedDesign;
  readonly flow: Flow;
  readonly calls: ReadonlyMap<ElementId, readonly Call[]>;
}

/**
 * Changes of a design that could make a flow more available, those first that act on what contributes most: more instances, spread wider,
 * with somebody who notices and switches over. They act only on events that contribute, and only where no decision of another sort is
 * needed: nothing becomes optional, no fallback is invented, and no quorum is lowered. Whether they help, only the changed design tells.
 * All edits name elements, none a place in the text.
 */
export function availabilityChanges(design: Design, loaded: LoadedDesign, reached: FlowAvailability): Fix[] {
  const flow = design.flows.get(reached.flow);
  if (!flow) return [];
  const given: Given = { design, loaded, flow, calls: callsIn(design, flow) };
  const all = new Set<string>();
  const found: Fix[] = [];
  for (const event of weighed(design, reached.importance)) {
    const component = design.components.get(event.element);
    const fixes = isPlace(event) ? placeChanges(given, event) : component ? componentChanges(given, component) : [];
    for (const fix of fixes) {
      const key = JSON.stringify(fix.edits);
      if (!all.has(key)) found.push(fix);
      all.add(key);
    }
  }
  return found;
}

/** One event of each element, those of the elements first whose events contribute most together; to nine figures: what is alike comes in text order. */
function weighed(design: Design, importance: readonly EventImportance[]): FailureEvent[] {
  const order = new Map([...design.components.keys(), ...design.places.keys()].map((id, i) => [id, i]));
  const elements = new Map<ElementId, { readonly event: FailureEvent; weight: number }>();
  for (const { event, criticality, count } of importance) {
    if (criticality <= 0) continue;
    const known = elements.get(event.element);
    if (known) known.weight += criticality * count;
    else elements.set(event.element, { event, weight: criticality * count });
  }
  const rounded = (weight: number): number => Number(weight.toPrecision(9));
  const at = (event: FailureEvent): number => order.get(event.element) ?? order.size;
  return [...elements.values()]
    .sort((a, b) => rounded(b.weight) - rounded(a.weight) || at(a.event) - at(b.event))
    .map(({ event }) => event);
}

/** Instances of one copy that must be up at once for the load, as far as it is known, and for `min-available`. */
function neededAtOnce({ loaded }: Given, component: Component): number {
  const load = known(loaded.context.sizing?.get(component.id)?.neededPerCopy) ?? 1;
  return Math.max(1, load, property(component.properties, 'min-available')?.value.value ?? 1);
}

function componentChanges(given: Given, component: Component): Fix[] {
  const fixes: Fix[] = [];
  if (component.kind === 'mesh' && property(component.properties, 'when-control-plane-fails')?.value === 'closed') {
    const title = `Let the sidecars of ${component.id} go on with their last configuration`;
    fixes.push({ title, edits: [set(component, 'when-control-plane-fails', 'open')] });
  }
  const relief = reliefOf(given, component);
  if (relief) fixes.push(relief);
  if (isWhole(component)) return fixes;
  const watch = watching(given, component);
  if (watch.length > 0 && replicasPerCopy(component) > 1) fixes.push({ title: watchTitle(component, watch), edits: watch });
  if (!component.properties.has('autoscale')) for (const count of countsFor(given, component)) fixes.push(moreOf(given, component, count));
  return fixes;
}

/** One more; of voters also as many as let one more of them fail; of others as many as leave enough when one or a whole zone fails. */
function countsFor(given: Given, component: Component): number[] {
  const now = replicasPerCopy(component);
  if (hasQuorum(component) || (component.kind === 'registry' && now === 1)) return now % 2 === 1 ? [now + 1, now + 2] : [now + 1];
  const zones = spreadOver(given.design, component)?.zones.length ?? 0;
  const spare = withSpare(neededAtOnce(given, component), zones);
  return spare > now + 1 ? [now + 1, spare] : [now + 1];
}

function moreOf(given: Given, component: Component, count: number): Fix {
  const { design } = given;
  const names = spreadOver(design, component)?.names ?? [];
  return {
    title: `Run ${count} replicas of ${component.id}${names.length > 0 ? ` across ${names.join(', ')}` : ''}`,
    edits: [set(component, 'replicas', replicasText(design, component, count)), ...watching(given, component)],
  };
}

/** What it takes that somebody notices a dead instance of several and switches over, as far as it is not said. */
function watching(given: Given, component: Component): Edit[] {
  const { properties, kind } = component;
  const now = replicasPerCopy(component);
  const automatic = property(properties, 'failover')?.value.kind === 'automatic';
  if (holdsState(component)) {
    if (hasQuorum(component)) return [];
    if (kind === 'registry') return now === 1 ? [set(component, 'quorum', 'majority')] : [];
    if (rolesOf(component) === 'leaderless' || automatic || (BROKERS.includes(kind) && isWatched(given, component))) return [];
    const reads = now === 1 && STORES.includes(kind) && needsPrimary(given, component) ? [set(component, 'reads', 'primary')] : [];
    return [set(component, 'failover', 'automatic'), ...reads];
  }
  const passive = property(properties, 'mode')?.value === 'active-passive';
  // One address that moves to the standby needs nobody in front.
  const pair = passive || ((kind === 'loadbalancer' || kind === 'dns') && now === 1 && neededAtOnce(given, component) === 1);
  if (pair)
    return [
      ...(passive ? [] : [set(component, 'mode', 'active-passive')]),
      ...(automatic ? [] : [set(component, 'failover', 'automatic')]),
    ];
  const routed = isInstanceGroup(component) || now === 1;
  return routed && !isWatched(given, component) ? [set(component, 'health', healthOf(component))] : [];
}

function isWatched({ loaded, calls }: Given, component: Component): boolean {
  return (calls.get(component.id) ?? []).every((call) => isNoticed(loaded.context, component, call));
}

function watchTitle(component: Component, edits: readonly Edit[]): string {
  const health = edits.some((e) => e.kind === 'set-property' && e.property === 'health');
  return health ? `Check the health of ${component.id}` : `Let a standby of ${component.id} take over automatically`;
}

/** Whether somebody requires of the store what asynchronous replicas would no longer give. */
function needsPrimary({ design }: Given, component: Component): boolean {
  if (property(component.properties, 'replication')?.value !== 'async') return false;
  return [...design.flows.values()].some((flow) =>
    accessesIn(design, flow).some((a) => a.component.id === component.id && a.side === 'read' && a.requirement.level !== 'eventual'),
  );
}

/** Takes a cache off the hot path: as many replicas of what lies behind it as carry the load without it. */
function reliefOf(given: Given, cache: Component): Fix | undefined {
  const load = given.loaded.loadBearing.get(cache.id);
  const behind = load && given.design.components.get(load.overloaded);
  const most = behind && effective(behind.properties, 'max-utilization')?.value.value;
  if (!load || !behind || !most || isWhole(behind) || behind.properties.has('autoscale')) return undefined;
  const count = Math.ceil((replicasPerCopy(behind) * load.utilization) / most - 1e-9);
  const { edits } = moreOf(given, behind, count);
  return { title: `Run ${count} replicas of ${behind.id}, which carry the load without ${cache.id}`, edits };
}

/** Components of the flow that stand in a place, each spread wider by itself, and all of them at once: one that stays is enough to fail. */
function placeChanges(given: Given, event: FailureEvent): Fix[] {
  const { design, flow } = given;
  const used = new Set(flow.stops.map((s) => s.component));
  const moves = [...design.components.values()].flatMap((component) => {
    if (!used.has(component.id) || isWhole(component) || !standsIn(design, component, event.element)) return [];
    const wider = event.kind === 'region' ? widerRegions(design, component) : widerZones(design, component);
    return wider ? [{ component, ...spread(given, component, wider) }] : [];
  });
  const each = moves.map(({ title, edits }): Fix => ({ title, edits }));
  if (moves.length < 2) return each;
  const names = moves.map((m) => m.component.id);
  const where = [...new Set(moves.map((m) => m.over))];
  const title = `Spread ${names.slice(0, -1).join(', ')} and ${names.at(-1)}${where.length === 1 ? ` across ${where[0]}` : ' wider'}`;
  return [...each, { title, edits: moves.flatMap((m) => m.edits) }];
}

function standsIn(design: Design, component: Component, place: ElementId): boolean {
  if (component.copies.length > 1) return component.copies.some((c) => c.place === place || c.instances.some((i) => i.place === place));
  return [...replicasByPlace(component).keys()].some((id) => id === place || design.places.get(id)?.region === place);
}

/** As many instances as there are, or as leave enough when one of the places fails. */
function spread(given: Given, component: Component, wider: Wider): Fix & { readonly over: string } {
  const now = replicasPerCopy(component);
  const { apart, names } = wider;
  const needed = neededAtOnce(given, component);
  const least = hasQuorum(component) ? Math.max(3, now) : Math.max(2, now, Math.ceil((needed * apart) / (apart - 1)));
  const count = component.properties.has('autoscale') ? now : least;
  const over = names.join(', ');
  return {
    title: count === now ? `Spread ${component.id} across ${over}` : `Run ${count} replicas of ${component.id} across ${over}`,
    over,
    edits: [set(component, 'replicas', `${count} across ${over}`), ...(count > 1 ? watching(given, component) : [])],
  };
}
