import { type CodeAction, CodeActionKind, type Range } from 'vscode-languageserver';
import { showScenarioCommand } from '../protocol.ts';
import type { Session } from '../session/session.ts';
import { canonicalUri } from '../session/uri.ts';
import { rangeOf } from '../text/snapshot.ts';
import { touches } from './code-actions.ts';

/** Shows a scenario in the preview: offered wherever one stands in the range. */
export function scenarioActions(uri: string, range: Range, session: Session): CodeAction[] {
  const snapshot = session.files.read(uri);
  if (!snapshot) return [];
  return session.designsOf(uri).flatMap((newest) => {
    const state = session.drawable(newest);
    return state.design.scenarios.flatMap(({ id, span }): CodeAction[] => {
      const at = session.place(state, span);
      if (at?.uri !== canonicalUri(uri) || !touches(rangeOf(snapshot, at.start, at.end), range)) return [];
      const title = `Show “${id}” in the preview`;
      const command = { title, command: showScenarioCommand, arguments: [session.files.clientUri(state.root), id] };
      return [{ title, kind: CodeActionKind.QuickFix, command }];
    });
  });
}
