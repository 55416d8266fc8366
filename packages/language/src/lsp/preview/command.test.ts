import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { estimateCommand } from './command.ts';

it('is what a person would type', () => {
  expect(estimateCommand('feed.sysd', { scenario: undefined, failed: [], factor: 1 })).toBe('sysd estimate feed.sysd');
  expect(estimateCommand('feed.sysd', { scenario: undefined, failed: ['us.a', 'api 2', 'lb@eu'], factor: 1.5 })).toBe(
    "sysd estimate feed.sysd --traffic 1.5 --fail us.a --fail 'api 2' --fail lb@eu",
  );
});

it('names the scenario', () => {
  expect(estimateCommand('feed.sysd', { scenario: 'Black Friday', failed: ['us.a'], factor: 5 })).toBe(
    "sysd estimate feed.sysd --scenario 'Black Friday' --traffic 5 --fail us.a",
  );
});

it('is read by a shell as it is meant, whatever a file is called', () => {
  const name = `a 'b' $(touch x) "c" \`d\` ; e.sysd`;
  const printed = execFileSync(
    'sh',
    ['-c', `sysd() { for word; do printf '%s|' "$word"; done; }; ${estimateCommand(name, { scenario: undefined, failed: [], factor: 5 })}`],
    {
      encoding: 'utf8',
    },
  );
  expect(printed).toBe(`estimate|${name}|--traffic|5|`);
  expect(estimateCommand('-x.sysd', { scenario: undefined, failed: [], factor: 1 })).toBe('sysd estimate ./-x.sysd');
});
