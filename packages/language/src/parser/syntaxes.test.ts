import { readFileSync } from 'node:fs';
import { KIND_NAMES, OPERATIONS, UNITS } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { MODIFIER_WORDS, STATEMENT_WORDS } from './words.ts';

const read = (name: string) => JSON.parse(readFileSync(new URL(`../../../../syntaxes/${name}`, import.meta.url), 'utf8'));
const grammar = read('sysd.tmLanguage.json');

interface Pattern {
  match?: string;
  begin?: string;
  name?: string;
  captures?: Record<string, { name: string }>;
  patterns?: Pattern[];
}

const rules = Object.values(grammar.repository as Record<string, Pattern>).flatMap(function flat(p): Pattern[] {
  return [p, ...(p.patterns ?? []).flatMap(flat)];
});

/** Scopes that the rules of one line give to a word, each rule by itself. */
function scopesOf(line: string, word: string): string[] {
  const found: string[] = [];
  for (const rule of rules) {
    if (rule.match === undefined) continue;
    for (const match of line.matchAll(new RegExp(rule.match, 'gmd'))) {
      if (match[0] === word && rule.name) found.push(rule.name);
      match.forEach((text, i) => {
        const name = rule.captures?.[String(i)]?.name;
        if (i > 0 && text === word && name) found.push(name);
      });
    }
  }
  return found;
}

describe('TextMate grammar', () => {
  it.each([
    ['service api: nodejs {', 'service', 'storage.type.kind.sysd'],
    ['service api: nodejs {', 'api', 'entity.name.type.component.sysd'],
    ['service api: nodejs {', 'nodejs', 'support.class.technology.sysd'],
    ['  replicas: 3 across us, cores: 4', 'replicas', 'variable.other.property.sysd'],
    ['  replicas: 3 across us, cores: 4', 'cores', 'variable.other.property.sysd'],
    ['  api -> db read 2 KB on miss', 'api', 'entity.name.type.component.sysd'],
    ['  api -> db read 2 KB on miss', 'read', 'support.function.operation.sysd'],
    ['  api -> db read 2 KB on miss', '2 KB', 'constant.numeric.sysd'],
    ['  api -> db read 2 KB on miss', 'on miss', 'keyword.control.modifier.sysd'],
    ['cache -> read', 'cache', 'entity.name.type.component.sysd'],
    ['flow Read from users at 10/day each {', 'Read', 'entity.name.function.flow.sysd'],
    ['flow Read from users at 10/day each {', '10/day', 'constant.numeric.sysd'],
    ['scenario "x" { fail us }', 'fail', 'keyword.control.sysd'],
    ['let n = ceil(3) // why', '// why', 'comment.line.double-slash.sysd'],
  ])('%s: %s is %s', (line, word, scope) => {
    expect(scopesOf(line, word)).toContain(scope);
  });

  it('a component called like a kind is no kind', () => {
    expect(scopesOf('cache -> read', 'cache')).not.toContain('storage.type.kind.sysd');
  });

  it('knows every kind, statement, operation, modifier and unit', () => {
    const source = JSON.stringify(grammar);
    const words = [...KIND_NAMES, ...STATEMENT_WORDS, ...MODIFIER_WORDS, ...Object.keys(OPERATIONS).filter((o) => o !== 'resolve')];
    for (const word of words) expect(source, word).toMatch(new RegExp(`[(|]${word}[|)\\\\]`));
    for (const { name } of UNITS.filter((u) => u.name !== 'x')) {
      expect(scopesOf(`a: 3 ${name}, b: c`, `3 ${name}`), name).toContain('constant.numeric.sysd');
    }
  });
});

it('the language configuration indents after an open brace and goes on with documentation', () => {
  const configuration = read('language-configuration.json');
  const indents = new RegExp(configuration.indentationRules.increaseIndentPattern);
  expect(indents.test('service api "API" {')).toBe(true);
  expect(indents.test('service api { replicas: 2 }')).toBe(false);
  expect(indents.test('// service {')).toBe(false);
  const enter = new RegExp(configuration.onEnterRules[0].beforeText);
  expect(enter.test('  /// About it')).toBe(true);
  expect(enter.test('///')).toBe(false);
});
