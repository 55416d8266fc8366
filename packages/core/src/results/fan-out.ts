import type { ElementId, Objective } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** What the largest fan-out of a step makes of one component: of a target of the step, or of what is called for each repetition below it. */
export interface FanOutPart {
  readonly component: ElementId;
  /** Requests that it gets. */
  readonly requests: Estimate;
  /** Time, s, that they take it with nothing else to do. */
  readonly work: Estimate;
  /** Time, s, that they take it beside its load at peak: work ÷ (1 − utilisation). */
  readonly time: Estimate;
}

/** The request that repeats a step most often (`times followers max 30M`). */
export interface FanOut {
  readonly flow: ElementId;
  /** Index of the step. */
  readonly hop: number;
  /** Where it goes, in words: `worker → timelines`. */
  readonly step: string;
  readonly average: Figure;
  readonly largest: Figure;
  /** In the order in which the flow first names them. */
  readonly parts: readonly FanOutPart[];
  /** Time of the slowest of those parts whose time is known; not estimated where none is, or where one has no capacity to spare. */
  readonly time: Estimate;
  readonly slowest?: FanOutPart;
  /** Whether the times of all parts are known: else it may take longer. */
  readonly whole: boolean;
  /** What the flow says of its completion, by the highest percentile that it speaks of. */
  readonly objective?: Objective;
}
