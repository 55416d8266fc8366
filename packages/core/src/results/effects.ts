import type { ElementId } from '../design/design.ts';
import type { ChainLink } from './analysis.ts';
import type { Estimate, Figure } from './figure.ts';

/**
 * What failures make of a flow. `overloaded`: what is left does not carry the peak. `degraded`: it goes on with a fallback, without an
 * optional step or a cache, for a part of its requests, or on fewer instances.
 */
export type FlowState = 'fails' | 'overloaded' | 'degraded' | 'unaffected';

/** A flow's answer, or its completion where something goes on after the answer, with what has failed in the design. */
export interface FlowEffect {
  readonly flow: ElementId;
  readonly completion: boolean;
  readonly state: FlowState;
  /** Why, in words: `2 of 3 instances of api are down`. Empty where it is unaffected. */
  readonly reasons: readonly { readonly element: ElementId; readonly text: string }[];
  /** Share of the flow's requests that fail, 0 to 1; absent where none does. */
  readonly share?: Estimate;
  /** Where requests fail: why, from what is down up to the flow. Empty elsewhere. */
  readonly chain: readonly ChainLink[];
  /** The connections that the chain goes over; of a completion only those behind the answer. */
  readonly path: readonly ElementId[];
}

/** What failures make of a component that they touch. */
export interface ComponentEffect {
  readonly component: ElementId;
  /** Instances that are down, of all (per shard, all copies together). */
  readonly lost: number;
  readonly total: number;
  /** What is left does not carry the peak: utilisation and what it may be (`max-utilization`), as ratios of capacity. */
  readonly overload?: { readonly utilization: Figure; readonly limit: Figure };
}
