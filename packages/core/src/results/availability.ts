import type { ElementId, Objective } from '../design/design.ts';
import type { FailureEvent } from './analysis.ts';
import type { Estimate, Figure, NotEstimated } from './figure.ts';

/** What the availability of a flow certainly lies between, where it is not exact. */
export interface AvailabilityRange {
  readonly low: Figure;
  readonly high: Figure;
}

/** Two events that together make a flow fail while neither does alone: minimal cut sets of order 2. Both may be of one class: any two of them. */
export interface FailurePair {
  readonly first: FailureEvent;
  readonly second: FailureEvent;
  /** Two different ones of the same class (`an instance of api` and another one). */
  readonly same: boolean;
}

/** How much one class of events matters to a flow. Interchangeable events (the instances of a run) are one entry. */
export interface EventImportance {
  readonly event: FailureEvent;
  /** Events of the class that the flow depends on. */
  readonly count: number;
  /** Probability that one of them is down at any moment. */
  readonly probability: Estimate;
  /** Of one of them: P(flow fails | down) − P(flow fails | up). */
  readonly birnbaum: number;
  /** Contribution of one of them: birnbaum × probability ÷ unavailability of the flow. */
  readonly criticality: number;
}

/** Minimal cut sets as numbers: `ofOrder[k]` have k single events, up to the order that was counted. */
export interface CutSetNumbers {
  readonly ofOrder: readonly number[];
  /** Of any order; a double. */
  readonly total: number;
}

/** `not-estimated`: an event has no availability, or the design does not carry its peak with everything up. */
export type Verdict = 'met' | 'missed' | 'not-estimated';

/** An availability objective of a flow against what it comes to. */
export interface ObjectiveResult {
  readonly objective: Objective;
  readonly verdict: Verdict;
  /** Seconds a year (of 365 days) that the objective leaves, and the share of them that is used: 1.2 is more than there is. */
  readonly allowed: Figure;
  readonly used: Estimate;
}

/** A component that with everything up is fuller at peak than its `max-utilization`; ratios of capacity. */
export interface OverCapacity {
  readonly component: ElementId;
  readonly utilization: Estimate;
  readonly limit: Estimate;
}

/** Availability of a flow's answer, or of its completion where something goes on after the answer. */
export interface FlowAvailability {
  readonly flow: ElementId;
  readonly completion: boolean;
  /** Share of the time in which the request of the failure function succeeds; exact, or not estimated with the reason. */
  readonly availability: Estimate;
  /** 1 − availability, computed by itself: a double holds 10^-12 better than 1 − 10^-12. */
  readonly unavailability: Estimate;
  /** Where the availability is not estimated but something is known of it. */
  readonly between?: AvailabilityRange;
  /** Seconds a year (of 365 days). */
  readonly downtime: Estimate;
  readonly objectives: readonly ObjectiveResult[];
  /** Events whose availability nobody says, with what is lacking. */
  readonly unknown: readonly { readonly event: FailureEvent; readonly reason: string }[];
  /** Components that are above `max-utilization` at peak even with everything up; their redundancy is judged as if they were not. */
  readonly overCapacity: readonly OverCapacity[];
  /** Steps that only some requests take (`when`); the availability is of a request that takes every step. */
  readonly conditionalSteps: number;
  /** Where not all of the load that shifts is counted: with up to how many things down at once it is. */
  readonly shiftsUpTo?: number;
  /** Events that alone make it fail, in text order. */
  readonly singles: readonly FailureEvent[];
  readonly pairs: readonly FailurePair[] | NotEstimated;
  readonly cutSets: CutSetNumbers | NotEstimated;
  /** By falling contribution; empty where the availability is not exact. */
  readonly importance: readonly EventImportance[];
}

export interface Availability {
  /** Flows in text order, the answer before the completion. */
  readonly flows: readonly FlowAvailability[];
}
