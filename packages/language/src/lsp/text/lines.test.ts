import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { parseText } from '../../parse.ts';
import { linesOf } from './lines.ts';

const text = fc
  .array(fc.constantFrom('\n', '\r', '\r\n', 'service a {', '}', ' ', 'x: 1', '// note', '\n\n', 'é', '\u{1F600}'), { maxLength: 30 })
  .map((parts) => parts.join(''));

it('counts lines as the protocol does', () => {
  fc.assert(
    fc.property(text, (given) => {
      const [ours, theirs] = [linesOf(parseText(given), 'file:///a.sysd', 1), TextDocument.create('file:///a.sysd', 'sysd', 1, given)];
      expect(ours.lineCount).toBe(theirs.lineCount);
      expect(ours.getText()).toBe(given);
      for (let offset = -1; offset <= given.length + 1; offset++) expect(ours.positionAt(offset)).toEqual(theirs.positionAt(offset));
      for (let line = -1; line <= theirs.lineCount; line++) {
        for (const character of [-1, 0, 1, 5, 1000]) expect(ours.offsetAt({ line, character })).toBe(theirs.offsetAt({ line, character }));
        expect(ours.getLineRange(line)).toEqual(theirs.getLineRange(line));
        expect(ours.getEOLCharacters(line)).toBe(theirs.getEOLCharacters(line));
      }
    }),
  );
});
