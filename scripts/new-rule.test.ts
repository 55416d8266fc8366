import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RULES } from '../packages/rules/src/index.ts';
import { scaffold } from './new-rule.ts';

const src = new URL('../packages/rules/src/', import.meta.url);
const registry = readFileSync(new URL('registry.ts', src), 'utf8');

describe('new-rule', () => {
  it('writes the rule and its test, and puts it in its place in the registry', () => {
    const made = scaffold('capacity/aaa-first', registry);
    if ('error' in made) throw new Error(made.error);
    expect([...made.files.keys()]).toEqual(['capacity/aaa-first/rule.ts', 'capacity/aaa-first/rule.test.ts', 'registry.ts']);
    const names = /RULES: readonly Rule\[\] = \[\n([^\]]*)\]/.exec(made.files.get('registry.ts') ?? '')?.[1]?.match(/\w+/g) ?? [];
    expect(names).toHaveLength(RULES.length + 1);
    const ids = names.map((n) => n.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`));
    const before = RULES.findIndex((r) => r.category === 'capacity');
    expect(ids).toEqual([...RULES.slice(0, before).map((r) => r.id), 'aaa-first', ...RULES.slice(before).map((r) => r.id)]);
  });

  it('writes tests that use what is there', () => {
    const made = scaffold('model/x', registry);
    if ('error' in made) throw new Error(made.error);
    const [, helper = ''] = /from '(\.\.\/\.\.\/.*)'/.exec(made.files.get('model/x/rule.test.ts') ?? '') ?? [];
    expect(existsSync(new URL(helper, new URL('model/x/', src)))).toBe(true);
  });

  it('refuses a category or an id that does not fit', () => {
    for (const path of ['', 'x', 'nowhere/x', 'model/CamelCase', '../model/x']) expect(scaffold(path, registry)).toHaveProperty('error');
  });
});
