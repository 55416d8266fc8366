import { type Component, type Connection, type ElementId, effective, known, property, type Stability, type Traffic } from '@sysd/core';
import { isLoadedByUsers } from '../closed/loaded.ts';
import { boundedAttempts, type RetryBounds } from '../estimation/retries.ts';
import { scaleOutOf } from '../traffic/scale-out.ts';

/** Calls of one connection into a component at peak, and what bounds their retries. */
export interface RetryingCalls extends RetryBounds {
  readonly connection: Connection;
  /** First tries/s at peak. */
  readonly rate: number;
  /** The same where some calls weigh more than others (a write that loads every replica): in calls/s of the mean weight. */
  readonly weighed: number;
}

/** What retries make of a component when its calls fail. */
export interface RetryStability {
  /**
   * `stable`: it copes even when every call is retried. `vulnerable`: it runs, but a trigger that makes calls fail for a moment leaves it
   * overloaded by retries after the trigger is gone. `metastable`: it is over capacity already, and retries keep it there. `overloaded`: it is
   * over capacity, and retries, which a budget or breaker stops, add nothing.
   */
  readonly state: Stability['state'];
  /** Load over capacity at peak: without retries, and with all that are allowed. Of what scales by itself over that of all instances of its range. */
  readonly utilization: number;
  readonly disturbed: number;
  /** These instances, of a copy. */
  readonly scaledTo?: number;
  /** Share of failing calls from which on the retries alone keep it at 100 % or above; for `vulnerable`. */
  readonly tipping?: number;
  /** Calls/s at peak, first tries. */
  readonly calls: number;
  /** All calls, and those with retries. */
  readonly into: readonly RetryingCalls[];
  readonly retrying: readonly RetryingCalls[];
}

/** Connections into the component with their rates; undefined where one of the rates is not known. */
function callsInto(component: ElementId, connections: readonly Connection[], traffic: Traffic): RetryingCalls[] | undefined {
  const calls: Omit<RetryingCalls, 'weighed'>[] = [];
  for (const connection of connections) {
    if (connection.to !== component) continue;
    const rate = known(traffic.connections.get(connection.id)?.total.peak);
    if (rate === undefined) return undefined;
    const budget = property(connection.properties, 'budget')?.value.value;
    calls.push({
      connection,
      rate,
      retries: effective(connection.properties, 'retries')?.value.value ?? 0,
      ...(budget === undefined ? {} : { budget }),
      breaker: connection.properties.has('breaker'),
    });
  }
  const callers = traffic.components.get(component)?.callers;
  const parts = calls.map((c) => callers?.get(c.connection.from) ?? 0);
  const [total, load] = [calls.reduce((sum, c) => sum + c.rate, 0), parts.reduce((sum, part) => sum + part, 0)];
  return calls.map((c, i) => ({ ...c, weighed: load > 0 ? (total * (parts[i] as number)) / load : c.rate }));
}

/**
 * How a component stands that is called with retries: vulnerable if U < 1 < U·a, with U its utilisation at peak and a the attempts per
 * call when all fail (retries + 1, no more than 1 + budget, 1 behind a circuit breaker), in the mean over the calls by what they load. Undefined where
 * nobody retries, its utilisation or a rate is not known, or users who think load it: what comes then is no load that is given.
 * Source: Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.
 * @param connections those with the component at an end
 */
export function retryStability(component: Component, connections: readonly Connection[], traffic: Traffic): RetryStability | undefined {
  const load = traffic.components.get(component.id);
  const atPeak = known(load?.utilization);
  if (!load || atPeak === undefined) return undefined;
  const scaleOut = scaleOutOf(component, load);
  const utilization = atPeak / (scaleOut?.factor ?? 1);
  const calls = callsInto(component.id, connections, traffic);
  const retrying = calls?.filter((c) => c.retries > 0 && c.rate > 0) ?? [];
  if (!calls || retrying.length === 0 || isLoadedByUsers(traffic, component.id)) return undefined;
  const total = calls.reduce((sum, c) => sum + c.rate, 0);
  const loadAt = (p: number): number => (utilization * calls.reduce((sum, c) => sum + c.weighed * boundedAttempts(p, c), 0)) / total;
  const disturbed = loadAt(1);
  const found = { utilization, disturbed, calls: total, into: calls, retrying, ...(scaleOut ? { scaledTo: scaleOut.most } : {}) };
  if (utilization >= 1) return { state: disturbed > utilization ? 'metastable' : 'overloaded', ...found };
  if (disturbed <= 1) return { state: 'stable', ...found };
  return { state: 'vulnerable', ...found, tipping: leastShare((p) => loadAt(p) >= 1) };
}

/** The least share from 0 to 1 at which something holds that, once true, stays true; to the last digit of a double's fraction. */
function leastShare(holds: (share: number) => boolean): number {
  let low = 0;
  let high = 1;
  for (let i = 0; i < 52; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
