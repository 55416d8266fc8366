import { absolute, type Span } from '@sysd/core';
import { RULES } from '@sysd/rules';
import { type CodeAction, CodeActionKind, type CodeActionParams } from 'vscode-languageserver';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { canonicalUri } from '../session/uri.ts';
import { inSlices } from '../slices.ts';
import { codeActions, type EditorCan, FIX_ALL, touches } from './code-actions.ts';
import type { Shown } from './diagnose.ts';
import { objectiveActions } from './objective-actions.ts';
import { scenarioActions } from './scenario-actions.ts';

/** Rules whose findings are computed apart. */
const JUDGED = new Set(RULES.filter((rule) => rule.check?.each === 'objective').map((rule) => rule.id));

/**
 * Answers a request for code actions. What takes long is computed only where the request is about it, in slices: findings about objectives
 * where one stands (or an `accept` of one), and what brings a flow to its objective where one is shown that is missed. The same text gets
 * the same answer, whatever was computed before. `goOn` says whether the answer is still wanted.
 */
export async function codeActionsFor(
  { textDocument: { uri }, range, context: { only } }: CodeActionParams,
  session: Session,
  shownIn: (uri: string) => readonly Shown[],
  can: EditorCan,
  goOn: () => boolean,
): Promise<CodeAction[]> {
  const fixAll = only?.some((kind) => FIX_ALL === kind || FIX_ALL.startsWith(`${kind}.`)) ?? false;
  const quickFixes = only === undefined || only.some((kind) => kind === CodeActionKind.QuickFix);
  for (const state of session.designsOf(uri)) {
    const standing = session.standing(state);
    const unused = fixAll && standing.design.accepts.some((accept) => JUDGED.has(accept.rule));
    if (standing.complete && (unused || standsThere(standing))) await inSlices(standing.objectives.compute(), goOn);
  }
  if (!goOn()) return [];
  const shown = shownIn(uri);
  const scenarios = quickFixes && can.showScenario ? scenarioActions(uri, range, session) : [];
  const actions = [...codeActions(shown, range, only, session, can), ...scenarios];
  const missed = quickFixes ? shown.filter((one) => JUDGED.has(one.diagnostic.rule) && one.state && touches(one.lsp.range, range)) : [];
  if (missed.length === 0) return actions;
  const changes = (await inSlices(objectiveActions(missed, session), goOn)) ?? [];
  return [...changes, ...actions];

  /** Whether something stands in the range about which it may be found that an objective is missed. */
  function standsThere(state: DesignState): boolean {
    const snapshot = session.files.read(uri);
    if (!snapshot) return false;
    const [from, to] = [snapshot.document.offsetAt(range.start), snapshot.document.offsetAt(range.end)];
    const there = (span: Span): boolean => {
      const at = session.place(state, span) ?? absolute(span);
      return at.uri === canonicalUri(uri) && at.start <= to && from <= at.end;
    };
    for (const flow of state.design.flows.values()) {
      if (flow.objectives.some((o) => o.metric === 'availability' && there(o.span))) return true;
    }
    return state.design.accepts.some((accept) => JUDGED.has(accept.rule) && there(accept.span));
  }
}
