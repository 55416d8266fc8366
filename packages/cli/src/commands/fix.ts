import { fileURLToPath } from 'node:url';
import { absolute, type Diagnostic } from '@sysd/core';
import { applyTextEdits, type PreferredEdits, preferredEdits, type TextEdit } from '@sysd/language';
import { type Checked, checkFiles, eachOnce, isError, textOf } from '../designs.ts';
import { locator, readText, shortName } from '../files.ts';
import { replaceText } from '../write.ts';
import { type Harmful, harmless } from './harmless.ts';

/** One fix makes room for another; no text needs as many rounds. */
const MOST_ROUNDS = 20;

/** Files as they would be, by URI, with what is found in them. */
interface State {
  readonly texts: ReadonlyMap<string, string>;
  readonly checked: readonly Checked[];
  readonly locate: ReturnType<typeof locator>;
}

/**
 * `sysd check --fix`: makes the fixes that are the one right move in the files themselves, as "Fix all" does in an editor, round by round until
 * there are none. Findings are fixed only where the text has no errors. A fix that would leave more errors in the text than there were is
 * left out, and tried again with what the next round finds. Files are written once, at the end. Returns what was fixed and what was left out,
 * a line each.
 */
export function fixFiles(uris: readonly string[]): string[] {
  const stateOf = (texts: ReadonlyMap<string, string>): State => {
    const read = reader(texts);
    return { texts, checked: checkFiles(uris, { read }), locate: locator(read) };
  };
  const lines: string[] = [];
  let left: readonly Harmful<PreferredEdits>[] = [];
  let state = stateOf(new Map());
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { texts } = state;
    const fixes = preferredEdits(state.checked.flatMap(fixable), reader(texts));
    const done = harmless(fixes, state, {
      with: (some) => stateOf(edited(texts, some)),
      errors: (s) => errorsIn(s.checked),
      lineOf: placeIn,
      keepsLines: (some) => some.every((fix) => fix.edits.every((edit) => keepsLines(edit, reader(texts)))),
    });
    left = done.left;
    if (done.made.length === 0) break;
    state = done.state;
    const name = namer(texts);
    for (const fix of done.made) lines.push(`fixed ${name(fix)}`);
  }
  const name = namer(state.texts);
  for (const { fix, error } of left) lines.push(`not fixed ${name(fix)}, as the text would then have another error: ${error.message}`);
  for (const [uri, text] of state.texts) replaceText(fileURLToPath(uri), text);
  return lines;
}

const reader =
  (texts: ReadonlyMap<string, string>) =>
  (uri: string): string | undefined =>
    texts.get(uri) ?? readText(uri);

function edited(texts: ReadonlyMap<string, string>, fixes: readonly PreferredEdits[]): ReadonlyMap<string, string> {
  const edits = fixes.flatMap((fix) => fix.edits);
  const after = new Map(texts);
  for (const uri of new Set(edits.map((e) => e.uri))) after.set(uri, applyTextEdits(reader(texts)(uri) ?? '', uri, edits));
  return after;
}

/** Names fixes of texts by the line where they are made and what they make of it: `shop.sysd:12: .85 → 85% (invalid-value)`. */
function namer(texts: ReadonlyMap<string, string>): (fix: PreferredEdits) => string {
  const read = reader(texts);
  const locate = locator(read);
  return ({ fixed, title, edits }) => {
    const { uri, start } = absolute(fixed.span);
    const [edit, ...more] = edits;
    const written = edit && more.length === 0 ? (read(edit.uri) ?? '').slice(edit.start, edit.end) : '';
    const isChange = title.startsWith('Change to ') && written !== '' && !`${written}${edit?.text}`.includes('\n');
    const what = isChange ? `${written.trim()} → ${edit?.text.trim()}` : title;
    return `${shortName(uri)}:${locate(uri, start).line}: ${what} (${fixed.rule})`;
  };
}

/** The line of an error in the texts of a state, as words. */
function placeIn({ locate }: State, { span }: Diagnostic): string {
  const { uri, start } = absolute(span);
  return `${uri}:${locate(uri, start).line}`;
}

const keepsLines = ({ uri, start, end, text }: TextEdit, read: (uri: string) => string | undefined): boolean =>
  !/[\r\n]/.test(text) && !/[\r\n]/.test((read(uri) ?? '').slice(start, end));

function fixable({ lowered, diagnostics }: Checked) {
  const text = textOf(lowered);
  const due = text.some(isError) ? text : diagnostics.filter((d) => d.accepted === undefined);
  return due.map((diagnostic: Diagnostic) => ({ diagnostic, design: lowered.design }));
}

const errorsIn = (checked: readonly Checked[]): Diagnostic[] => eachOnce(checked.flatMap(({ lowered }) => textOf(lowered).filter(isError)));
