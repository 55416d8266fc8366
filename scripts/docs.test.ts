import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseText } from '../packages/language/src/parse.ts';

const root = resolve(import.meta.dirname, '..');
const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(root, 'docs')).flatMap((f) => (f.endsWith('.md') ? [`docs/${f}`] : []))];

describe.each(pages)('%s', (page) => {
  const text = readFileSync(join(root, page), 'utf8');

  test('every sysd block can be read', () => {
    for (const [, block = ''] of text.matchAll(/^```sysd\n([\s\S]*?)^```/gm)) {
      expect(
        parseText(block).problems.map((p) => p.message),
        block,
      ).toEqual([]);
    }
  });

  test('every link into the repository leads somewhere', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)(#[^)]*)?\)/g)].map(([, path = '']) => path);
    expect(links.filter((path) => !existsSync(resolve(root, dirname(page), path)))).toEqual([]);
  });
});
