import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findDesignFiles, importPaths } from './workspace-files.ts';

let folder: string;
const uri = (path: string) => pathToFileURL(join(folder, path)).href;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sysd-files-'));
  for (const path of ['parts', 'node_modules/x', '.hidden']) mkdirSync(join(folder, path), { recursive: true });
  for (const path of ['shop.sysd', 'platform.sysd', 'notes.md', 'parts/a b.sysd', 'node_modules/x/y.sysd', '.hidden/z.sysd']) {
    writeFileSync(join(folder, path), '');
  }
});
afterAll(() => rmSync(folder, { recursive: true }));

it('finds design files, not those of packages', () => {
  expect(findDesignFiles([pathToFileURL(folder).href])).toEqual([uri('parts/a b.sysd'), uri('platform.sysd'), uri('shop.sysd')]);
  expect(findDesignFiles([uri('gone'), 'untitled:x'])).toEqual([]);
});

it('offers files and folders to import', () => {
  expect(importPaths(uri('shop.sysd'), '')).toEqual(['./parts/', './platform.sysd']);
  expect(importPaths(uri('shop.sysd'), './pl')).toEqual(['./parts/', './platform.sysd']);
  expect(importPaths(uri('shop.sysd'), './parts/')).toEqual(['./parts/a b.sysd']);
  expect(importPaths(uri('parts/a b.sysd'), '../')).toEqual(['../parts/', '../platform.sysd', '../shop.sysd']);
  expect(importPaths('untitled:x', './')).toEqual([]);
});
