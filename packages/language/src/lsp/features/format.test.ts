import { expect, it } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { formatSysd } from '../../format/format.ts';
import { snapshot } from '../text/snapshot.ts';
import { formatEdits } from './format.ts';

const apply = (text: string, range?: Parameters<typeof formatEdits>[1]) => {
  const of = snapshot('file:///a.sysd', 1, text);
  return TextDocument.applyEdits(of.document, formatEdits(of, range));
};

const TEXTS = [
  '',
  '\n\n\n',
  'service   a{ cores:4 }',
  'service a {\n cores:4\n\n\n\n   memory: 4 GB\n}\n\n\n',
  '\n\nservice a // x\n  \nservice   bcd   // y',
  'flow F from u at 1/s {\nu->a\n  -> b\n}\n',
  '/// d\nclient u\n\n  // c\n',
];

it.each(TEXTS)('gives what the formatter gives: %j', (text) => {
  expect(apply(text)).toBe(formatSysd(text));
  const crlf = text.replaceAll('\n', '\r\n');
  const eol = crlf.includes('\r\n') ? '\r\n' : '\n';
  expect(apply(crlf)).toBe(formatSysd(text)?.replaceAll('\n', eol));
});

it('leaves what is formatted, and what is too broken, alone', () => {
  expect(formatEdits(snapshot('file:///a.sysd', 1, 'service a\n'))).toEqual([]);
  expect(formatEdits(snapshot('file:///a.sysd', 1, 'service a {{{\n'))).toEqual([]);
});

it('keeps to the range', () => {
  const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
  expect(apply('service   a\nservice   b\nservice   c\n', range)).toBe('service   a\nservice b\nservice   c\n');
});
