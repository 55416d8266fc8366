import type { ElementId, Objective } from '../design/design.ts';
import type { Verdict } from './availability.ts';
import type { Estimate } from './figure.ts';

/**
 * What a request does somewhere, as a bar of a waterfall: a step into one of its targets, or the flow's first stop (no `hop`). Times are means
 * in s, at peak load, of a request that goes there.
 */
export interface LatencySpan {
  readonly hop?: number;
  readonly from?: ElementId;
  readonly component: ElementId;
  /** How many steps lead here. */
  readonly depth: number;
  /** Times that it happens in the mean request: 0.1 on a miss of every tenth, 200 for `times 200`; undefined where a hit ratio is not known. */
  readonly visits?: number;
  /** When it begins, in the mean. What is not known before it counts as nothing here: `lacking` of the flow says what that is. */
  readonly start: number;
  /** The whole step with all that lies below it, once: what its caller waits. Undefined where some of it is not known. */
  readonly duration?: number;
  /** Work of the component itself. */
  readonly own: Estimate;
  /** For an instance of it to be free. */
  readonly wait: Estimate;
  /** Round trip between the two places, and the time to send what the step says is sent. */
  readonly network: Estimate;
}

/** Something that the estimate leaves out, of these elements, and why. */
export interface LeftOut {
  /** `timeout`: what it cuts off and retries add; `refused`: messages of a queue that is full. */
  readonly what: 'wait' | 'network' | 'transfer' | 'timeout' | 'refused';
  readonly elements: readonly ElementId[];
  /** `nobody says where they stand`. */
  readonly reason: string;
  /** Of the calls that come after their timeout, or the messages that are refused. */
  readonly share?: number;
}

/** A latency objective of a flow against what it comes to. */
export interface LatencyObjective {
  readonly objective: Objective;
  readonly verdict: Verdict;
  readonly estimate: Estimate;
}

/** Of all that a request waits for in the mean, the part of one component (its work and the wait for it) or of the network into it. */
export interface LatencyContribution {
  readonly component: ElementId;
  readonly what: 'own' | 'wait' | 'network';
  /** Mean of all its visits, s. */
  readonly time: Estimate;
}

/** How long it takes from a queue or stream on until all is done that follows, at peak load. */
export interface AfterQueue {
  readonly queue: ElementId;
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
}

/** Latency of a flow's answer, or of its completion where something goes on after the answer. At peak load. */
export interface FlowLatency {
  readonly flow: ElementId;
  readonly completion: boolean;
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
  /** Where the completion is not estimated: its parts behind queues and streams. */
  readonly afterQueues: readonly AfterQueue[];
  readonly objectives: readonly LatencyObjective[];
  readonly waterfall: readonly LatencySpan[];
  /** By falling time, as far as known. */
  readonly contributions: readonly LatencyContribution[];
  readonly leftOut: readonly LeftOut[];
  /** Components whose latency is one number, of which the tail is an assumption. */
  readonly assumed: readonly ElementId[];
}

export interface Latency {
  /** Flows in text order, the answer before the completion. */
  readonly flows: readonly FlowLatency[];
}
