import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { availability } from '../src/commands/availability.ts';
import { check } from '../src/commands/check.ts';
import { estimate } from '../src/commands/estimate.ts';
import { render } from '../src/commands/render.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-traffic-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const shop = join(scratch, 'shop.sysd');
writeFileSync(
  shop,
  `system Shop
client users { daily-active: 864k, peak: 2x }
service api { replicas: 3, cores: 1, cpu-time: 10 ms, health: http "/healthz", availability: 99%, cost: 100 USD/month per node }
service mail { replicas: 1, capacity: 1k/s, availability: 99% }
flow Buy from users at 5/day each { users -> api }
flow Mail from users at Buy * 50% { users -> mail }
scenario "Sale" { users.peak: users.peak * 2 }
`,
);
const options = { format: 'text', explain: false } as const;
const sized = (text: string) => /^api .*$/m.exec(text)?.[0];

// 864k × 5 a day are 50/s, at peak 100/s: a third of 3 × 100/s.
it('is what daily-active times as many gives, and says so', () => {
  const grown = estimate([shop], { ...options, traffic: 6 }).output;
  const set = estimate([shop], { ...options, set: ['users.daily-active=users.daily-active * 6'] }).output;
  expect(grown).toMatch(/^Shop, at 6 times the traffic\n/);
  expect(sized(grown)).toMatch(/^api +300\/s +600\/s .* 200 %$/);
  expect(grown.slice(grown.indexOf('\n'))).toBe(set.slice(set.indexOf('\n')));
  const [json] = JSON.parse(estimate([shop], { format: 'json', explain: true, traffic: 6 }).output);
  expect(json.traffic).toBe(6);
  expect(json.flows.map((f: { demand: { peak: { value: number } } }) => f.demand.peak.value)).toEqual([600, 300]);
  const [plain] = JSON.parse(estimate([shop], { format: 'json', explain: false, traffic: 1 }).output);
  expect(plain).not.toHaveProperty('traffic');
});

it('goes with scenarios, failures, sweeps and the other commands', async () => {
  const all = estimate([shop], { ...options, traffic: 1.5, scenario: 'Sale', fail: ['api 1'] }).output;
  expect(all).toMatch(/^Shop, scenario "Sale", at 1.5 times the traffic, with api 1 failed\n/);
  expect(sized(all)).toMatch(/ 150 %$/);
  expect(estimate([shop], { ...options, traffic: 2, sweep: 'users.peak=1..4' }).output).toMatch(
    /^Shop, at 2 times the traffic: users.peak/,
  );
  expect(JSON.parse(estimate([shop], { ...options, format: 'json', traffic: 2, scenarios: true }).output)[0].traffic).toBe(2);
  const found = check([shop], { format: 'text', failOn: 'error', traffic: 6 });
  expect(found.output).toContain('over-capacity: api');
  expect(check([shop], { format: 'text', failOn: 'error' }).output).not.toContain('over-capacity');
  expect(availability([shop], { ...options, traffic: 6 }).output).toMatch(/^Shop, at 6 times the traffic\n/);
  const drawn = await render(shop, { theme: 'light', overlay: 'load', force: false, traffic: 6 });
  expect(drawn.output).toContain('Load at 6 times the traffic');
  expect(drawn.output).toContain('api needs 2× its capacity');
});

it('is a number above 0', () => {
  const sysd = (times: string) =>
    execFileSync(process.execPath, [join(import.meta.dirname, '../src/main.ts'), 'estimate', shop, '--traffic', times], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
  expect(sysd('5x')).toMatch(/^Shop, at 5 times the traffic\n/);
  expect(sysd('1e-7')).toMatch(/^Shop, at 1e-7 times the traffic\n/); // as a report writes it
  for (const wrong of ['0x', '-1', '0x10']) expect(() => sysd(wrong)).toThrow('a number above 0 is due here');
});
