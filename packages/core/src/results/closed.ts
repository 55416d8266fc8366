import type { ElementId } from '../design/design.ts';
import type { Estimate } from './figure.ts';

/**
 * Users of a client with a `think-time`, as a closed system: so many run its flows again and again. A *cycle* is one run of each of its
 * flows without a rate, with those of its flows that follow them, each run with its think time.
 */
export interface ClosedLoad {
  readonly client: ElementId;
  readonly population: Estimate;
  readonly thinkTime: Estimate;
  readonly flows: readonly ClosedFlow[];
  /** Flows that follow those and for which no user waits. */
  readonly following: readonly ElementId[];
  /** Cycles/s. */
  readonly throughput: Estimate;
  /** Mean time of a cycle without thinking, s. */
  readonly responseTime: Estimate;
  /** Users from which they must queue: N* = (least response time + think time) ÷ greatest demand. */
  readonly saturation: Estimate;
  /** The component with that demand, which fills first. */
  readonly bottleneck?: ElementId;
  /** Components that they load, those included that nobody waits for. */
  readonly components: readonly ElementId[];
  /** By component that they wait for: mean time of a visit when nobody else is there, and mean wait, s. Empty where not estimated. */
  readonly times: ReadonlyMap<ElementId, { readonly alone: Estimate; readonly wait: Estimate }>;
}

export interface ClosedFlow {
  readonly flow: ElementId;
  /** Runs in a cycle. */
  readonly runs: number;
  /** Mean time of a run, s. */
  readonly responseTime: Estimate;
}
