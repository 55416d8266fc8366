import { expect, it } from 'vitest';
import { applyTextEdits, lowerText, textEditsOf } from '../index.ts';

it('reads a body of many broken lines in time that grows with their number', () => {
  const lines = Array.from({ length: 16_000 }, (_, i) => `  cores = ${i}\n`).join('');
  const { diagnostics } = lowerText(`service a {\n${lines}}\n`);
  expect(new Set(diagnostics.map((d) => d.message))).toEqual(new Set(['a property is said with a colon: cores:']));
}, 10_000);

it('says nothing of a broken line but its error, whatever ends lines', () => {
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['system S', 'service a { foo: 1, cores = 2 }', 'service b { foo: 1 }', ''].join(end);
    const messages = lowerText(text).diagnostics.map((d) => d.message.split(';')[0]);
    expect([end, messages]).toEqual([end, ['a property is said with a colon: cores:', 'a service has no property foo']]);
  }
});

it.each([
  ['service a { cores: 4 // four\nservice b\n', 'service a { cores: 4 } // four\nservice b\n'],
  ['service a {\n  cores: 4 // four\nservice b\n', 'service a {\n  cores: 4 // four\n}\nservice b\n'],
])('a brace that is added is not part of a comment: %j', (written, closed) => {
  const uri = 'file:///design.sysd';
  const text = `system S\n${written}`;
  const { diagnostics, design } = lowerText(new Map([[uri, text]]));
  const fixes = diagnostics.flatMap((d) => d.fixes ?? []);
  const edits = fixes.flatMap((fix) => textEditsOf(fix, design, () => text));
  expect(applyTextEdits(text, uri, edits)).toBe(`system S\n${closed}`);
});
