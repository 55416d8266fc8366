import { readFileSync } from 'node:fs';
import { absolute, type Span } from '@sysd/core';
import fc from 'fast-check';
import type { AstNode } from 'langium';
import { expect, it } from 'vitest';
import type { Flow, Item } from '../generated/ast.ts';
import { lowerProject } from '../lower/lower.ts';
import { offsetsOf, spanOfFeature, spanOfNode } from '../lower/spans.ts';
import { type ParsedText, parseText, replaceInText, sliceOfText } from '../parse.ts';
import { projectLoader } from '../project/project.ts';
import { isAlive, placesIn, sourceFile } from '../project/source-file.ts';
import { standardLibrary } from '../standard-library.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const feed = read('../../test/fixtures/feed.sysd').replace('import "./platform.sysd"\n', '');
const shop = read('../../../../examples/sharded-shop/orders.sysd');
const server = read('../../../../examples/single-server/server.sysd');
/** Long bodies in each other, several statements on a line, documentation in odd places, every kind of line end. */
const odd = `// licence\r\n\r\n/// doc\rservice a { x: 1, y: 2, z: 3; u: 4, v: 5, w: 6 /// no doc\n p: 7, q: 8, r: 9 }
service b; service c "x" // c
/// doc of the flow
flow F from a at 1/s {
  parallel {
    a -> b, a -> c, a -> b
    /// doc
    a -> c; a -> b
    a -> c
    parallel { a -> b, a -> b, a -> b, a -> b, a -> b, a -> b, a -> b, a -> b }
    a -> b
  }
  else a -> b { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8 }
}
let n = max(
1,
2)
zones: a,
b
service d typo {
  a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, h: 8
}`;

/** A tree with all that is in it, and where each node and each of its features stands in the file. */
function shownNode(node: AstNode, origin = 0): unknown {
  const at = (span: Span): string => `${absolute(span).start - origin}-${absolute(span).end - origin}`;
  const { start, end } = offsetsOf(node);
  const { block } = spanOfNode(node);
  const out: Record<string, unknown> = { at: at(spanOfNode(node)), offsets: [start, end], block: block.offset - origin };
  for (const [key, value] of Object.entries(node)) {
    if (key === '$container') continue;
    const list: unknown[] = Array.isArray(value) ? value : [value];
    out[key] = list.map((one) => (isNode(one) ? shownNode(one, origin) : one));
    if (!key.startsWith('$')) out[`${key}@`] = list.map((_, i) => at(spanOfFeature(node, key, i)));
    for (const one of list) if (isNode(one) && !key.startsWith('$')) expect(one.$container).toBe(node);
  }
  return out;
}

const isNode = (value: unknown): value is AstNode => typeof value === 'object' && value !== null;

const shown = (parsed: ParsedText): unknown => ({
  text: parsed.text,
  length: parsed.length,
  blocks: parsed.blocks.map(({ block, offset, line }) => [
    offset,
    line,
    block.text,
    block.lines,
    block.problems,
    block.read,
    block.outlook,
  ]),
  problems: parsed.problems,
  trees: parsed.items.map((item) => shownNode(item)),
  places: [...placesIn(parsed)].map(([block, offset]) => [block.offset, offset, isAlive(block)]),
});

interface Change {
  /** Where in the text: ten-thousandths of it, and whether at the start of the line there. */
  readonly share: number;
  readonly lineStart: boolean;
  readonly cut: number;
  readonly paste: string;
}

const FRAGMENTS = [
  '{',
  '}',
  '(',
  ')',
  '"',
  '//',
  '/// d',
  '#',
  ',',
  ';',
  '\n',
  '\r',
  '\r\n',
  '->',
  '|',
  ':',
  ' ',
  'x',
  '}\n',
  '{\n',
  '..',
  '/*',
  '-',
];
const PASTES = [
  '\nservice z { cores: 2 }\n',
  '\na -> b\n',
  '\nflow G {\n  a -> b\n',
  '\n  replicas: 3\n',
  'import "./a.sysd"\n',
  '// c\n',
  'a b {\n'.repeat(210),
];
const paste = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 3, arbitrary: fc.constantFrom(...PASTES) },
  fc.constant(''),
);
const cut = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat(3), fc.nat(200));
const change: fc.Arbitrary<Change> = fc.record({
  share: fc.integer({ min: 0, max: 9999 }),
  lineStart: fc.boolean(),
  cut,
  paste,
});

function placeOf(text: string, { share, lineStart }: Change): number {
  const at = Math.floor((share / 10_000) * text.length);
  return lineStart ? Math.max(text.lastIndexOf('\n', at), text.lastIndexOf('\r', at)) + 1 : at;
}
const start = fc.constantFrom(feed, shop, server, odd, '', odd.replaceAll('\n', '\r\n'));

it('a parse after edits is a parse from scratch', () => {
  fc.assert(
    fc.property(start, fc.array(change, { minLength: 1, maxLength: 12 }), (text, changes) => {
      let parsed = parseText(text);
      for (const one of changes) {
        const { cut: length, paste: inserted } = one;
        const from = placeOf(parsed.text, one);
        const end = Math.min(parsed.length, from + length);
        const next = parsed.text.slice(0, from) + inserted + parsed.text.slice(end);
        expect(sliceOfText(parsed, from, end)).toBe(parsed.text.slice(from, end));
        const before = placesIn(parsed);
        parsed = replaceInText(parsed, [{ start: from, end, text: inserted }]);
        const after = placesIn(parsed);
        for (const block of before.keys()) expect(isAlive(block)).toBe(after.has(block));
        expect(parsed.text).toBe(next);
        expect(shown(parsed)).toEqual(shown(parseText(next)));
      }
    }),
    { numRuns: 40 },
  );
});

