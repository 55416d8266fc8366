import { type Connection, type Design, effective, type Flow, formatQuantity, type Hop, property, type Stop, TIME } from '@sysd/core';

/** How long a caller may wait at a connection: all attempts until each gives up, and the pauses between them. */
export interface Patience {
  readonly connection: Connection;
  readonly attempts: number;
  readonly timeout: number;
  /** s; jitter may make a pause as short as nothing, so that pauses with it do not count. */
  readonly pauses: number;
  /** attempts × timeout + pauses, s. */
  readonly longest: number;
}

/** The connection over which a hop reaches one of its targets. */
export function connectionOf(design: Design, flow: Flow, hop: Hop, stop: number): Connection | undefined {
  return design.connections.get(`${(flow.stops[hop.from] as Stop).component}->${(flow.stops[stop] as Stop).component}`);
}

/** Undefined where the connection has no timeout: then nobody says how long. */
export function patienceOf(connection: Connection): Patience | undefined {
  const timeout = property(connection.properties, 'timeout')?.value.value;
  if (timeout === undefined) return undefined;
  const retries = effective(connection.properties, 'retries')?.value.value ?? 0;
  const pauses = pausesOf(connection, retries);
  return { connection, attempts: 1 + retries, timeout, pauses, longest: (1 + retries) * timeout + pauses };
}

function pausesOf(connection: Connection, retries: number): number {
  const backoff = property(connection.properties, 'backoff')?.value;
  const base = backoff?.base?.value ?? 0;
  if (effective(connection.properties, 'jitter')?.value === 'full') return 0;
  switch (backoff?.kind) {
    case 'exponential':
      return base * (2 ** retries - 1);
    case 'linear':
      return (base * retries * (retries + 1)) / 2;
    default:
      return 0;
  }
}

/**
 * By stop: the connection at which it may wait longest for one of its calls, here or further down where calls have no timeout of their own. A
 * lower bound of the wait: what is called one after another adds up. One pass from the last hop to the first, as they are in text order.
 */
export function longestWaits(design: Design, flow: Flow): (Patience | undefined)[] {
  const waits: (Patience | undefined)[] = flow.stops.map(() => undefined);
  for (const hop of [...flow.hops].reverse()) {
    if (!hop.sync || hop.lookup) continue;
    for (const { stop } of hop.to) {
      const connection = connectionOf(design, flow, hop, stop);
      const own = (connection && patienceOf(connection)) ?? waits[stop];
      if (own && own.longest > (waits[hop.from]?.longest ?? 0)) waits[hop.from] = own;
    }
  }
  return waits;
}

/** The same for one stop, by looking only at what it calls without a timeout of its own. */
export function longestWaitAt(design: Design, flow: Flow, stop: number): Patience | undefined {
  const seen = new Set([stop]);
  const open = [stop];
  let longest: Patience | undefined;
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const index of flow.stops[at]?.outgoing ?? []) {
      const hop = flow.hops[index] as Hop;
      if (!hop.sync || hop.lookup) continue;
      for (const target of hop.to) {
        const connection = connectionOf(design, flow, hop, target.stop);
        const own = connection && patienceOf(connection);
        if (own) longest = longest && longest.longest >= own.longest ? longest : own;
        else if (!seen.has(target.stop)) {
          seen.add(target.stop);
          open.push(target.stop);
        }
      }
    }
  }
  return longest;
}

/** A timeout to write down: up to two figures, not below the time given. */
export function roundedUp(seconds: number): string {
  const step = 10 ** (Math.floor(Math.log10(seconds)) - 1);
  return formatQuantity(Math.ceil(seconds / step - 1e-9) * step, TIME, 4);
}

/** Whether no flow has a caller above with less patience than the connection would then take: raising a timeout must not move the fault up. */
export function mayTake(design: Design, connection: Connection, seconds: number): boolean {
  const patience = patienceOf(connection);
  if (!patience) return false;
  const longest = patience.attempts * seconds + patience.pauses;
  const flows = new Set(connection.uses.map((use) => use.flow));
  return [...flows].every((id) => {
    const flow = design.flows.get(id);
    return !flow || flow.hops.every((hop) => hop.to.every(({ stop }) => hasPatience(design, flow, hop, stop, connection.from, longest)));
  });
}

function hasPatience(design: Design, flow: Flow, hop: Hop, stop: number, caller: string, longest: number): boolean {
  if ((flow.stops[stop] as Stop).component !== caller) return true;
  const above = connectionOf(design, flow, hop, stop);
  const timeout = above && property(above.properties, 'timeout')?.value.value;
  return timeout === undefined || timeout >= longest * (1 - 1e-9);
}
