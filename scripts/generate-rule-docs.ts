// Writes docs/rules/ from the rules: one page an id, and the index.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { allExplanations, documentationFiles } from '../packages/rules/src/index.ts';

export const rulesFolder = new URL('../docs/rules/', import.meta.url);

export const generatedRuleDocs = (): Map<string, string> => documentationFiles(allExplanations());

function write(): void {
  const files = generatedRuleDocs();
  mkdirSync(rulesFolder, { recursive: true });
  for (const name of readdirSync(rulesFolder)) if (!files.has(name)) rmSync(new URL(name, rulesFolder));
  for (const [name, text] of files) writeFileSync(new URL(name, rulesFolder), text);
}

if (import.meta.main) write();
