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
  /** By flow whose rate follows from users who think. */
  readonly part: ReadonlyMap<ElementId, FlowPart>;
}

/** What a flow is in the cycle of the client whose users make its rate. */
export interface FlowPart {
  readonly client: ElementId;
  readonly runs: number;
  /** The users run it; else it follows, and nobody waits for it. */
  readonly own: boolean;
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
  const part = new Map<ElementId, FlowPart>();
  for (const id of order) {
    const { demand, source } = flows.get(id) as Flow;
    const follows = demand?.kind === 'flow' ? demand : undefined;
    const followed = follows && part.get(follows.flow);
    const client = follows ? followed?.client : demand === undefined && thinks(components.get(source)) ? source : undefined;
    if (client === undefined) continue;
    const runs = follows ? follows.factor * (followed?.runs ?? 0) : 1;
    const own = source === client;
    const planned = clients.get(client) ?? { own: [], following: [] };
    clients.set(client, planned);
    part.set(id, { client, runs, own });
    (own ? planned.own : planned.following).push({ flow: id, runs });
  }
  return { clients: [...clients].map(([client, planned]) => ({ client, ...planned })), part };
}

const thinks = (source: Component | undefined): boolean => source?.kind === 'client' && source.properties.has('think-time');

export function keepClosedPlan(before: ClosedPlan, now: ClosedPlan): ClosedPlan {
  return sameData(before.clients, now.clients) ? before : now;
}
