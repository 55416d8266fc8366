import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedReference, referenceFile } from './generate-reference.ts';

test('docs/reference.md is what the schema and the library say (else run: node scripts/generate-reference.ts)', () => {
  expect(readFileSync(referenceFile, 'utf8')).toBe(generatedReference());
});