it('several replacements at once, and texts whose difference is not told, are parsed as from scratch', () => {
  fc.assert(
    fc.property(start, fc.array(change, { minLength: 1, maxLength: 4 }), start, (text, changes, other) => {
      const before = parseText(text);
      const starts = changes.map((c) => placeOf(text, c)).sort((a, b) => a - b);
      const replacements = starts.map((from, i) => ({
        start: from,
        end: Math.min(from + changes[i]!.cut, starts[i + 1] ?? text.length),
        text: changes[i]!.paste,
      }));
      const after = replaceInText(before, replacements);
      expect(shown(after)).toEqual(shown(parseText(after.text)));
      expect(shown(parseText(other, after))).toEqual(shown(parseText(other)));
    }),
    { numRuns: 20 },
  );
});

it('blocks partition a text, and each is parsed as if nothing else were there', () => {
  fc.assert(
    fc.property(start, fc.array(change, { maxLength: 3 }), (text, changes) => {
      const broken = changes.reduce((now, c) => {
        const at = placeOf(now, c);
        return now.slice(0, at) + c.paste + now.slice(at + c.cut);
      }, text);
      const { blocks } = parseText(broken);
      expect(blocks.map((b) => b.block.text).join('')).toBe(broken);
      for (const { block, offset } of blocks) {
        if (!block.read) continue;
        const alone = parseText(block.text);
        expect(alone.blocks.map((b) => [b.block.text, b.block.lines])).toEqual([[block.text, block.lines]]);
        expect(alone.problems).toEqual(block.problems);
        expect(alone.items.map((item) => shownNode(item))).toEqual(block.items.map((item) => shownNode(item, offset)));
        expect(broken.startsWith(block.text, offset)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

it('a design lowered after edits is the one lowered from scratch', () => {
  const lowered = (l: ReturnType<typeof lowerProject>) =>
    JSON.stringify([l.design, l.diagnostics, l.references], (key, value) =>
      value instanceof Map ? [...value] : key === 'block' ? undefined : value?.block ? absolute(value) : value,
    );
  fc.assert(
    fc.property(fc.constantFrom(feed, odd), fc.array(change, { minLength: 1, maxLength: 6 }), (first, changes) => {
      let text = first;
      const loader = projectLoader(() => text, standardLibrary());
      loader.load('file:///a.sysd');
      for (const one of changes) {
        const from = placeOf(text, one);
        text = text.slice(0, from) + one.paste + text.slice(from + one.cut);
        const fresh = projectLoader(() => text, standardLibrary()).load('file:///a.sysd')!;
        expect(lowered(lowerProject(loader.load('file:///a.sysd')!))).toBe(lowered(lowerProject(fresh)));
      }
    }),
    { numRuns: 15 },
  );
});

it('an edit parses its own block again and moves the others', () => {
  const before = sourceFile('file:///a.sysd', feed);
  const after = sourceFile('file:///a.sysd', feed.replace('let followers   = 200', 'let followers = 2000'), { before });
  const same = after.parsed.items.filter((item, i) => item === before.parsed.items[i]);
  expect(same).toHaveLength(before.parsed.items.length - 1);
  expect(before.parsed.blocks.length).toBe(after.parsed.blocks.length);
});

it('an edit of a step keeps the other steps of its flow, with their spans', () => {
  const steps = Array.from({ length: 500 }, (_, i) => `  /// Step ${i}\n  s${i} -> s${i + 1} read 2 KB`);
  const text = `service s0\n\nflow F from s0 at 1/s {\n${steps.join('\n')}\n}\nservice s1\n`;
  const itemsOf = (parsed: ParsedText): readonly Item[] => (parsed.items[1] as Flow).body!.items;
  const before = parseText(text);
  const old = itemsOf(before);
  const spans = old.map(spanOfNode);
  const at = text.indexOf('s250 ->');
  const after = replaceInText(before, [{ start: at, end: at + 4, text: 'other' }]);
  const changed = itemsOf(after).flatMap((step, i) => (step === old[i] ? [] : [i]));
  expect(changed).toEqual([250]);
  expect(spans.flatMap((span, i) => (isAlive(span.block) ? [] : [i]))).toEqual([250]);
  expect(absolute(spans[499]!).start).toBe(text.indexOf('s499 ->') + 1);
  expect(placesIn(before).get(spans[499]!.block)! + spans[499]!.start).toBe(text.indexOf('s499 ->'));
});

it('a brace that is opened leaves the blocks below as they are', () => {
  const before = parseText(feed);
  const at = feed.indexOf('\nuser') + 1;
  const after = replaceInText(before, [{ start: at, end: at, text: 'service new {\n' }]);
  const kept = after.items.filter((item) => before.items.includes(item));
  expect(kept.length).toBeGreaterThan(before.items.length - 4);
});

it('equal statements are trees of their own', () => {
  const text = 'a -> b\na -> b\na -> b';
  const before = parseText(text);
  const { items } = parseText(`c -> d\n${text}`, before);
  expect(new Set(items).size).toBe(4);
  expect(items.slice(1).every((item, i) => item === before.items[i])).toBe(true);
});
