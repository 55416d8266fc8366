import { mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { planFolder, writeFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sysd-export-'));
});

const files = (content: string) => [
  { path: 'docker-compose.yml', content: `# Made by sysd\n${content}` },
  { path: 'haproxy/start.sh', content: `# Made by sysd\n${content}`, executable: true },
  { path: 'secrets/db', content: '', secret: true },
];
const everything = () => true;
const read = (path: string) => readFileSync(join(folder, path), 'utf8');

test('a first export writes everything, with a random secret', async () => {
  const written = await writeFolder(folder, await planFolder(folder, files('one')), everything);
  expect(written).toEqual(['docker-compose.yml', 'haproxy/start.sh', 'secrets/db']);
  expect(read('docker-compose.yml')).toBe('# Made by sysd\none');
  expect(read('secrets/db')).toMatch(/^[0-9a-f]{48}$/);
  expect(statSync(join(folder, 'haproxy/start.sh')).mode & 0o111).toBe(0o111);
  expect(statSync(join(folder, 'secrets')).mode & 0o077).toBe(0);
});

test('what is mounted can be read by containers, whatever the umask', async () => {
  const before = process.umask(0o077);
  try {
    await writeFolder(folder, await planFolder(folder, files('one')), everything);
  } finally {
    process.umask(before);
  }
  expect(['docker-compose.yml', 'haproxy/start.sh', 'secrets/db'].map((path) => statSync(join(folder, path)).mode & 0o777)).toEqual([
    0o644, 0o755, 0o644,
  ]);
});

test('a second export knows its own files, keeps the secret and tells what is of somebody else', async () => {
  await writeFolder(folder, await planFolder(folder, files('one')), everything);
  const secret = read('secrets/db');
  writeFileSync(join(folder, 'haproxy/start.sh'), 'mine');
  const plan = await planFolder(folder, files('two'));
  expect(plan.map((planned) => planned.fate)).toEqual(['replace-own', 'replace-foreign', 'keep-secret']);
  const written = await writeFolder(folder, plan, (planned) => planned.fate !== 'replace-foreign');
  expect(written).toEqual(['docker-compose.yml']);
  expect([read('docker-compose.yml'), read('haproxy/start.sh'), read('secrets/db')]).toEqual(['# Made by sysd\ntwo', 'mine', secret]);
});
