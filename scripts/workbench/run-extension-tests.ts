// The extension-host suite of packages/extension/test/suite in the browser workbench: `npm run test:workbench`. It runs the same code by the
// same contract as under @vscode/test-electron, where VS Code cannot be downloaded.
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extensionFolder } from '../../packages/extension/build.ts';
import { buildTests, testEntry } from '../../packages/extension/test/build-tests.ts';
import { buildAll } from '../build.ts';
import { launchChromium } from './chromium.ts';
import { installWorkbench } from './install.ts';
import { serveWorkbench } from './serve.ts';

const limitMs = 10 * 60_000;

installWorkbench(console.log);
await buildAll();
await buildTests();

const temporary = mkdtempSync(join(tmpdir(), 'sysd-workbench-'));
const report = join(temporary, 'report.txt');
const workspace = join(temporary, 'workspace');
cpSync('examples/twitter-feed', workspace, { recursive: true });
// A copy: a build meanwhile would pull the extension from under the workbench.
const extension = join(temporary, 'extension');
cpSync(extensionFolder, extension, { recursive: true });
const workbench = await serveWorkbench({
  data: join(temporary, 'data'),
  extensions: join(temporary, 'extensions'),
  testDriver: true,
  env: { SYSD_TEST_REPORT: report },
});
const browser = await launchChromium();
try {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  // The workbench calls these two when an extension's tests run in it.
  const ended = new Promise<number>((resolve) => page.exposeFunction('codeAutomationExit', resolve));
  await page.exposeFunction('codeAutomationLog', () => undefined);
  const path = (file: string) => `vscode-remote://${workbench.authority}${encodeURI(file)}`;
  await page.goto(
    workbench.url(workspace, [
      ['extensionDevelopmentPath', path(extension)],
      ['extensionTestsPath', path(testEntry)],
      ['skipWelcome', 'true'],
    ]),
  );
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(resolve, limitMs, 'late');
  });
  const code = await Promise.race([ended, late]);
  clearTimeout(timer);
  const lines = existsSync(report) ? readFileSync(report, 'utf8') : 'The suite wrote no report.\n';
  process.stdout.write(lines);
  if (code !== 0 || !existsSync(report)) {
    await page.screenshot({ path: join(tmpdir(), 'sysd-workbench-failed.png') });
    console.error(
      code === 'late' ? `No end after ${limitMs / 60_000} minutes.` : `The suite ended with code ${code}.`,
      workbench.log().slice(-2000),
    );
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  workbench.stop();
  await workbench.ended;
  rmSync(temporary, { recursive: true, force: true });
}
