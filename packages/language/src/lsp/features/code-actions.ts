import type { Diagnostic, Fix } from '@sysd/core';
import { type CodeAction, CodeActionKind, type Command, type Range, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { preferredEdits } from '../../edit/preferred-edits.ts';
import { type TextEdit as FileEdit, textEditsOf } from '../../edit/text-edits.ts';
import { showFailureCommand } from '../protocol.ts';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { rangeOf } from '../text/snapshot.ts';
import type { Shown } from './diagnose.ts';
import { failureOf } from './failure-of.ts';

export const FIX_ALL = `${CodeActionKind.SourceFixAll}.sysd`;

/** What an editor can do besides what LSP has. */
export interface EditorCan {
  /** It has the command `showFailureCommand`. */
  readonly showFailure: boolean;
  /** It has the command `showScenarioCommand`. */
  readonly showScenario: boolean;
}

/** Quick fixes of what is shown in a range, "accept this finding", "show what fails", and "fix all". */
export function codeActions(
  shown: readonly Shown[],
  range: Range,
  only: readonly string[] | undefined,
  session: Session,
  can: EditorCan = { showFailure: false, showScenario: false },
): CodeAction[] {
  const wants = (kind: string): boolean => only === undefined || only.some((o) => kind === o || kind.startsWith(`${o}.`));
  const actions: CodeAction[] = [];
  if (wants(CodeActionKind.QuickFix)) {
    for (const one of shown) {
      if (!one.state || !touches(one.lsp.range, range)) continue;
      for (const fix of one.diagnostic.fixes ?? []) actions.push(...fixAction(fix, one, one.state, session));
      actions.push(...acceptAction(one.diagnostic, one, one.state, session));
      if (can.showFailure) actions.push(...showAction(one.diagnostic, one, one.state, session));
    }
  }
  // Offered only where it is asked for by name: it changes more than the place of the cursor.
  if (only?.some((o) => FIX_ALL === o || FIX_ALL.startsWith(`${o}.`))) actions.push(...fixAll(shown, session));
  return actions;
}

const before = (a: Range['start'], b: Range['start']): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);
export const touches = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

function fixAction(fix: Fix, shown: Shown, state: DesignState, session: Session): CodeAction[] {
  const edit = workspaceEdit(editsOf(fix, state, session), session);
  if (!edit) return [];
  return [
    { title: fix.title, kind: CodeActionKind.QuickFix, diagnostics: [shown.lsp], edit, ...(fix.preferred ? { isPreferred: true } : {}) },
  ];
}

export const editsOf = (fix: Fix, state: DesignState, session: Session): FileEdit[] =>
  textEditsOf(fix, state.design, (uri) => session.files.read(uri)?.text);

/** Adds `accept RULE on ELEMENT because "…"` behind the last `accept` of the design's file, else at its end. */
function acceptAction(diagnostic: Diagnostic, shown: Shown, state: DesignState, session: Session): CodeAction[] {
  const { rule, element } = diagnostic;
  // Errors of the text cannot be accepted, only findings of rules.
  if (element === undefined || state.problems.includes(diagnostic) || rule === 'unused-accept' || rule === 'internal-error') return [];
  const text = session.files.read(state.root)?.text;
  if (text === undefined) return [];
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const end = text.trimEnd().length;
  const lastLine = text.slice(text.lastIndexOf('\n', end - 1) + 1, end);
  const gap = end === 0 ? '' : /^\s*accept\s/.test(lastLine) ? eol : eol + eol;
  const line = `${gap}accept ${rule} on ${element.replace('->', ' -> ')} because "…"`;
  const edit = workspaceEdit([{ uri: state.root, start: end, end, text: end === text.length ? line + eol : line }], session);
  if (!edit) return [];
  return [{ title: `Accept ${rule} on ${element}, with a reason`, kind: CodeActionKind.QuickFix, diagnostics: [shown.lsp], edit }];
}

/** Opens the preview with the event of a finding failed, where `fail` can name it. */
function showAction(diagnostic: Diagnostic, shown: Shown, state: DesignState, session: Session): CodeAction[] {
  const target = failureOf(diagnostic, state.design, state.assessment().analysis.failures.singles);
  if (target === undefined) return [];
  const title = `Show in the preview what fails with ${target}`;
  const command: Command = { title, command: showFailureCommand, arguments: [session.files.clientUri(state.root), [target]] };
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics: [shown.lsp], command }];
}

function fixAll(shown: readonly Shown[], session: Session): CodeAction[] {
  const due = shown.flatMap(({ diagnostic, state }) => (state ? [{ diagnostic, design: state.design }] : []));
  const made = preferredEdits(due, (uri) => session.files.read(uri)?.text);
  const edit = workspaceEdit(
    made.flatMap((one) => one.edits),
    session,
  );
  return edit ? [{ title: 'Fix all sysd problems', kind: FIX_ALL, edit }] : [];
}

export function workspaceEdit(edits: readonly FileEdit[], session: Session): WorkspaceEdit | undefined {
  if (edits.length === 0) return undefined;
  const changes: Record<string, TextEdit[]> = Object.create(null);
  for (const { uri, start, end, text } of edits) {
    const file = session.files.read(uri);
    if (!file) return undefined;
    const key = session.files.clientUri(uri);
    const list = changes[key] ?? [];
    list.push({ range: rangeOf(file, start, end), newText: text });
    changes[key] = list;
  }
  return { changes };
}
