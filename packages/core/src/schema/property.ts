import type { Kind } from '../kinds.ts';
import type { Phrase } from './phrase.ts';

/** What a property may stand on: a kind of component, or one of the other elements of the language. */
export type Owner = Kind | 'region' | 'zone' | 'group' | 'table' | 'flow' | 'step' | 'connection' | 'technology';

export interface PropertySchema<T = unknown> {
  readonly phrase: Phrase<T>;
  readonly on: readonly Owner[];
  /** What it says, in a sentence or two; shown in hover and reference. */
  readonly doc: string;
  /** The value that holds where neither the author nor the technology says one, as source text; absent: none. */
  readonly default?: string;
  /** Where the default comes from; a default without a source is shown as a guess. */
  readonly source?: string;
  /** A technology may bring a default: marked (T) in the reference. */
  readonly fromTechnology?: boolean;
  /** An example of a value, as source text, for completion and the reference. Must match `phrase` (tested). */
  readonly example: string;
}
