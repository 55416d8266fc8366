import type { ElementId, Objective } from '../design/design.ts';
import type { Fix } from '../diagnostic.ts';
import type { EventImportance } from './availability.ts';
import type { Estimate, Figure } from './figure.ts';

/** A change of the design, and what the changed design makes of a flow. */
export interface Improvement {
  readonly fix: Fix;
  /** Of the flow in the changed design, exact. */
  readonly availability: Figure;
  readonly unavailability: Figure;
  /** What the instances that it adds cost, money per second; not estimated where nobody says the price of one. */
  readonly cost: Estimate;
  /** Whether the objective is met with it. */
  readonly met: boolean;
}

/** What brings a flow to an availability objective that it misses. */
export interface Improvements {
  readonly flow: ElementId;
  readonly completion: boolean;
  readonly objective: Objective;
  /** What the flow comes to as the design stands. */
  readonly unavailability: Figure;
  /** Each change by itself that gains something: by falling gain, then the fewer edits first, then the lower cost. */
  readonly changes: readonly Improvement[];
  /** Changes one after another, each with what all up to it come to and what it costs by itself, until the objective is met or nothing more gains. */
  readonly path: readonly Improvement[];
  readonly met: boolean;
  /** Of all changes of the path. */
  readonly cost: Estimate;
  /** What contributes most after the path, by falling contribution: where the objective is not met, this is why. */
  readonly left: readonly EventImportance[];
  /** Changed designs that were computed. */
  readonly computed: number;
  /** There was more to try than was tried. */
  readonly bounded: boolean;
}
