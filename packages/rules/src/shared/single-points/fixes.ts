import { hasQuorum, rolesOf } from '@sysd/analysis';
import { type Component, type Edit, type Fix, known, property, replicasPerCopy, STORES } from '@sysd/core';
import type { Input } from '../../rule.ts';
import { automaticFailover, failoverOf, hasArbiter } from '../failover.ts';
import { replicasByPlace, replicasText, type Spread, spreadOf, withSpare } from '../placement.ts';
import { holdsState, set } from '../redundancy.ts';
import { accessesOf } from '../requirements.ts';
import { callsOf, healthOf, isCovered, isNoticed } from '../routing.ts';
import { isInstance, isPlace, type SinglePoint } from './grouping.ts';

export interface Subject {
  readonly point: SinglePoint;
  /** The component to change: the one whose instance fails, or the only one that the place takes down by itself. */
  readonly component: Component;
}

type Model = Omit<Input, 'points'>;

/** The move that removes the finding, where it is sure: as many instances as it takes, standing apart, with somebody to switch over. */
export function redundancyFixes({ point, component }: Subject, input: Input): Fix[] {
  const { event } = point;
  if (event.kind === 'control-plane') {
    const edits: Edit[] = [{ kind: 'set-property', on: component.id, property: 'when-control-plane-fails', value: 'open' }];
    return [{ title: `Let the sidecars of ${component.id} go on with their last configuration`, preferred: true, edits }];
  }
  if (property(component.properties, 'managed')?.value === 'yes' || component.kind === 'external' || component.properties.has('autoscale'))
    return [];
  // Two of them in one region would leave that region as what all branches need; where else they belong, the design does not say.
  const isIllusory = [...point.answers, ...point.completions].some((s) => s.illusory);
  if (isIllusory && component.copies.some((copy) => copy.instances.some((run) => run.place !== undefined))) return [];
  // More instances on the same host would fail with it.
  if (component.properties.has('host') || component.properties.has('shares')) return [];
  if (isPlace(event)) return spreadFix(component, input);
  if (!isInstance(event)) return [];
  if (point.standbys) return spareFix(component, input);
  return standbyFix(component, input);
}

/** What makes a standby of the component take over by itself, with a third node where two could not decide. */
export function standbyFix(component: Component, input: Input): Fix[] {
  return holdsState(component) ? statefulFix(component, input) : statelessFix(component, input);
}

/** Whether one address moves to the standby; more than one load balancer at a time needs somebody in front. */
function isPair(component: Component, input: Model): boolean {
  if (property(component.properties, 'mode')?.value === 'active-passive') return true;
  return (component.kind === 'loadbalancer' || component.kind === 'dns') && neededAtOnce(component, input) === 1;
}

/** Fewest replicas of a copy, and no fewer than there are of what holds data, of which one may fail. */
export function replicasFor(component: Component, input: Model): number {
  // Three: a majority of them survives one failure, and a primary that has failed still leaves two copies.
  if (holdsState(component)) return Math.max(3, replicasPerCopy(component));
  return isPair(component, input) ? 2 : withSpare(neededAtOnce(component, input), spreadOf(input.design, component).zones.length);
}

/** Whether its replicas decide by majority, or should where there are several. */
export const decidesTogether = (component: Component): boolean => hasQuorum(component) || component.kind === 'registry';

/** Instances of one copy that must be up at once for the load, as far as it is known, and for `min-available`. */
export function neededAtOnce(component: Component, { analysis }: Pick<Input, 'analysis'>): number {
  const inAll = known(analysis.traffic.components.get(component.id)?.replicasNeeded) ?? 1;
  const least = property(component.properties, 'min-available')?.value.value ?? 1;
  return Math.max(1, least, Math.ceil(inAll / Math.max(1, component.copies.length)));
}

