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
  /** Attempts per call in the mean when all fail. */
  readonly attempts: Figure;
  /** Load over capacity when all calls fail and are retried. */
  readonly disturbed: Estimate;
  /** Hidden capacity, calls/s: vulnerable above it, and to recover the load must fall to it. */
  readonly threshold: Estimate;
  /** The triggers, of what is vulnerable: share of failing calls from which retries alone keep it full, and growth of the load that fills it. */
  readonly tipping?: Estimate;
  readonly surge?: Estimate;
}
