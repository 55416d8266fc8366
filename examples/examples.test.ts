import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DESIGNS, expectedFolder, filesBelow, outputsOf } from '../scripts/examples.ts';

describe.each(DESIGNS)('$folder/$file', (design) => {
  test('answers what is committed beside it (else run: node scripts/examples.ts, and read the difference)', {
    timeout: 120_000,
  }, async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'sysd-example-'));
    try {
      const outputs = await outputsOf(design, temporary);
      const folder = expectedFolder(design);
      expect([...outputs.keys()].sort()).toEqual(filesBelow(folder));
      for (const [name, content] of outputs) expect(content, name).toBe(readFileSync(join(folder, name), 'utf8'));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});
