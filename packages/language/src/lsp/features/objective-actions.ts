import { type Estimate, type Fix, formatAvailability, formatQuantity, type Improvement, isFigure } from '@sysd/core';
import { type CodeAction, CodeActionKind, type Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import type { TextEdit } from '../../edit/text-edits.ts';
import type { FoundImprovements } from '../../improvements.ts';
import { sharedEnds } from '../../parser/edit.ts';
import type { DesignState } from '../session/design-state.ts';
import type { MissedObjective } from '../session/objectives.ts';
import type { Session } from '../session/session.ts';
import { editsOf, workspaceEdit } from './code-actions.ts';
import type { Shown } from './diagnose.ts';

/** Changes that are offered beside the path. */
const MOST_OTHERS = 5;
/** Digits of the unavailability in a title: 99.981 %. */
const DIGITS = 3;

/** Changes that bring flows to objectives that they miss, for the findings shown; yields between designs that are computed. */
export function* objectiveActions(shown: readonly Shown[], session: Session): Generator<void, CodeAction[]> {
  const actions: CodeAction[] = [];
  for (const { diagnostic, lsp, state } of shown) {
    for (const missed of state?.objectives.missedBy(diagnostic) ?? []) {
      const found = yield* (state as DesignState).objectives.improvements(missed);
      if ('notEstimated' in found) continue;
      actions.push(...actionsFor(found, missed, { state: state as DesignState, lsp, session }));
    }
  }
  return actions;
}

interface Where {
  readonly state: DesignState;
  readonly lsp: LspDiagnostic;
  readonly session: Session;
}

/** The first step of the path, all of it where it has more than one, and what else gains. */
function actionsFor({ improvements, texts }: FoundImprovements, { reached }: MissedObjective, where: Where): CodeAction[] {
  const { path, changes, met, cost, unavailability, objective } = improvements;
  const part = reached.completion ? ' completed' : '';
  const now = formatAvailability(unavailability.value, DIGITS);
  const gains = (u: number, price: Estimate): string => `${now} → ${formatAvailability(u, DIGITS)}${part}${costText(price)}`;
  const [first] = path;
  const single = ({ fix, unavailability: u, cost: price }: Improvement, preferred: boolean): CodeAction[] =>
    action(`${fix.title}: ${gains(u.value, price)}`, editsOf(fix, where.state, where.session), where, preferred);
  const actions = first ? single(first, met) : [];
  const end = path.at(-1);
  if (end && path.length > 1) {
    const aim = met ? `that reach ${objective.bound.text ?? formatAvailability(1 - objective.bound.value)}` : 'that gain most';
    actions.push(...action(`All ${path.length} changes ${aim}: ${gains(end.unavailability.value, cost)}`, wholeEdits(texts, where), where));
  }
  const others = changes.filter((c) => !first || !sameFix(c.fix, first.fix)).slice(0, MOST_OTHERS);
  return [...actions, ...others.flatMap((change) => single(change, false))];
}

const sameFix = (a: Fix, b: Fix): boolean => JSON.stringify(a.edits) === JSON.stringify(b.edits);

/** ` (+210 USD/month)`; nothing where no machine is added; what is lacking where the price is not known. */
function costText(cost: Estimate): string {
  if (!isFigure(cost)) return ` (${cost.notEstimated})`;
  if (cost.value === 0) return '';
  return ` (${cost.value > 0 ? '+' : '−'}${formatQuantity(Math.abs(cost.value), cost.dimension)})`;
}

function action(title: string, edits: readonly TextEdit[], { lsp, session }: Where, preferred = false): CodeAction[] {
  const edit = workspaceEdit(edits, session);
  return edit ? [{ title, kind: CodeActionKind.QuickFix, diagnostics: [lsp], edit, ...(preferred ? { isPreferred: true } : {}) }] : [];
}

/** From the texts as they are to those after the whole path: from the first to the last difference of each. */
function wholeEdits(texts: ReadonlyMap<string, string>, { session }: Where): TextEdit[] {
  return [...texts].flatMap(([uri, text]): TextEdit[] => {
    const before = session.files.read(uri)?.text;
    if (before === undefined || before === text) return [];
    const { head, tail } = sharedEnds(before, text);
    return [{ uri, start: head, end: before.length - tail, text: text.slice(head, text.length - tail) }];
  });
}
