import { type Diagnostic, didYouMean, type Fix, type Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Chosen } from './ranges.ts';
import type { LanguageRule } from './rule-ids.ts';
import type { Unit } from './units.ts';

/** A place in the source where a name stands for a declaration: what definition, references and rename read. */
export interface Reference {
  /** The name itself: of a path, one reference per part (`us` and `a` of `us.a`). */
  readonly span: Span;
  /** Id of the declaration in `Lowered.declarations`. */
  readonly target: string;
}

/** What an error may have besides rule, place and message; an error unless it says another severity. */
export type More = Partial<Pick<Diagnostic, 'element' | 'severity' | 'fixes' | 'related'>>;

/** A file as names see it: the same object in every version of the design. */
export interface FileRef {
  readonly uri: string;
  /** Of the standard library, not the author's. */
  readonly library: boolean;
}

/** A node in its file: the pair that spans are made from. */
export interface At<T extends AstNode = AstNode> {
  readonly node: T;
  readonly file: FileRef;
}

/**
 * Where everything goes that is found out while one unit (a declaration or statement) is lowered, and what it asked of others. As long as
 * its node and all that it asked stay the same, all of this does.
 */
export interface Sink {
  readonly diagnostics: Diagnostic[];
  readonly references: Reference[];
  /** The unit; none for the library, and for what is put together of several. */
  readonly owner?: Unit;
  /** What was asked: keys made by `resolutionOf`, `contentOf` and `ALL_NAMES`. */
  readonly reads: Set<string>;
  /** Values computed of nodes of this unit. */
  readonly values: Map<AstNode, unknown>;
  /** Of the standard library: its errors are for its tests. */
  readonly library: boolean;
}

export function createSink(library = false, owner?: Unit): Sink {
  return { diagnostics: [], references: [], reads: new Set(), values: new Map(), library, ...(owner ? { owner } : {}) };
}

/** Keys of `Sink.reads`: what a name stands for, what its declaration says, and which names there are. */
export const resolutionOf = (id: string): string => `n:${id}`;
export const contentOf = (id: string): string => `v:${id}`;
export const ALL_NAMES = '*';

/** What one lowering shares. At any moment one unit is being lowered; what is reported, referred to and asked is its. */
export interface Context {
  report(rule: LanguageRule, span: Span, message: string, more?: More): void;
  refer(span: Span, target: string): void;
  read(key: string): void;
  /** Runs a computation that belongs to a unit. */
  inside<T>(sink: Sink, run: () => T): T;
  /** The unit that is being lowered. */
  readonly sink: Sink;
  /** Numbers that stand for ranges in a sample; empty otherwise. */
  readonly chosen: Chosen;
}

export function createContext(chosen: Chosen = new Map()): Context {
  let sink = createSink();
  return {
    chosen,
    get sink() {
      return sink;
    },
    report(rule, span, message, more) {
      if (!sink.library) sink.diagnostics.push({ rule, severity: 'error', message, span, ...more });
    },
    refer(span, target) {
      sink.references.push({ span, target });
    },
    read(key) {
      sink.reads.add(key);
    },
    inside(of, run) {
      const outer = sink;
      sink = of;
      try {
        return run();
      } finally {
        sink = outer;
      }
    },
  };
}

/** A context that computes and keeps silent: its errors and references are dropped, what it asks is still recorded. */
export function silent(context: Context): Context {
  return {
    chosen: context.chosen,
    get sink() {
      return context.sink;
    },
    report: () => undefined,
    refer: () => undefined,
    read: context.read,
    inside: context.inside,
  };
}

export { spanIn as spanFrom, spanOfFeature as spanOfPart, spanOfNode as spanOf } from './spans.ts';

/** A fix that replaces the text of a span, marked as the one right move. */
export function replaceFix(title: string, span: Span, text: string): Fix {
  return { title, edits: [{ kind: 'replace', span, text }], preferred: true };
}

/** A fix that removes a whole statement, marked as the one right move. */
export function removeFix(title: string, span: Span): Fix {
  return { title, edits: [{ kind: 'remove', span }], preferred: true };
}

/** ` did you mean X?` with its fix, or nothing. */
export function suggestion(word: string, candidates: Iterable<string>, span: Span): { text: string; fixes?: readonly Fix[] } {
  const near = didYouMean(word, candidates);
  return near === undefined ? { text: '' } : { text: `; did you mean ${near}?`, fixes: [replaceFix(`Change to ${near}`, span, near)] };
}
