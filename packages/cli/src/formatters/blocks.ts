import type { Severity } from '@sysd/core';
import type { Part } from './parts.ts';
import type { Table } from './table.ts';

/** A piece of a page for people, whatever its form (Markdown, HTML). All text is plain: the forms escape it. */
export type Block =
  | Part
  /** A paragraph, with words in bold before it. */
  | { readonly text: string; readonly lead?: string }
  /** A section below the one that it stands in. */
  | { readonly heading: string; readonly blocks: readonly Block[] }
  /** What a reader opens to see it. */
  | { readonly summary: string; readonly inside: readonly Block[] }
  | { readonly verbatim: string }
  /** Bars over time; as text where they cannot be drawn. */
  | { readonly chart: Table; readonly asText: string }
  | { readonly finding: FindingBlock }
  | { readonly drawing: Drawing }
  | { readonly glance: readonly Glance[] }
  | { readonly derivations: readonly Derivation[] };

/** A finding of a rule as a page shows it. */
export interface FindingBlock {
  readonly rule: string;
  /** Page of the rule. */
  readonly url: string;
  readonly severity: Severity;
  /** `shop.sysd:12:3`. */
  readonly place: string;
  readonly message: string;
  /** The line that it is about; empty where it cannot be shown. */
  readonly frame: readonly string[];
  /** What it follows from, each with its place. */
  readonly because: readonly string[];
  /** Changes that are offered. */
  readonly fixes: readonly string[];
  /** Why it is accepted, in its author's words. */
  readonly accepted?: string;
}

/** A drawing in the forms that pages can show. */
export interface Drawing {
  readonly caption: string;
  /** For a page with the style of drawings. */
  readonly svg: string;
  /** As text that GitHub draws, or why there is none. */
  readonly mermaid: string | { readonly none: string };
  /** Address of the drawing as a file, from the page. */
  readonly file?: string;
  /** Said where a reader opens it; such a drawing is left out where it cannot be within the page. */
  readonly folded?: string;
}

/** One of the figures at the top of a page. */
export interface Glance {
  readonly label: string;
  readonly value: string;
  readonly note?: string;
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
}

/** How a figure came about: what it is, and the lines below that say from what. */
export interface Derivation {
  readonly figure: string;
  readonly from: readonly string[];
}
