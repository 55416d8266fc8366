import { readFileSync } from 'node:fs';
import { createDefaultCoreModule, createDefaultSharedCoreModule, EmptyFileSystem, inject, type LangiumCoreServices } from 'langium';
import { expect, it } from 'vitest';
import { SysdGeneratedModule, SysdGeneratedSharedModule, SysdLanguageMetaData } from '../generated/module.ts';
import { parseText } from '../parse.ts';
import { createSysdServices, SysdParserModule } from '../sysd-module.ts';
import type { SysdParser } from './parser.ts';

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

it('has tokens and rules in which chevrotain finds no mistake, though it is not asked to look when the server starts', () => {
  const shared = inject(createDefaultSharedCoreModule(EmptyFileSystem), SysdGeneratedSharedModule);
  const checked = { LanguageMetaData: () => ({ ...SysdLanguageMetaData, mode: 'development' as const }) };
  const services = inject(createDefaultCoreModule({ shared }), SysdGeneratedModule, SysdParserModule, checked) as LangiumCoreServices;
  shared.ServiceRegistry.register(services);
  expect(() => services.parser.LangiumParser).not.toThrow();
});

it('chooses patterns by the first character, of every code unit', () => {
  const { chevrotainLexer } = createSysdServices().parser.Lexer as unknown as { chevrotainLexer: { canModeBeOptimized: object } };
  expect(chevrotainLexer.canModeBeOptimized).toEqual({ defaultMode: true });
  const parser = createSysdServices().parser.LangiumParser as SysdParser;
  const units = Array.from({ length: 0x1_0000 - 128 }, (_, i) => String.fromCharCode(i + 128)).filter((unit) => !/\s/.test(unit));
  const tokens = parser.rawTokens(units.join(''));
  expect(tokens.map((t) => t.image)).toEqual(units);
  expect(new Set(tokens.map((t) => t.tokenType.name))).toEqual(new Set(['JUNK']));
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
