import { type Diagnostic, didYouMean, type Fix, type Span } from '@sysd/core';
import type { AstNode } from 'langium';
import type { Project } from '../project/project.ts';
import type { SourceFile } from '../project/source-file.ts';
import type { LanguageRule } from './rule-ids.ts';

/** A place in the source where a name stands for a declaration: what definition, references and rename read. */
export interface Reference {
  /** The name itself: of a path, one reference per part (`us` and `a` of `us.a`). */
  readonly span: Span;
  /** Id of the declaration in `Lowered.declarations`. */
  readonly target: string;
}

/** What an error may have besides rule, place and message; an error unless it says another severity. */
export type More = Partial<Pick<Diagnostic, 'element' | 'severity' | 'fixes' | 'related'>>;

/** What one lowering shares: where errors and references go. */
export interface Context {
  readonly project: Project;
  readonly diagnostics: Diagnostic[];
  readonly references: Reference[];
  /** How many computations are under way inside of each other: values need other values, and the stack has an end. */
  readonly nesting: { depth: number };
  report(rule: LanguageRule, span: Span, message: string, more?: More): void;
  refer(span: Span, target: string): void;
}

const MOST_DIAGNOSTICS = 1000;

export function createContext(project: Project): Context {
  const diagnostics: Diagnostic[] = [...project.diagnostics];
  const references: Reference[] = [];
  return {
    project,
    diagnostics,
    references,
    nesting: { depth: 0 },
    report(rule, span, message, more) {
      if (diagnostics.length < MOST_DIAGNOSTICS && !isLibrary(project, span.block.uri)) {
        diagnostics.push({ rule, severity: 'error', message, span, ...more });
      }
    },
    refer(span, target) {
      references.push({ span, target });
    },
  };
}

function isLibrary(project: Project, uri: string): boolean {
  return project.library.some((f) => f.uri === uri);
}

/** A node in its file: the pair that spans are made from. */
export interface At<T extends AstNode = AstNode> {
  readonly node: T;
  readonly file: SourceFile;
}

export { spanIn as spanFrom, spanOfFeature as spanOfPart, spanOfNode as spanOf } from './spans.ts';

/** A fix that replaces the text of a span, marked as the one right move. */
export function replaceFix(title: string, span: Span, text: string): Fix {
  return { title, edits: [{ kind: 'replace', span, text }], preferred: true };
}

/** ` did you mean X?` with its fix, or nothing. */
export function suggestion(word: string, candidates: Iterable<string>, span: Span): { text: string; fixes?: readonly Fix[] } {
  const near = didYouMean(word, candidates);
  return near === undefined ? { text: '' } : { text: `; did you mean ${near}?`, fixes: [replaceFix(`Change to ${near}`, span, near)] };
}
