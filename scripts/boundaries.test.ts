// The invariants of docs/architecture.md that are about imports: each is broken on purpose in a copy, and the check must notice.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'sysd-boundaries-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function run(tool: string, args: string[], cwd: string) {
  const done = spawnSync(join(root, 'node_modules', '.bin', tool), args, { cwd, encoding: 'utf8' });
  return { code: done.status, output: done.stdout + done.stderr };
}

describe('import boundaries', () => {
  const lint = (file: string, line: string) => {
    const folder = mkdtempSync(join(scratch, 'lint-'));
    cpSync(join(root, 'biome.json'), join(folder, 'biome.json'));
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${line}\n`);
    return run('biome', ['lint', '.'], folder);
  };

  it.each([
    ['packages/rules/src/x.ts', "export * from 'langium';"],
    ['packages/rules/src/x.ts', "export * from '@sysd/language';"],
    ['packages/core/src/x.ts', "export * from '@sysd/analysis';"],
    ['packages/analysis/src/x.ts', "export * from 'node:fs';"],
    ['packages/export/src/x.ts', "export * from 'elkjs';"],
    ['packages/diagram/src/render/x.ts', "export * from 'node:path';"],
    ['packages/cli/src/x.ts', "export * from 'langium';"],
    ['packages/extension/src/x.ts', "export * from 'langium';"],
  ])('%s may not say %s', (file, line) => {
    const { code, output } = lint(file, line);
    expect(output).toContain('noRestrictedImports');
    expect(code).not.toBe(0);
  });

  it('lets a pure package import core', () => {
    expect(lint('packages/rules/src/x.ts', "export * from '@sysd/core';").code).toBe(0);
  });

  it('refuses console in pure packages', () => {
    expect(lint('packages/rules/src/x.ts', 'console.log(1);').output).toContain('noConsole');
  });
});

describe('undeclared dependencies', () => {
  it('are found by knip', () => {
    const folder = join(scratch, 'copy');
    const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
    for (const file of files.split('\n').filter((f) => /\.(ts|mjs|js|json)$/.test(f) && !f.includes('/expected/'))) {
      cpSync(join(root, file), join(folder, file), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const index = join(folder, 'packages/rules/src/index.ts');
    writeFileSync(index, "export { default as undeclared } from 'elkjs';\n", { flag: 'a' });
    const { code, output } = run('knip', ['--include', 'unlisted', '--no-progress'], folder);
    expect(output).toMatch(/elkjs.*packages\/rules/);
    expect(code).not.toBe(0);
  });
});
