import type { ElementId } from '../design/design.ts';
import type { Span } from '../source.ts';
import type { ClosedLoad } from './closed.ts';
import type { DayCurve, DayTime } from './day.ts';
import type { Estimate, Figure } from './figure.ts';
import type { Limits } from './limits.ts';

/** A rate (1/s): on average, and at peak. */
export interface Rate {
  readonly average: Estimate;
  readonly peak: Estimate;
}

/** How often a flow starts. */
export interface FlowDemand extends Rate {
  /** How much that grows in a year (0.5: by half), as its source says; absent where nobody says. */
  readonly growth?: Figure;
  /** Its rate over the day as share of that at peak, where its source says at what time (`profile`, `schedule`); absent where the time of the peak is not known. */
  readonly profile?: DayCurve;
}

/** Rates and bytes of one flow. Arrays are indexed like the flow's `stops` and `hops`. */
export interface FlowTraffic {
  readonly flow: ElementId;
  readonly demand: FlowDemand;
  readonly stops: readonly Rate[];
  /** Rate of each hop, before it is split over alternatives. */
  readonly hops: readonly HopTraffic[];
}

export interface HopTraffic {
  readonly rate: Rate;
  /** The part of it that goes to each target, indexed like the hop's `to`. */
  readonly targets: readonly Rate[];
  /** Sub-requests that one request becomes: S for a scatter over S shards, else 1. */
  readonly scatter: number;
  /** Bytes/s at peak with the hop and against it. */
  readonly request: Estimate;
  readonly answer: Estimate;
}

/** Shards and replicas of each with which a store stays within `max-utilization`; `by` says which of them is not what is declared. */
export interface StoreGrowth {
  readonly by: 'shards' | 'replicas';
  readonly shards: number;
  readonly replicas: number;
}

/** How uneven the shards of a store are loaded: present where its `skew` gives one of several shards more than its part. */
export interface HotShard {
  /** Share of the requests for single keys that the hottest shard gets: 0.125. */
  readonly share: Estimate;
  /** Utilisation of the busiest instance at peak if all shards got the same. */
  readonly evenUtilization: Estimate;
}

/** Load of a component: all flows and stops added. Store rates count requests to the component as a whole. */
export interface ComponentLoad {
  readonly component: ElementId;
  readonly total: Rate;
  /** Reads, and writes with updates and publishes. Calls and messages consumed are in `total` only. */
  readonly reads: Rate;
  readonly writes: Rate;
  /** Where something that reaches it has a profile over the day: when it is loaded most. */
  readonly day?: DayOfLoad;
  /** Requests/s at peak that the busiest instance gets (hottest shard, replication of writes included). */
  readonly perInstance: Estimate;
  /** Requests/s that one instance sustains at 100 %. */
  readonly capacityPerInstance: Estimate;
  /** Cores needed in all at peak and 100 % utilisation: rate × cpu-time. */
  readonly cores: Estimate;
  /** Load over capacity at peak with the declared instances: 0.92. */
  readonly utilization: Estimate;
  /** What of the utilisation the calls of each component make up, where not all of them weigh the same; absent where all do. */
  readonly callers?: ReadonlyMap<ElementId, number>;
  /** Instances needed at peak at 100 %, and at `max-utilization`. */
  readonly replicasAtFull: Estimate;
  readonly replicasNeeded: Estimate;
  /** What `replicasNeeded` of a store consists of, per copy: the smaller of more shards and more replicas of each. Absent where it is no such product. */
  readonly growth?: StoreGrowth;
  readonly hotShard?: HotShard;
  /** Instances that serve: shards × replicas × copies (or `nodes`). */
  readonly replicas: number;
  /** Replicas of one copy (and shard) that the peak needs at `max-utilization`, more than there are where all of them do not carry it. */
  readonly neededPerCopy: Estimate;
  /** All work comes from this queue, from which so many instances take; `maxLength` where it has one and no other component takes from it. */
  readonly sharedQueue?: { readonly queue: ElementId; readonly instances: Estimate; readonly maxLength?: Figure };
  /** Queues with a `max-length` (messages or bytes) from which it takes, where it takes not all of their messages or does other work too. */
  readonly boundedQueues?: readonly { readonly queue: ElementId; readonly maxLength: Figure }[];
  /** Bytes/s in and out at peak. */
  readonly ingress: Estimate;
  readonly egress: Estimate;
}

/** When a component is loaded most. */
export interface DayOfLoad {
  /** When the most requests reach it: its peak. */
  readonly peak: DayTime;
  /** When its instances are loaded most, for which it is sized: another time where not all requests weigh the same. */
  readonly busiest: DayTime;
  /** Requests/s at that time. */
  readonly rate: Estimate;
}

