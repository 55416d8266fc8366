import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** The queue at the busiest instance of a component at peak, or the one from which all its instances take. Times in s, numbers of requests in the mean. */
export interface Waiting {
  readonly component: ElementId;
  /** The queue from which all instances take; absent where each has one of its own. */
  readonly queue?: ElementId;
  /** Requests that the instance, or all that share the queue, work on at once. */
  readonly servers: Figure;
  /** Messages that the queue holds at most. All that follows is then of those that it does not refuse. */
  readonly maxLength?: Figure;
  /** Share of the messages that a queue with a `max-length` refuses. */
  readonly refused?: Estimate;
  readonly utilization: Figure;
  /** Share of the requests that wait at all. */
  readonly probability: Estimate;
  /** Of all requests, those that do not wait included. */
  readonly mean: Estimate;
  /** Of those that wait; without a `max-length` exponential, so that a wait of more than t has the probability × e^(−t ÷ this). */
  readonly meanOfWaiting: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
  /** Requests that wait. */
  readonly length: Estimate;
  /** Requests that wait or are worked on. */
  readonly inSystem: Estimate;
}
