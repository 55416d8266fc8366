import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** How far all traffic of a design may grow until a component is full, its instances being what they are. */
export interface Headroom {
  readonly component: ElementId;
  /** At peak. */
  readonly utilization: Figure;
  /** Its `max-utilization`. */
  readonly target: Figure;
  /** Times the present traffic at which it reaches its target, and 100 %. Below 1: it has passed that. Not estimated where nothing loads it. */
  readonly toTarget: Estimate;
  readonly toFull: Estimate;
}
