import { expect, test } from 'vitest';
import { isInside, planExport } from './plan.ts';

const file = (path: string, content: string, secret = false) => ({ path, content, secret });

function fates(existing: [string, string][], ...files: ReturnType<typeof file>[]) {
  return planExport(files, new Map(existing)).map((planned) => planned.fate);
}

test('a file that does not exist is created, one with the same content is left', () => {
  expect(fates([['b', 'x']], file('a', 'x'), file('b', 'x'))).toEqual(['create', 'unchanged']);
});

test('a file that sysd wrote is told from one of somebody else', () => {
  const existing: [string, string][] = [
    ['own', '# Made by sysd from the design Feed. Exporting again replaces this file.\nold'],
    ['foreign', 'services: {}'],
  ];
  expect(fates(existing, file('own', 'new'), file('foreign', 'new'))).toEqual(['replace-own', 'replace-foreign']);
});

test('a secret that exists is kept', () => {
  expect(fates([['s', 'abc']], file('s', '', true), file('t', '', true))).toEqual(['keep-secret', 'create']);
});

test('only paths below the folder are inside', () => {
  const paths = ['a', 'a/b.yml', '.env', '', '/a', '../a', 'a/../../b', 'a//b', './a', 'C:\\a', 'a\\b', 'c:/a'];
  expect(paths.filter(isInside)).toEqual(['a', 'a/b.yml', '.env']);
});
