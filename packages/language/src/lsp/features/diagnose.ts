import { type Diagnostic, type Span, sameItems } from '@sysd/core';
import type { Location, Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { syntaxErrors } from '../../project/source-file.ts';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { canonicalUri } from '../session/uri.ts';
import { type Snapshot, sourceOf } from '../text/snapshot.ts';
import { rangeOfSpan } from '../text/span-range.ts';
import { locate, toLsp } from './to-lsp.ts';

/** A diagnostic of a file with the range where it is shown, and the design whose fixes it carries. */
export interface Shown {
  readonly diagnostic: Diagnostic;
  readonly lsp: LspDiagnostic;
  /** Absent for findings of an older text: their edits would not fit. */
  readonly state?: DesignState;
}

/** No editor shows more, and no author reads more. */
const MOST_PER_FILE = 500;

/**
 * What is to be shown in each file of these designs. Errors of the text come from the newest text; while it is broken, findings come from
 * the last good design, where its text still stands. Accepted findings are not shown.
 * @param quick use findings of the design before where those of the newest have not been computed
 */
export function diagnose(states: readonly DesignState[], session: Session, quick = false): Map<string, Shown[]> {
  const byFile = new Map<string, Shown[]>();
  /** Several designs may say the same of a file that they share. */
  const seen = states.length > 1 ? new Set<string>() : undefined;

  const show = (diagnostic: Diagnostic, from: DesignState, current: boolean): void => {
    if (diagnostic.accepted !== undefined || session.settings.severities.get(diagnostic.rule) === 'off') return;
    const list = byFile.get(diagnostic.span.block.uri);
    if (!list || list.length >= MOST_PER_FILE) return;
    const locate = (span: Span): Location | undefined => locationOf(session, from, span);
    const at = locate(diagnostic.span);
    if (!at) return;
    if (seen) {
      const { start, end } = at.range;
      const key = `${at.uri} ${start.line} ${start.character} ${end.line} ${end.character} ${diagnostic.rule} ${diagnostic.message}`;
      if (seen.has(key)) return;
      seen.add(key);
    }
    const lsp = toLsp(diagnostic, at.range, locate);
    list.push(current ? { diagnostic, lsp, state: from } : { diagnostic, lsp });
  };

  for (const state of states) for (const uri of state.files.keys()) byFile.set(uri, byFile.get(uri) ?? []);
  for (const state of states) {
    for (const problem of state.problems) show(problem, state, true);
    const newest = session.standing(state);
    const standing = quick && !newest.assessed() ? session.assessedBefore(state.root) : newest;
    if (!standing?.complete) continue;
    for (const finding of standing.assessment().findings) show(finding, standing, standing === state);
    // Of objectives it takes longer to know: what was found before stands meanwhile, where its text still does.
    const judged = newest.objectives.findings() ? newest : session.judgedBefore(state.root);
    for (const finding of judged?.objectives.findings() ?? []) show(finding, judged as DesignState, judged === state);
  }
  return byFile;
}

/** Syntax errors of a document by itself: they are known before the design that it belongs to has been read. */
export function diagnoseSyntax(of: Snapshot, { settings }: Session): LspDiagnostic[] {
  if (settings.severities.get('syntax') === 'off') return [];
  return syntaxErrors(sourceOf(of))
    .slice(0, MOST_PER_FILE)
    .flatMap((error) => {
      const range = rangeOfSpan(error.span);
      return range ? [toLsp(error, range, () => undefined)] : [];
    });
}

/** Where a span of a design stands in the newest text of its file, as editors say it; undefined where it has been edited since. */
function locationOf(session: Session, state: DesignState, span: Span): Location | undefined {
  const range = rangeOfSpan(span);
  if (range) return { uri: session.files.clientUri(span.block.uri), range };
  const at = session.place(state, span);
  return at && locate(at.uri, at.start, at.end, session.places);
}

/** `diagnose` for the file of a request, computed once for the same designs: an editor asks for code actions wherever the cursor goes. */
export function shownIn(session: Session): (uri: string) => readonly Shown[] {
  let last:
    | {
        readonly states: readonly DesignState[];
        readonly generation: number;
        readonly judged: readonly unknown[];
        readonly shown: Map<string, Shown[]>;
      }
    | undefined;
  return (uri) => {
    const states = session.designsOf(uri);
    const { generation } = session.files;
    const judged = states.map((s) => session.standing(s).objectives.findings());
    if (last?.generation !== generation || !sameItems(last.states, states) || !sameItems(last.judged, judged)) {
      last = { states, generation, judged, shown: diagnose(states, session) };
    }
    return last.shown.get(canonicalUri(uri)) ?? [];
  };
}
