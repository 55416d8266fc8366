// Entry of the extension-host suite, by the contract that VS Code has with test runners: `run` resolves when everything passed.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';

export function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'tdd', timeout: 90_000, color: false, reporter: 'spec' });
  for (const file of readdirSync(__dirname).sort()) if (file.endsWith('.test.cjs')) mocha.addFile(join(__dirname, file));
  const lines: string[] = [];
  return new Promise((resolve, reject) => {
    const runner = mocha.run((failures) => {
      // In the browser workbench nobody sees the console of the extension host: the runner reads this file.
      const report = process.env.SYSD_TEST_REPORT;
      if (report) writeFileSync(report, `${lines.join('\n')}\n${runner.stats?.passes ?? 0} passed, ${failures} failed\n`);
      if (failures > 0) reject(new Error(`${failures} of the extension's tests failed`));
      else if (!runner.stats?.passes) reject(new Error('no test was run'));
      else resolve();
    });
    runner.on('pass', (test) => lines.push(`ok      ${test.fullTitle()} (${test.duration} ms)`));
    runner.on('pending', (test) => lines.push(`not run ${test.fullTitle()}`));
    runner.on('fail', (test, error) => lines.push(`FAILED  ${test.fullTitle()}\n${error?.stack ?? error}`));
  });
}
