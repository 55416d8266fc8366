import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Block } from '../src/formatters/blocks.ts';
import { blocksMarkdown } from '../src/formatters/blocks-markdown.ts';
import { reportHtml } from '../src/formatters/report-html.ts';
import { htmlProblems } from './html-problems.ts';

/** Text that tries to be markup, control characters and halves of surrogate pairs among it. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '</',
        '<!--',
        '-->',
        'script',
        '[',
        '](',
        ')',
        '`',
        '```',
        '~~~',
        '|',
        '\n',
        '\ud800',
        '\u0000',
        ']]>',
        '&lt;',
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
);
const texts = fc.array(text, { maxLength: 3 });
const table = fc.record({
  header: fc.tuple(text, text),
  rows: fc.array(fc.tuple(text, text), { maxLength: 9 }),
  telling: fc.constant(4),
  bars: fc.array(fc.option(fc.record({ from: fc.double(), to: fc.double() }), { nil: undefined }), { maxLength: 9 }),
});
const finding = fc.record({
  rule: text,
  url: fc.constant('https://example.org/rule'),
  severity: fc.constantFrom('error' as const, 'warning' as const),
  place: text,
  message: text,
  frame: texts,
  because: texts,
  fixes: texts,
  accepted: text,
});

const block: fc.Arbitrary<Block> = fc.oneof(
  table.map((t): Block => ({ table: t })),
  fc.record({ lines: fc.array(text, { maxLength: 10 }), heading: text }),
  fc.record({ text, lead: text }),
  fc.record({ heading: text, blocks: fc.array(fc.record({ text }), { maxLength: 2 }) }),
  fc.record({ summary: text, inside: fc.array(fc.record({ verbatim: text }), { maxLength: 2 }) }),
  fc.record({ verbatim: text }),
  finding.map((f): Block => ({ finding: f })),
  fc.record({ caption: text, file: text }).map((d): Block => ({ drawing: { ...d, svg: '<svg></svg>', mermaid: { none: d.caption } } })),
  fc.record({ label: text, value: text, note: text }).map((g): Block => ({ glance: [{ ...g, tone: 'plain' }] })),
  fc.record({ figure: text, from: texts }).map((d): Block => ({ derivations: [d] })),
);

it('whatever texts a page has, its HTML nests and holds nothing that runs or loads', () => {
  fc.assert(
    fc.property(text, texts, fc.array(block, { maxLength: 6 }), (title, doc, blocks) => {
      expect(htmlProblems(reportHtml({ title, doc, sections: [{ id: 'one', title, blocks }] }, '<!-- mark -->'))).toEqual([]);
    }),
    { numRuns: 200, seed: 7 },
  );
});

it('and its Markdown opens no tag and no link of their own', () => {
  fc.assert(
    fc.property(fc.array(block, { maxLength: 6 }), (blocks) => {
      const outside = blocksMarkdown(blocks)
        .join('\n\n')
        .replaceAll(/^( *)(`{3,})[^`\n]*\n[\s\S]*?^\1\2$/gm, '');
      // What stands in a summary is HTML to its end, no Markdown.
      const plain = outside.replaceAll(/^<summary>[^<>\n]*<\/summary>$/gm, '').replaceAll(/\\[!-/:-@[-`{-~]/g, '');
      const tags = [...plain.matchAll(/<(\/?\w+)/g)].map(([, name]) => name);
      expect(tags.filter((t) => !['br', 'details', '/details'].includes(t ?? ''))).toEqual([]);
      const links = [...plain.matchAll(/\]\(([^)]*)\)/g)].map(([, url]) => url ?? '');
      expect(links.filter((url) => !url.startsWith('https://example.org/') && /[\s<>]|^\w+:/.test(url))).toEqual([]);
    }),
    { numRuns: 200, seed: 7 },
  );
});
