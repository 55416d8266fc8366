import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allExplanations, documentationUrl, explain } from './docs.ts';
import { RULES } from './registry.ts';
import { CATEGORIES, type Category } from './rule.ts';

const src = new URL('.', import.meta.url);

describe('registry', () => {
  it('has every rule folder, under its category, in order', () => {
    const folders = (Object.keys(CATEGORIES) as Category[])
      .filter((category) => category !== 'language' && existsSync(new URL(category, src)))
      .flatMap((category) =>
        readdirSync(new URL(category, src))
          .sort()
          .map((id) => `${category}/${id}`),
      );
    expect(RULES.map((r) => `${r.category}/${r.id}`)).toEqual(folders);
  });

  it('has a test beside every rule', () => {
    for (const r of RULES) expect(existsSync(new URL(`${r.category}/${r.id}/rule.test.ts`, src)), r.id).toBe(true);
  });

  it('has ids that are unique and written in kebab case', () => {
    const ids = allExplanations().map((e) => e.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('documents every rule with a fault and its repair', () => {
    for (const r of allExplanations().filter((e) => e.id !== 'internal-error')) {
      for (const words of [r.summary, r.why, r.doInstead]) expect(words.length, r.id).toBeGreaterThan(20);
      expect(r.docs.avoid.length, r.id).toBeGreaterThan(0);
      expect(r.docs.prefer.length, r.id).toBeGreaterThan(0);
    }
    for (const r of RULES) expect(r.docs.references.length, r.id).toBeGreaterThan(0);
  });

  it('documents every id that the language can report', () => {
    const packages = new URL('../../', src);
    const files = ['language/src', 'core/src'].flatMap((folder) =>
      readdirSync(new URL(folder, packages), { recursive: true, encoding: 'utf8' })
        .filter((f) => f.endsWith('.ts') && !f.endsWith('.test.ts'))
        .map((f) => `${folder}/${f}`),
    );
    const written = files.flatMap((f) =>
      [...readFileSync(new URL(f, packages), 'utf8').matchAll(/\brule: '([a-z]+-[a-z-]+)'/g)].map((m) => m[1]),
    );
    const list = readFileSync(new URL('language/src/lower/rule-ids.ts', packages), 'utf8');
    const declared = [...list.matchAll(/^ {2}'([a-z-]+)',$/gm)].map((m) => m[1]);
    expect(declared).toContain('syntax');
    for (const id of new Set([...declared, ...written])) expect(explain(id ?? ''), id).toBeDefined();
  });

  it('finds the explanation and the page of an id', () => {
    expect(explain('unused-accept')?.summary).toContain('silences nothing');
    expect(explain('no-such-rule')).toBeUndefined();
    expect(documentationUrl('unused-accept')).toMatch(/^https:\/\/.*\/docs\/rules\/unused-accept\.md$/);
  });
});
