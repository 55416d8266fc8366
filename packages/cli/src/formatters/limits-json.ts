import type { Analysis, Backlog, ConnectionsHeld, Design, Estimate, PartitionUse } from '@sysd/core';

type Figure = (estimate: Estimate) => object;

/** What components can hold beside their work for the CPU, as plain data in base units; what does not arise is absent. */
export function limitsJson(design: Design, analysis: Analysis, figure: Figure): object[] {
  return [...design.components.keys()].flatMap((id) => {
    const limits = analysis.limits.get(id);
    if (!limits) return [];
    const { connections, sessions, partitions, disk, workingSet, network, backlogs } = limits;
    if (!connections && !sessions && !partitions && !disk && !workingSet && !network && backlogs.length === 0) return [];
    return [
      {
        component: id,
        ...(connections ? { connections: connectionsJson(connections, figure) } : {}),
        ...(sessions
          ? {
              sessions: {
                clients: sessions.clients.map((c) => ({ client: c.client, held: figure(c.held) })),
                held: figure(sessions.held),
                limit: figure(sessions.limit),
                instances: figure(sessions.instances),
                utilization: figure(sessions.utilization),
                needed: figure(sessions.needed),
              },
            }
          : {}),
        ...(partitions ? { partitions: partitionsJson(partitions, figure) } : {}),
        ...(disk
          ? {
              disk: {
                used: figure(disk.used),
                usable: figure(disk.usable),
                utilization: figure(disk.utilization),
                endlessPerDay: figure(disk.endless),
                ...(disk.fullIn ? { fullIn: figure(disk.fullIn) } : {}),
              },
            }
          : {}),
        ...(workingSet
          ? {
              workingSet: {
                held: figure(workingSet.held),
                ...(workingSet.filledAt ? { filledAt: workingSet.filledAt } : {}),
                memory: figure(workingSet.memory),
                utilization: figure(workingSet.utilization),
                hitRatio: figure(workingSet.hitRatio),
              },
            }
          : {}),
        ...(network
          ? {
              network: {
                in: figure(network.in),
                out: figure(network.out),
                bandwidth: figure(network.bandwidth),
                utilization: figure(network.utilization),
              },
            }
          : {}),
        backlogs: backlogs.map((b) => backlogJson(b, figure)),
      },
    ];
  });
}

function connectionsJson({ callers, held, limit, best }: ConnectionsHeld, figure: Figure): object {
  return {
    held: figure(held),
    limit: figure(limit),
    ...(best ? { best: figure(best) } : {}),
    callers: callers.map((c) => ({
      connection: c.connection,
      instances: figure(c.instances),
      pool: figure(c.pool),
      held: figure(c.held),
      perInstance: figure(c.perInstance),
      hold: figure(c.hold),
      busy: figure(c.busy),
    })),
  };
}

function partitionsJson({ partitions, needed, forProducers, groups }: PartitionUse, figure: Figure): object {
  return {
    partitions: figure(partitions),
    needed: figure(needed),
    forProducers: figure(forProducers),
    groups: groups.map((g) => ({
      name: g.name,
      consumers: g.consumers,
      instances: figure(g.instances),
      rate: figure(g.rate),
      partitions: figure(g.partitions),
    })),
  };
}

function backlogJson(b: Backlog, figure: Figure): object {
  return {
    consumer: b.consumer,
    outage: figure(b.outage),
    arrival: figure(b.arrival),
    capacity: figure(b.capacity),
    waiting: figure(b.waiting),
    drain: figure(b.drain),
    ...(b.overflow ? { overflow: figure(b.overflow) } : {}),
    ...(b.refused ? { refused: figure(b.refused) } : {}),
  };
}
