/**
 * A point of a curve over the day: what it is just before and just after `at` (seconds after midnight, below 86,400); different where it jumps.
 * Between two points a curve is a straight line, and behind the last it goes on to the first of the next day.
 */
export interface DayPoint {
  readonly at: number;
  readonly before: number;
  readonly after: number;
}

/** A curve that repeats every day: one point or more, in the order of their times. */
export type DayCurve = readonly DayPoint[];

/** A time of the day, s after midnight, on one side of a jump. */
export interface DayTime {
  readonly at: number;
  readonly side: 'before' | 'after';
}