export interface ConnectionLoad {
  readonly connection: ElementId;
  readonly total: Rate;
  /** One entry per operation on it, in order of first use, for labels. */
  readonly operations: readonly { readonly operation: string; readonly rate: Rate; readonly condition?: string }[];
  readonly request: Estimate;
  readonly answer: Estimate;
}

export interface Traffic {
  readonly flows: ReadonlyMap<ElementId, FlowTraffic>;
  readonly components: ReadonlyMap<ElementId, ComponentLoad>;
  readonly connections: ReadonlyMap<ElementId, ConnectionLoad>;
  /** Clients whose users think between two requests. */
  readonly closed: ReadonlyMap<ElementId, ClosedLoad>;
}

/** Storage of a store, table by table (and untabled writes as one entry). */
export interface StorageEntry {
  /** Table id, or the store's id for writes that name no table. */
  readonly element: ElementId;
  readonly store: ElementId;
  /** Bytes added per day by writes: one copy, and times the copies. */
  readonly perDay: Estimate;
  readonly perDayWithCopies: Estimate;
  /** Bytes held over the retention (or the declared stock), one copy and times the copies. */
  readonly retained: Estimate;
  readonly retainedWithCopies: Estimate;
  /** How what it gains a day grows: parts of that by their growth in a year (0.5: by half), which add up to 1; absent where none grows. */
  readonly growing?: readonly GrowingShare[];
}

export interface GrowingShare {
  readonly share: number;
  readonly perYear: number;
}

export interface Storage {
  readonly entries: readonly StorageEntry[];
  readonly stores: ReadonlyMap<ElementId, StorageEntry>;
  /** What databases, search indexes and blob stores gain per day in all; caches and streams keep nothing for good. */
  readonly durable: Pick<StorageEntry, 'perDay' | 'perDayWithCopies'>;
}

/** Something that can fail on its own. `id` is unique and stable: `instance:api`, `instance:api@us.a`, `primary:db`, `standby:db@us.b`, `zone:us.a`, `region:us`, `host:rack-7`, `control-plane:istio`, `managed:s3`. */
export interface FailureEvent {
  readonly id: string;
  readonly kind:
    | 'instance'
    | 'primary'
    | 'standby'
    | 'shard'
    | 'managed'
    | 'zone'
    | 'region'
    | 'host'
    | 'shared'
    | 'failover'
    | 'control-plane'
    | 'sidecar';
  /** Component or place (or name of the shared fate). */
  readonly element: ElementId;
  readonly place?: ElementId;
  /** In words: `the only instance of lb`, `zone us.a`. */
  readonly label: string;
  readonly span: Span;
}

/** One link of the chain from an event to the flow, in words: "api calls tweets (write) and waits". */
export interface ChainLink {
  readonly text: string;
  readonly span: Span;
  readonly element: ElementId;
}

/** An event that alone makes a flow fail: a minimal cut set of order 1. */
export interface SingleFailure {
  readonly event: FailureEvent;
  readonly flow: ElementId;
  /** True if only the completion (what goes on after the answer) fails. */
  readonly completion: boolean;
  /** Share of the flow's requests that take the failing path (product of when, miss and shares), or why it is not known. */
  readonly share: Estimate;
  /** Why: from the event up to the flow. */
  readonly chain: readonly ChainLink[];
  /** Redundancy that it defeats. */
  readonly illusory?: IllusoryRedundancy;
  /** Where it is a cache that the flow reads but could do without: what cannot carry the load then. */
  readonly overloads?: CarriedLoad;
}

/** Branches of which any would do (copies of a stamp, alternatives, a step and its fallback), but all of which one event fails. */
export interface IllusoryRedundancy {
  /** `us`, `eu`; `tax`, `flat-rate`. */
  readonly branches: readonly string[];
  /** Components that all of them need and that the event stops; empty where it stops each of them by other components. */
  readonly shared: readonly ElementId[];
  /** Components of the branches that are left which then cannot carry the peak: all branches are needed. */
  readonly full: readonly ElementId[];
}

/** Load that a cache keeps away from a component. */
export interface CarriedLoad {
  readonly element: ElementId;
  /** Requests/s at peak with the cache and without it. */
  readonly rate: number;
  readonly rateWithout: number;
  /** Its utilisation without the cache, with all replicas up, and its `max-utilization`. */
  readonly utilization: number;
  readonly limit: number;
}

export interface Failures {
  /** Order: flows in text order, answer before completion, events in text order. */
  readonly singles: readonly SingleFailure[];
  /** What the model could not take into account, in words, by component. */
  readonly notes: readonly { readonly element: ElementId; readonly text: string; readonly span: Span }[];
}

/** Everything that is computed from a Design. */
export interface Analysis {
  readonly traffic: Traffic;
  readonly storage: Storage;
  readonly limits: Limits;
  readonly failures: Failures;
}
