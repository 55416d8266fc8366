import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** What growth makes of a design in the years to come, its instances and disks being what they are. */
export interface Growth {
  /** What starts flows and grows, with its growth in a year (0.5: by half). In text order. */
  readonly sources: readonly { readonly component: ElementId; readonly perYear: Figure }[];
  /** The first component to saturate first; those without a utilisation are left out. */
  readonly saturations: readonly Saturation[];
  /** Stores that gain or hold something, in text order. */
  readonly stocks: readonly Stock[];
}

/** When a component has passed its `max-utilization`, and 100 %: a time from now, 0 where it has already; not estimated where it never does. */
export interface Saturation {
  readonly component: ElementId;
  readonly toTarget: Estimate;
  readonly toFull: Estimate;
}

/** Bytes that a store holds with all copies so many years from now, from an empty store but for what is in stock. */
export interface Stock {
  readonly store: ElementId;
  readonly after: readonly { readonly years: number; readonly held: Estimate }[];
}
