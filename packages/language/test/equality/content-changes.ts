import type { TextDocumentContentChangeEvent } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Event, TextChange } from './world.ts';

/** The changes with positions, as the protocol has them. */
export function contentChanges({ uri, before, changes }: Event & { kind: 'change' }): TextDocumentContentChangeEvent[] {
  let document = TextDocument.create(uri, 'sysd', 0, before);
  return changes.map((change) => {
    const { start, end, text } = aroundLineEnds(document.getText(), change);
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    document = TextDocument.update(document, [{ range, text }], 0);
    return { range, text };
  });
}

/** The same change with both ends outside of every `\r\n`: no position of the protocol lies inside of one. */
function aroundLineEnds(text: string, change: TextChange): TextChange {
  const inside = (at: number): boolean => text[at - 1] === '\r' && text[at] === '\n';
  const early = inside(change.start);
  const late = inside(change.end);
  return {
    start: change.start - (early ? 1 : 0),
    end: change.end + (late ? 1 : 0),
    text: `${early ? '\r' : ''}${change.text}${late ? '\n' : ''}`,
  };
}
