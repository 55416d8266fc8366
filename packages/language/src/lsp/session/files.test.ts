import { expect, it } from 'vitest';
import { files } from './files.ts';

const URI = 'file:///w/a.sysd';
const TEXT = 'system S\nservice a {\n  x: 1\n}\nservice b\n';

it('says which lines an edit touched', () => {
  const all = files(() => undefined);
  all.open(URI, 1, TEXT);
  expect(all.lastEdit).toBeUndefined();
  const position = { line: 2, character: 6 };
  all.change(URI, 2, [{ range: { start: position, end: position }, text: '0' }]);
  const line = TEXT.indexOf('  x: 1');
  expect(all.lastEdit).toEqual({ uri: URI, start: line, end: line + 7 });
  all.change(URI, 3, [{ range: { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } }, text: '' }]);
  expect(all.lastEdit?.start).toBe(line);
  all.change(URI, 4, [{ text: TEXT }]);
  expect(all.lastEdit).toEqual({ uri: URI, start: line, end: line + 6 });
});

it('ignores a change of a document that is not open', () => {
  const all = files(() => TEXT);
  expect(all.change(URI, 2, [{ text: 'x' }])).toBeUndefined();
  expect(all.read(URI)!.text).toBe(TEXT);
});

it('keeps the trees of a file that is opened, edited, closed and read again', () => {
  let disk = TEXT;
  const all = files(() => disk);
  const items = () => all.source(URI)!.parsed.items;
  const first = items();
  all.open(URI, 1, TEXT);
  expect(items()).toBe(first);
  all.change(URI, 2, [{ range: { start: { line: 4, character: 8 }, end: { line: 4, character: 9 } }, text: 'c' }]);
  expect(items().slice(0, 2)).toEqual(first.slice(0, 2));
  expect(items()[1]).toBe(first[1]);
  all.close(URI);
  expect(all.read(URI)!.version).toBeNull();
  expect(items()[1]).toBe(first[1]);
  const known = all.read(URI);
  all.forget(URI);
  expect(all.read(URI)).toBe(known);
  disk = `// c\n${TEXT}`;
  all.forget(URI);
  expect(items()[1]).toBe(first[1]);
});
