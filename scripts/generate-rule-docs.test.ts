import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedRuleDocs, rulesFolder } from './generate-rule-docs.ts';

test('docs/rules is what the rules say (else run: npm run generate:rule-docs)', () => {
  const committed = new Map(readdirSync(rulesFolder).map((name) => [name, readFileSync(new URL(name, rulesFolder), 'utf8')]));
  const generated = generatedRuleDocs();
  expect([...committed.keys()].sort()).toEqual([...generated.keys()].sort());
  for (const [name, text] of generated) expect(committed.get(name), name).toBe(text);
});
