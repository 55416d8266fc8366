import { fileURLToPath } from 'node:url';
import type { Diagnostic } from '@sysd/core';
import { applyTextEdits, preferredEdits } from '@sysd/language';
import { type Checked, checkFiles, isError, textOf } from '../designs.ts';
import { readText, shortName } from '../files.ts';
import { replaceText } from '../write.ts';

/** One fix makes room for another; no text needs as many rounds. */
const MOST_ROUNDS = 20;

/**
 * `sysd check --fix`: makes the fixes that are the one right move in the files themselves, as "Fix all" does in an editor, round by round until
 * there are none. Findings are fixed only where the text has no errors. A round that would leave more errors in the text than there were is
 * not made. Files are written once, at the end. Returns what was fixed, a line each.
 */
export function fixFiles(uris: readonly string[]): string[] {
  const texts = new Map<string, string>();
  const read = (uri: string): string | undefined => texts.get(uri) ?? readText(uri);
  const lines: string[] = [];
  let checked = checkFiles(uris, { read });
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const { fixed, edits } = preferredEdits(checked.flatMap(fixable), read);
    if (edits.length === 0) break;
    const before = new Map(texts);
    for (const uri of new Set(edits.map((e) => e.uri))) texts.set(uri, applyTextEdits(read(uri) ?? '', uri, edits));
    const next = checkFiles(uris, { read });
    if (errorsIn(next) > errorsIn(checked)) {
      texts.clear();
      for (const [uri, text] of before) texts.set(uri, text);
      break;
    }
    checked = next;
    for (const diagnostic of fixed) {
      const title = diagnostic.fixes?.find((f) => f.preferred)?.title;
      lines.push(`fixed ${shortName(diagnostic.span.block.uri)}: ${title} (${diagnostic.rule})`);
    }
  }
  for (const [uri, text] of texts) replaceText(fileURLToPath(uri), text);
  return lines;
}

function fixable({ lowered, diagnostics }: Checked) {
  const text = textOf(lowered);
  const due = text.some(isError) ? text : diagnostics.filter((d) => d.accepted === undefined);
  return due.map((diagnostic: Diagnostic) => ({ diagnostic, design: lowered.design }));
}

const errorsIn = (checked: readonly Checked[]): number =>
  checked.reduce((sum, { lowered }) => sum + textOf(lowered).filter(isError).length, 0);
