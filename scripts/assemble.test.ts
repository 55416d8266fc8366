import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { assemble } from './assemble.ts';

test('a folder is replaced whole, and stays as it was when filling fails', async () => {
  const root = mkdtempSync(join(tmpdir(), 'sysd-assemble-'));
  const folder = join(root, 'dist');
  await assemble(folder, async (partial) => writeFileSync(join(partial, 'one'), ''));
  await assemble(folder, async (partial) => writeFileSync(join(partial, 'two'), ''));
  expect(readdirSync(folder)).toEqual(['two']);
  const failing = assemble(folder, async (partial) => {
    writeFileSync(join(partial, 'three'), '');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(readdirSync(folder)).toEqual(['two']);
  expect(readdirSync(root)).toEqual(['dist']);
});
