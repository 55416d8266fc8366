import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { isTechnology } from './generated/ast.ts';
import { lowerText } from './lower-text.ts';
import { parseText } from './parse.ts';

const library = join(import.meta.dirname, 'library');
const files = readdirSync(library);
const textOf = (file: string) => readFileSync(join(library, file), 'utf8');
const technologies = files.flatMap((file) => parseText(textOf(file)).items.filter(isTechnology));
const messages = (text: string) => lowerText(text).diagnostics.map((d) => `${d.rule}: ${d.message}`);

describe.each(files)('%s', (file) => {
  test('is right as an author file: every property fits its kinds and its schema', () => {
    expect(messages(`${textOf(file)}\nsystem Library\n`)).toEqual([]);
  });
});

test('no technology is declared twice', () => {
  const names = technologies.map((t) => t.name);
  expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
});

test('every technology can be used for each of its kinds', () => {
  const uses = technologies.flatMap((t) => t.kinds.map((kind, i) => `${kind} ${t.name}-${i}: ${t.name}`));
  expect(messages(`system All\n${uses.join('\n')}\n`)).toEqual([]);
});

test('a fact carries its source, a guess does not', () => {
  const { design } = lowerText('system S\ndatabase db: postgres\nqueue jobs: rabbitmq\n');
  const origin = (id: string, property: 'max-connections' | 'capacity') => design.components.get(id)?.properties.get(property)?.origin;
  expect(origin('db', 'max-connections')).toEqual({
    kind: 'technology',
    technology: 'postgres',
    source: 'PostgreSQL manual: default of max_connections',
  });
  expect(origin('jobs', 'capacity')).toEqual({ kind: 'technology', technology: 'rabbitmq' });
});

test('one technology serves several kinds, each with the properties that it has', () => {
  const { design } = lowerText('system S\ncache c: redis\nqueue q: redis\n');
  expect(design.components.get('c')?.properties.has('max-connections')).toBe(true);
  expect(design.components.get('q')?.properties.has('max-connections')).toBe(false);
  expect(design.components.get('q')?.properties.get('delivery')?.value).toBe('at-least-once');
});
