import type { Span } from './source.ts';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export const SEVERITIES: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/**
 * One change of a fix, in terms of the design; the language package turns it into text edits in the author's layout. Rules never
 * see text.
 * - `set-property`: gives the element (component, flow, table or connection id) that property; the value as source text, `2 across us`.
 * - `remove-property`, `rename`, `replace`: as they say; `replace` swaps the text of a span.
 * - `remove`: deletes a whole declaration or step, with its line.
 * - `insert-statement`: a new line in the element's body (`on`), or at top level after the element when `top` is true.
 */
export type Edit =
  | { readonly kind: 'set-property'; readonly on: string; readonly property: string; readonly value: string }
  | { readonly kind: 'remove-property'; readonly on: string; readonly property: string }
  | { readonly kind: 'replace'; readonly span: Span; readonly text: string }
  | { readonly kind: 'remove'; readonly span: Span }
  | { readonly kind: 'insert-statement'; readonly on: string; readonly text: string; readonly top?: boolean };

export interface Fix {
  /** Imperative, what it does: `Run 2 replicas of lb`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** The one right move: offered first and applied by "fix all". */
  readonly preferred?: boolean;
}

export interface Related {
  readonly span: Span;
  readonly message: string;
}

/** A finding or an error, with a rule id, a precise span, and a message that says what, why and what to do. */
export interface Diagnostic {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  /** Id of the element that the finding is about (component, flow, connection `a->b`, table `store.table`, place). */
  readonly element?: string;
  /** Further elements to which it belongs, such as the flows that fail. */
  readonly affects?: readonly string[];
  /** Id of the failure event that it is about (`FailureEvent`). */
  readonly event?: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  readonly tags?: readonly ('unnecessary' | 'deprecated')[];
  /** Set when an `accept` silences it: the author's reason. Hosts show it in reports, not as a problem. */
  readonly accepted?: string;
}

/** What pure code returns instead of throwing. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
