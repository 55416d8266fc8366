import { expect, test } from 'vitest';
import { check, dedent } from './check.ts';
import { readFixture } from './fixture.ts';

test('reads files, the cursor and leaves expectations out', () => {
  const { files, cursor } = readFixture('//- /a.sysd\nimport "./b.sysd"\n~~~~~ syntax: x\nservice a$0pi\n//- /b.sysd\nzone z');
  expect([...files]).toEqual([
    ['file:///a.sysd', 'import "./b.sysd"\nservice api'],
    ['file:///b.sysd', 'zone z'],
  ]);
  expect(cursor).toEqual({ uri: 'file:///a.sysd', offset: 27 });
});

test('compares all that is reported, where it is reported', () => {
  check(
    `
    system S
    servise api
    ~~~~~~~ unknown-kind: servise is no kind of component; did you mean service?
    `,
    { rules: false },
  );
});

test('fails on what is not expected, and on what is expected and not there', () => {
  expect(() => check('system S\nservise api', { rules: false })).toThrow();
  expect(() => check('system S\n~~~~~~ syntax: nothing here', { rules: false })).toThrow();
});

test('takes the indentation of a fixture away', () => {
  expect(dedent('\n    a\n      b\n\n    c\n  ')).toBe('a\n  b\n\nc');
});
