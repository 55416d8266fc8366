import type { ElementId } from '../design/design.ts';
import type { Estimate, Figure } from './figure.ts';

/** What a component costs in a month of 30 days (money: its price says the currency). Not estimated where its price is of something unknown. */
export interface ComponentCost {
  readonly component: ElementId;
  readonly perMonth: Estimate;
  /** Part of the known costs in its currency. */
  readonly share?: number;
}

/** What a design costs in a month, as far as its components have prices (`cost`). */
export interface Cost {
  /** Those with a price, in text order. */
  readonly components: readonly ComponentCost[];
  /** Sums of the known costs, one for each currency. */
  readonly totals: readonly Figure[];
  /** Components without a price: they are in no sum. Clients have none. */
  readonly unpriced: readonly ElementId[];
}
