import { type Component, type ElementId, type Flow, sameData } from '@sysd/core';

/** A flow that runs so often in each cycle of the users. */
interface PlannedFlow {
  readonly flow: ElementId;
  readonly runs: number;
}

/** Users of a client who think, and what a cycle of one of them consists of. */
export interface ClosedClient {
  readonly client: ElementId;
  /** Flows that the user runs, one after another, each with its think time. */
  readonly own: readonly PlannedFlow[];
  /** Flows of others that follow those: nobody waits for them. */
  readonly following: readonly PlannedFlow[];
}

/** Clients whose users think between two requests, in text order of their first flow. */
export interface ClosedPlan {
  readonly clients: readonly ClosedClient[];
  /** By flow: the client whose users make its rate. */
  readonly clientOf: ReadonlyMap<ElementId, ElementId>;
}

/**
 * Which flows follow from how many users are online: those that say no rate and start at a client with a `think-time`, and those that follow
 * them. One that follows and starts at the same client is run by the same users.
 * @param order flows, each after the one that it follows
 */
export function closedPlan(
  order: readonly ElementId[],
  flows: ReadonlyMap<ElementId, Flow>,
  components: ReadonlyMap<ElementId, Component>,
): ClosedPlan {
  const clients = new Map<ElementId, { own: PlannedFlow[]; following: PlannedFlow[] }>();
  const clientOf = new Map<ElementId, ElementId>();
  const runsOf = new Map<ElementId, number>();
  for (const id of order) {
    const { demand, source } = flows.get(id) as Flow;
    const follows = demand?.kind === 'flow' ? demand : undefined;
    const client = follows ? clientOf.get(follows.flow) : demand === undefined && thinks(components.get(source)) ? source : undefined;
    if (client === undefined) continue;
    const runs = follows ? follows.factor * (runsOf.get(follows.flow) ?? 0) : 1;
    const planned = clients.get(client) ?? { own: [], following: [] };
    clients.set(client, planned);
    clientOf.set(id, client);
    runsOf.set(id, runs);
    (source === client ? planned.own : planned.following).push({ flow: id, runs });
  }
  return { clients: [...clients].map(([client, planned]) => ({ client, ...planned })), clientOf };
}

const thinks = (source: Component | undefined): boolean => source?.kind === 'client' && source.properties.has('think-time');

export function keepClosedPlan(before: ClosedPlan, now: ClosedPlan): ClosedPlan {
  return sameData(before.clients, now.clients) ? before : now;
}
