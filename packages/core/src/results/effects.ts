import type { ElementId } from '../design/design.ts';

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
}