function statelessFix(component: Component, input: Input): Fix[] {
  const { design, index } = input;
  const spread = spreadOf(design, component);
  const pair = isPair(component, input);
  const count = replicasFor(component, input);
  const edits: Edit[] = [];
  const grows = count > replicasPerCopy(component);
  if (grows) edits.push(set(component, 'replicas', replicasText(design, component, count)));
  if (pair) {
    if (property(component.properties, 'mode')?.value !== 'active-passive') edits.push(set(component, 'mode', 'active-passive'));
    if (failoverOf(component) !== 'automatic') edits.push(set(component, 'failover', automaticFailover(component)));
  }
  const calls = callsOf(index, component.id);
  if (!pair && !calls.every((c) => isNoticed(index, component, c))) {
    edits.push(set(component, 'health', healthOf(component)));
  }
  if (edits.length === 0) return [];
  // Without somebody to spread the calls, more instances are half of the move.
  const routed = pair || calls.every((c) => c.router || c.hop.operation === 'consume' || isCovered(index, component.id, c.from.id));
  const title = grows ? titleOf(component, count, spread) : pair ? takeOver(component) : `Check the health of ${component.id}`;
  return [{ title, ...(routed ? { preferred: true } : {}), edits }];
}

function statefulFix(component: Component, input: Input): Fix[] {
  const { design } = input;
  const spread = spreadOf(design, component);
  const now = replicasPerCopy(component);
  const voting = decidesTogether(component);
  const edits: Edit[] = [];
  const count = replicasFor(component, input);
  const failsOver = !voting && rolesOf(component) !== 'leaderless' && failoverOf(component) !== 'automatic';
  // Of two, neither can be outvoted: whoever takes over might be the second primary.
  const third = failsOver && !hasArbiter(design, component);
  if (now < 3 && (voting || now === 1 || third)) edits.push(set(component, 'replicas', replicasText(design, component, count)));
  if (voting) {
    for (const side of ['write-quorum', 'read-quorum'] as const) {
      if (property(component.properties, side)?.value === 'all') edits.push(set(component, side, 'majority'));
    }
    if (component.kind === 'registry' && !hasQuorum(component)) edits.push(set(component, 'quorum', 'majority'));
  } else if (failsOver) {
    edits.push(set(component, 'failover', automaticFailover(component)));
  }
  if (edits.length === 0) return [];
  if (now === 1 && !voting && STORES.includes(component.kind) && needsPrimary(component, input))
    edits.push(set(component, 'reads', 'primary'));
  const grows = edits.some((e) => e.kind === 'set-property' && e.property === 'replicas');
  const title = grows ? titleOf(component, count, spread) : takeOver(component);
  return [{ title, preferred: true, edits }];
}

/** Where all standbys are needed, for the reads or as many as confirm a write, one more leaves a spare. */
function spareFix(component: Component, { design }: Input): Fix[] {
  const count = replicasPerCopy(component) + 1;
  const title = titleOf(component, count, spreadOf(design, component));
  return [{ title, preferred: true, edits: [set(component, 'replicas', replicasText(design, component, count))] }];
}

/** Whether somebody requires of the store what asynchronous replicas would no longer give. */
function needsPrimary(component: Component, { index }: Input): boolean {
  if (property(component.properties, 'replication')?.value !== 'async') return false;
  return accessesOf(index, component.id).some((a) => a.side === 'read' && a.requirement.level !== 'eventual');
}

/** The same instances (or as many as it takes) over more places. */
function spreadFix(component: Component, input: Input): Fix[] {
  const { design } = input;
  const spread = spreadOf(design, component);
  const places = spread.zones.length;
  const now = replicasPerCopy(component);
  const voting = hasQuorum(component);
  let count: number;
  if (voting) {
    count = Math.max(3, now);
    if (count - Math.ceil(count / Math.max(1, places)) < Math.floor(count / 2) + 1) return [];
  } else if (holdsState(component)) {
    count = Math.max(2, now);
  } else {
    count = Math.max(
      now,
      property(component.properties, 'mode')?.value === 'active-passive' ? 2 : withSpare(neededAtOnce(component, input), places),
    );
  }
  const crowded = Math.max(0, ...replicasByPlace(component).values()) > Math.ceil(now / Math.max(1, places));
  if (places < 2 || (!crowded && count === now)) return [];
  return [
    {
      title: titleOf(component, count, spread),
      preferred: true,
      edits: [set(component, 'replicas', replicasText(design, component, count))],
    },
  ];
}

function titleOf(component: Component, count: number, spread: Spread): string {
  return `Run ${count} replicas of ${component.id}${spread.names.length > 0 ? ` across ${spread.names.join(', ')}` : ''}`;
}

const takeOver = (component: Component): string => `Let a standby of ${component.id} take over automatically`;
