import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseText } from '../parse.ts';
import { createSysdServices } from '../sysd-module.ts';

const VERSIONS = { langium: '4.4.0', chevrotain: '13.2.0' };

it('stands on the versions whose private parts parser.ts uses', () => {
  const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  for (const [name, version] of Object.entries(VERSIONS)) {
    const installed = JSON.parse(readFileSync(new URL(`../../../../node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
    const advice = `parser/parser.ts uses private parts of ${name} ${version}: read their new versions (Internals, Recovering), adapt it, then change the version here`;
    expect(dependencies[name], advice).toBe(version);
    expect(installed, advice).toBe(version);
  }
});

it('finds the private parts', () => {
  const parser = createSysdServices().parser.LangiumParser as unknown as Record<string, unknown>;
  const names = ['nodeBuilder', 'wrapper', 'doParse', 'mainRule', 'stack', 'construct'];
  expect(names.filter((name) => parser[name] === undefined)).toEqual([]);
  const wrapper = parser.wrapper as Record<string, unknown>;
  const recovering = ['canRecoverWithSingleTokenDeletion', 'canRecoverWithSingleTokenInsertion', 'raiseNoAltException', 'SAVE_ERROR', 'LA'];
  expect(recovering.filter((name) => typeof wrapper[name] !== 'function')).toEqual([]);
});

it('keeps no concrete syntax tree', () => {
  const seen = new Set<object>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    expect((value as { $cstNode?: unknown }).$cstNode).toBeUndefined();
    for (const one of Object.values(value)) visit(one);
  };
  parseText('service a: x "t" { p: max(1, 2) + 3 "s" <= 4, q: 5 }\na -> b 50% read { x: 1 }').items.forEach(visit);
  expect(seen.size).toBeGreaterThan(20);
});
