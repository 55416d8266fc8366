import type { ElementId } from '@sysd/core';
import type { UsedCopy } from '../component-failure.ts';
import type { EventClass } from '../fault-tree.ts';

/** Uses of copies that fail together: a copy of a component of which nothing works, or not what some ask of it. */
export type Outage = readonly UsedCopy[];

/** What the load needs of components while others are down: other copies, alternatives, fallbacks and what lies behind caches take what these leave. */
export interface LoadShift {
  /** All of these are down; each is any of several that leave the same load to the same others. */
  readonly down: readonly (readonly Outage[])[];
  /** This event is down, too. */
  readonly event?: EventClass;
  /** Ids of events that are not what has them down: these take load away as well, and have shifts of their own. */
  readonly without: ReadonlySet<string>;
  /** In words: `while app in eu is down`. */
  readonly while: string;
  /** Instances that a copy of a component then needs, where that is more than with fewer down; infinitely many where all of them do not carry it. */
  readonly needed: ReadonlyMap<ElementId, number>;
}
