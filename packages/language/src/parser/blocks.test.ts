import { readFileSync } from 'node:fs';
import { absolute } from '@sysd/core';
import type { AstNode } from 'langium';
import { expect, it } from 'vitest';
import { lowerProject } from '../lower/lower.ts';
import { spanOfNode } from '../lower/spans.ts';
import { parseText } from '../parse.ts';
import { projectLoader } from '../project/project.ts';
import { sourceFile } from '../project/source-file.ts';
import { standardLibrary } from '../standard-library.ts';

const feed = readFileSync(new URL('../../test/fixtures/feed.sysd', import.meta.url), 'utf8').replace('import "./platform.sysd"\n', '');

/** Everything of a tree that is data, with the offsets of its nodes. */
function plain(node: AstNode): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => {
      if (key === '$container') return undefined;
      return value?.$type ? { ...value, at: spanOfNode(value) } : value;
    }),
  );
}

/** A small generator of edits: the same ones on every run. */
function* edits(text: string, count: number): Iterable<string> {
  let seed = 7;
  const random = (n: number) => {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    return seed % n;
  };
  const pieces = ['x', ' ', '\n', '{', '}', '"', '->', ' a -> b', '\nservice z { cores: 2 }\n', ',', '// ', '(', '\n  replicas: 3', ';'];
  let now = text;
  for (let i = 0; i < count; i++) {
    const at = random(now.length);
    const cut = random(3) === 0 ? random(40) : 0;
    now = now.slice(0, at) + pieces[random(pieces.length)] + now.slice(at + cut);
    yield now;
    // Now and then the author repairs everything.
    if (random(25) === 0) now = text;
  }
}

it('a parse that takes over unchanged blocks gives what a parse from scratch gives', () => {
  let before = parseText(feed);
  for (const text of edits(feed, 150)) {
    const after = parseText(text, before);
    const fresh = parseText(text);
    expect(after.problems).toEqual(fresh.problems);
    expect(after.blocks.map((b) => b.offset)).toEqual(fresh.blocks.map((b) => b.offset));
    expect(after.items.map(plain)).toEqual(fresh.items.map(plain));
    before = after;
  }
});

it('a design lowered after edits is the one lowered from scratch', () => {
  let text = feed;
  const loader = projectLoader(() => text, standardLibrary());
  const shown = (l: ReturnType<typeof lowerProject>) =>
    JSON.stringify([l.design, l.diagnostics, l.references], (key, value) =>
      value instanceof Map ? [...value] : key === 'block' ? undefined : value?.block ? absolute(value) : value,
    );
  for (text of edits(feed, 60)) {
    const fresh = projectLoader(() => text, standardLibrary()).load('file:///a.sysd')!;
    expect(shown(lowerProject(loader.load('file:///a.sysd')!))).toBe(shown(lowerProject(fresh)));
  }
});

it('an edit parses its own block again and moves the others', () => {
  const before = sourceFile('file:///a.sysd', feed);
  const after = sourceFile('file:///a.sysd', feed.replace('let followers   = 200', 'let followers = 2000'), { before });
  const same = after.parsed.items.filter((item, i) => item === before.parsed.items[i]);
  expect(same).toHaveLength(before.parsed.items.length - 1);
  expect(before.parsed.blocks.length).toBe(after.parsed.blocks.length);
});

it('equal statements are trees of their own', () => {
  const text = 'a -> b\na -> b\na -> b';
  const before = parseText(text);
  const { items } = parseText(`c -> d\n${text}`, before);
  expect(new Set(items).size).toBe(4);
  expect(items.slice(1).every((item, i) => item === before.items[i])).toBe(true);
});
