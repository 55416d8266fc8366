import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** A connection whose callers hold connections of a pool open to a server. */
export interface PoolUse {
  /** `from->to`, and who calls. */
  readonly connection: ElementId;
  readonly caller: ElementId;
  /** Instances of the caller that may be there at once, as far as one copy of the callee sees them. */
  readonly instances: Estimate;
  /** Connections that one of them keeps to a server. */
  readonly pool: Estimate;
  /** Connections that they all keep to the server that is asked by most. */
  readonly held: Estimate;
  /** Requests/s at peak that one instance of the caller sends to one shard over the connection. */
  readonly perInstance: Estimate;
  /** How long a request takes a connection, at least: the mean latency of the callee. */
  readonly hold: Estimate;
  /** Connections that are busy in the mean at peak (Little's law): requests/s × time. */
  readonly busy: Estimate;
}

/** Connections to one server of a component. */
export interface ConnectionsHeld {
  /** In text order. */
  readonly callers: readonly PoolUse[];
  readonly held: Estimate;
  /** `max-connections`. */
  readonly limit: Estimate;
  /** Connections with which a server of a relational database works best, a starting point: 2 × cores + one disk. Absent for all else. */
  readonly best?: Estimate;
}

/** Connections that users who are online hold open, at the same time, to all instances of a component. */
export interface SessionsHeld {
  readonly clients: readonly { readonly client: ElementId; readonly held: Estimate }[];
  readonly held: Estimate;
  /** `connections`: what one instance can hold. */
  readonly limit: Estimate;
  /** Instances that may be there at once. */
  readonly instances: Estimate;
  /** Held ÷ what all instances can hold. */
  readonly utilization: Estimate;
  /** Instances that it takes to hold them. */
  readonly needed: Estimate;
}

/** Consumers of a stream that share its messages. */
export interface ConsumerGroup {
  readonly name: string;
  readonly consumers: readonly ElementId[];
  /** Instances that may be there at once. */
  readonly instances: Estimate;
  /** Messages/s that reach the group at peak. */
  readonly rate: Estimate;
  /** Partitions that it takes for the group to keep up, where each is read by one instance: ⌈rate ÷ capacity of one⌉. */
  readonly partitions: Estimate;
}

export interface PartitionUse {
  readonly partitions: Estimate;
  /** Partitions that it takes for what is published at peak. */
  readonly forProducers: Estimate;
  readonly groups: readonly ConsumerGroup[];
  /** The most that either side needs; what is not known is left out, and none where nothing is. */
  readonly needed: Estimate;
}

/** How full the disk of one machine is. */
export interface DiskUse {
  /** Bytes on one machine once everything is there that is kept, and what of it may be used. */
  readonly used: Estimate;
  readonly usable: Estimate;
  /** Used ÷ usable. */
  readonly utilization: Estimate;
  /** Bytes that all machines gain a day, with copies, of what nothing ever removes. */
  readonly endless: Estimate;
  /** From an empty disk (but for what is in stock) until it is full; absent where what is kept stays below that. */
  readonly fullIn?: Estimate;
}

/** What a cache is asked to hold. */
export interface WorkingSet {
  /** Bytes on one machine. */
  readonly held: Estimate;
  /** The rate at which its misses fill it: that at peak where `ttl` is no more than an hour; absent where flows write it (then that of what is stored). */
  readonly filledAt?: 'average' | 'peak';
  readonly memory: Estimate;
  /** Held ÷ memory. */
  readonly utilization: Estimate;
  /** Share of the reads that the memory can answer, with keys as unevenly popular as `popularity` says. */
  readonly hitRatio: Estimate;
}

/** Bytes/s of the busiest instance at peak. A network card carries both directions at once. */
export interface NetworkUse {
  readonly in: Estimate;
  readonly out: Estimate;
  readonly bandwidth: Estimate;
  /** The greater direction ÷ bandwidth. */
  readonly utilization: Estimate;
}

/** What becomes of a queue when a consumer is down for a while at peak. */
export interface Backlog {
  readonly consumer: ElementId;
  /** Length of the outage that is assumed. */
  readonly outage: Figure;
  /** Messages/s that reach the consumer at peak, and that it can work off. */
  readonly arrival: Estimate;
  readonly capacity: Estimate;
  /** Messages that wait when it is over, and the time from then until none does. */
  readonly waiting: Estimate;
  readonly drain: Estimate;
  /** From the beginning of the outage until `max-length` is reached; absent where the queue has none. */
  readonly overflow?: Estimate;
  /** Share of the messages at peak that a queue with a `max-length` in messages refuses, without any outage; absent for all else. */
  readonly refused?: Estimate;
}

/** What a component can hold beside its work for the CPU; absent where that does not arise. */
export interface ComponentLimits {
  readonly component: ElementId;
  readonly connections?: ConnectionsHeld;
  readonly sessions?: SessionsHeld;
  readonly partitions?: PartitionUse;
  readonly disk?: DiskUse;
  readonly workingSet?: WorkingSet;
  readonly network?: NetworkUse;
  readonly backlogs: readonly Backlog[];
}

/** By component, in text order. */
export type Limits = ReadonlyMap<ElementId, ComponentLimits>;
