import type { Range, TextEdit } from 'vscode-languageserver';
import { formatSysd } from '../../format/format.ts';
import { rangeOf, type Snapshot } from '../text/snapshot.ts';

/**
 * Edits that format a text, line by line, so that cursors and folds stay where they are; within `range` where it is given. None where the
 * text is too broken to be formatted. The line ends of the file are kept.
 */
export function formatEdits(snapshot: Snapshot, range?: Range): TextEdit[] {
  const formatted = formatSysd(snapshot.text);
  if (formatted === undefined) return [];
  const eol = snapshot.text.includes('\r\n') ? '\r\n' : '\n';
  const older = linesOf(snapshot.text);
  const newer = linesOf(formatted).map((line) => line.replace(/[\r\n]+$/, ''));
  if (newer.at(-1) === '') newer.pop();
  const edits: TextEdit[] = [];
  let i = 0;
  let offset = 0;
  // The formatter never moves a token to another line: lines match in order, and only empty ones come and go.
  for (const line of older) {
    const text = line.replace(/[\r\n]+$/, '');
    const replace = (newText: string, end: number): void => {
      const at = rangeOf(snapshot, offset, end);
      const inside = !range || (at.start.line >= range.start.line && at.end.line <= range.end.line + 1 && at.start.line <= range.end.line);
      if (inside) edits.push({ range: at, newText });
    };
    if (text.trim() === '') {
      if (newer[i] === '') {
        i++;
        if (text !== '') replace('', offset + text.length);
      } else replace('', offset + line.length);
    } else {
      const due = newer[i++];
      if (due === undefined || due.trim() === '') return whole(snapshot, formatted, eol, range);
      const last = offset + line.length === snapshot.text.length && line === text;
      if (due !== text || last) replace(last ? due + eol : due, offset + text.length);
    }
    offset += line.length;
  }
  return i === newer.length ? edits : whole(snapshot, formatted, eol, range);
}

function whole(snapshot: Snapshot, formatted: string, eol: string, range: Range | undefined): TextEdit[] {
  if (range) return [];
  const text = formatted.replace(/\r?\n/g, eol);
  return text === snapshot.text ? [] : [{ range: rangeOf(snapshot, 0, snapshot.text.length), newText: text }];
}

const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
