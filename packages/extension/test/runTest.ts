// The extension-host suite in desktop VS Code, which @vscode/test-electron downloads: `npm run test:vscode`.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import { buildAll } from '../../../scripts/build.ts';
import { extensionFolder } from '../build.ts';
import { buildTests, testEntry } from './build-tests.ts';

await buildAll();
await buildTests();
const temporary = mkdtempSync(join(tmpdir(), 'sysd-vscode-'));
const workspace = join(temporary, 'workspace');
cpSync('examples/twitter-feed', workspace, { recursive: true });
try {
  process.exitCode = await runTests({
    extensionDevelopmentPath: extensionFolder,
    extensionTestsPath: testEntry,
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${join(temporary, 'data')}`],
  });
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
