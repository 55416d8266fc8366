import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** What retries make of a component that is called with them, at peak. */
export interface Stability {
  readonly component: ElementId;
  /**
   * `stable`: it copes even when every call is retried. `vulnerable`: it runs, but a trigger leaves it overloaded by retries after it has
   * gone. `metastable`: it is over capacity already, so that calls fail and retries keep it there. `overloaded`: it is over capacity, and no
   * retries add to that.
   */
  readonly state: 'stable' | 'vulnerable' | 'metastable' | 'overloaded';
  readonly utilization: Figure;
  /** Of what scales by itself: instances of a copy at the top of its range, over whose capacity all loads are told. */
  readonly scaledTo?: number;
  /** Attempts per call in the mean when all fail. */
  readonly attempts: Figure;
  /** Load over capacity when all calls fail and are retried. */
  readonly disturbed: Estimate;
  /** Hidden capacity, calls/s: vulnerable above it, and to recover the load must fall to it. */
  readonly threshold: Estimate;
  /** The triggers, of what is vulnerable: share of failing calls from which retries alone keep it full, and growth of the load that fills it. */
  readonly tipping?: Estimate;
  readonly surge?: Estimate;
  /** Where retries and failures settle: from a calm start, and after a disturbance in which every call failed. Different where it is metastable. */
  readonly calm: SettledRetries;
  readonly afterDisturbance: SettledRetries;
}

/** Load at which retries and the failures that cause them settle, all of them not estimated where one is not. */
export interface SettledRetries {
  /** Calls/s, retries included. */
  readonly load: Estimate;
  /** Load over capacity. */
  readonly utilization: Estimate;
  /** Attempts per call in the mean. */
  readonly attempts: Estimate;
  /** Share of the attempts that fails. */
  readonly failing: Estimate;
}
