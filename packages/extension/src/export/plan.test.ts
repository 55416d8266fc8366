import { expect, test } from 'vitest';
import { isInside, parseManifest, planExport, printManifest } from './plan.ts';

const hash = (text: string) => `hash of ${text}`;
const file = (path: string, content: string, secret = false) => ({ path, content, secret });

function fates(existing: [string, string][], manifest: [string, string][], ...files: ReturnType<typeof file>[]) {
  return planExport(files, new Map(existing), new Map(manifest), hash).map((planned) => planned.fate);
}

test('a file that does not exist is created, one with the same content is left', () => {
  expect(fates([['b', 'x']], [], file('a', 'x'), file('b', 'x'))).toEqual(['create', 'unchanged']);
});

test('a file that an earlier export wrote is told from one that was changed since and from one that was always there', () => {
  const existing: [string, string][] = [
    ['own', 'old'],
    ['changed', 'edited'],
    ['foreign', 'mine'],
  ];
  const manifest: [string, string][] = [
    ['own', 'hash of old'],
    ['changed', 'hash of old'],
  ];
  expect(fates(existing, manifest, file('own', 'new'), file('changed', 'new'), file('foreign', 'new'))).toEqual([
    'replace-own',
    'replace-foreign',
    'replace-foreign',
  ]);
});

test('a secret that exists is kept whoever wrote it', () => {
  expect(fates([['s', 'abc']], [['s', 'hash of abc']], file('s', '', true), file('t', '', true))).toEqual(['keep-secret', 'create']);
});

test('only paths below the folder are inside', () => {
  const paths = ['a', 'a/b.yml', '.env', '', '/a', '../a', 'a/../../b', 'a//b', './a', 'C:\\a', 'a\\b', 'c:/a'];
  expect(paths.filter(isInside)).toEqual(['a', 'a/b.yml', '.env']);
});

test('a manifest reads back; a broken one counts as none', () => {
  const manifest = new Map([
    ['b', '2'],
    ['a', '1'],
    ['__proto__', '3'],
  ]);
  expect(new Map(parseManifest(printManifest(manifest)))).toEqual(manifest);
  for (const text of [undefined, '', '{', '[]', 'null', '{"files":3}', '{"files":{"a":1}}']) expect(parseManifest(text).size).toBe(0);
});
