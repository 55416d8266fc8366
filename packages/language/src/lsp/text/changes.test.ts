import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseText } from '../../parse.ts';
import { applyChanges } from './changes.ts';
import { snapshot, sourceOf } from './snapshot.ts';

const URI = 'file:///a.sysd';
const START = 'system S\r\nservice a {\n  x: 1\n}\n\n// note\nservice b\na -> b\n';

const part = fc.constantFrom('', 'x', '\n', '\r', '\r\n', '}', '{', 'service c\n', '// ');
const position = fc.record({ line: fc.integer({ min: 0, max: 12 }), character: fc.integer({ min: 0, max: 14 }) });
const ranged = fc.record({ range: fc.record({ start: position, end: position }), text: part });
const change: fc.Arbitrary<TextDocumentContentChangeEvent> = fc.oneof({ weight: 8, arbitrary: ranged }, fc.record({ text: part }));

/** The definition: one change after the other, each in the text that it finds. */
function applied(text: string, changes: readonly TextDocumentContentChangeEvent[]): string {
  return changes.reduce((now, change) => {
    if (!('range' in change)) return change.text;
    const document = TextDocument.create(URI, 'sysd', 1, now);
    const offsets = [document.offsetAt(change.range.start), document.offsetAt(change.range.end)];
    return now.slice(0, Math.min(...offsets)) + change.text + now.slice(Math.max(...offsets));
  }, text);
}

it('applies changes as the protocol says, whatever their order and however wrong their ranges', () => {
  fc.assert(
    fc.property(fc.array(fc.array(change, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }), (notifications) => {
      let ours = snapshot(URI, 1, START);
      notifications.forEach((changes, i) => {
        const before = ours.text;
        const { snapshot: made, edit } = applyChanges(ours, i + 2, changes);
        const text = applied(before, changes);
        expect(made.text).toBe(text);
        expect(made.version).toBe(i + 2);
        expect(sourceOf(made).parsed.blocks.map((b) => b.block.text)).toEqual(parseText(text).blocks.map((b) => b.block.text));
        if (!edit) expect(made.text).toBe(before);
        else expect(before.slice(0, edit.start) + made.text.slice(edit.start, edit.newEnd) + before.slice(edit.oldEnd)).toBe(made.text);
        ours = made;
      });
    }),
  );
});

it('takes the changes of a rename as one edit of the text before them', () => {
  const line = (n: number) => ({ start: { line: n, character: 0 }, end: { line: n, character: 1 } });
  const before = snapshot(URI, 1, 'a -> b\na -> c\na -> d\n');
  const { snapshot: made, edit } = applyChanges(
    before,
    2,
    [2, 1, 0].map((n) => ({ range: line(n), text: 'api' })),
  );
  expect(made.text).toBe('api -> b\napi -> c\napi -> d\n');
  expect(edit).toEqual({ start: 0, oldEnd: 15, newEnd: 21 });
});
