import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { availability } from '../src/commands/availability.ts';
import { check } from '../src/commands/check.ts';
import { estimate } from '../src/commands/estimate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-set-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const write = (name: string, text: string): string => {
  const path = join(scratch, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
};

/** 100/s at peak: api 100 of 3 × 100/s. */
const SHOP = `system Shop
client users { peak: 2x }
service api { replicas: 3, cores: 1, cpu-time: 10 ms, health: http "/healthz", availability: 99%, cost: 100 USD/month per node }
loadbalancer lb { capacity: 10k/s, managed: yes, availability: 99.99% }
flow Buy from users at 50/s { slo: availability >= 99.999%; users -> lb -> api }
scenario "Sale" { users.peak: users.peak * 3 }
scenario "Loss" { fail api 1 }
`;
const OTHER = 'system Other\nclient users { peak: 1x }\nservice web { capacity: 10/s }\nflow F from users at 1/s { users -> web }\n';
const options = { format: 'text', explain: false } as const;
const checking = { format: 'text', failOn: 'error' } as const;

it('goes with scenarios and failures, which are compared with the design that has the same set', () => {
  const shop = write('shop.sysd', SHOP);
  const fewer = check([shop], { ...checking, set: ['api.replicas=2'], fail: ['api 1'] });
  expect(fewer.output).toMatch(/^Shop, with api.replicas=2, with api 1 failed:\n/);
  expect(fewer.output).toMatch(/Buy +OVERLOADED +1 of 2 instances of api is down/);
  expect(fewer.code).toBe(1);
  const full = check([shop], { ...checking, scenario: 'Loss', set: ['users.peak=20x'] });
  expect(full.output).toMatch(/Buy +OVERLOADED +already so without the failure; with it:\n/);
  expect(full.code).toBe(0);
  const sale = estimate([shop], { ...options, scenario: 'Sale', set: ['api.replicas=6'] }).output;
  expect(sale).toMatch(/^Shop, scenario "Sale", with api.replicas=6\n/);
  expect(sale).toMatch(/^api +50\/s +300\/s .* 6 .* 50 %$/m);
});

it('what it brings about is found in the text, what is wrong with it is told of it', () => {
  const shop = write('shop.sysd', SHOP);
  const found = check([shop], { ...checking, set: ['api.replicas=1'] });
  expect(found.output).toContain('shop.sysd:3:9 error over-capacity: ');
  expect(found.output).not.toContain('cannot fail');
  for (const ask of [check, estimate, availability] as const)
    expect(() => ask([shop], { ...checking, ...options, set: ['api.cores=many'] })).toThrow(
      /^--set api\.cores=many: [\s\S]* \(in .*shop\.sysd\)$/,
    );
});

it('leaves out designs of a folder that it does not concern', () => {
  write('two/a.sysd', SHOP);
  write('two/b.sysd', OTHER);
  const two = join(scratch, 'two');
  const left = [expect.stringMatching(/^left out: --set web\.capacity=1\/s: nothing is called web.* \(in .*a\.sysd\)$/)];
  expect(estimate([two], { ...options, set: ['web.capacity=1/s'] })).toMatchObject({ notes: left, code: 0 });
  expect(check([two], { ...checking, set: ['web.capacity=1/s'] }).notes).toEqual(left);
  const bands = estimate([two], { ...options, bands: true, samples: '20', set: ['web.capacity=1..2/s'] });
  expect(bands.output).toMatch(/^Other, with web.capacity=1..2\/s: bands of 20 samples\n/);
  const compared = estimate([two], { ...options, scenarios: true, format: 'markdown' });
  expect(compared.output).toMatch(/^# Shop, and its scenarios\n\n- Sale: [\s\S]*\n\| {2}\| as it is \| Sale \| Loss \|\n/);
  expect(compared.notes).toEqual([expect.stringMatching(/^left out: there is no scenario to compare: .* \(in .*b\.sysd\)$/)]);
  expect(() => estimate([two], { ...options, sweep: 'users.peak=1..9' })).toThrow('holds 2 designs; name one of them');
});

it('changes that bring an objective nearer are those of the design with what is set', () => {
  const shop = write('shop.sysd', SHOP);
  // With replicas set, another number of them in the text changes nothing.
  expect(availability([shop], options).output).toMatch(/Run \d+ replicas of api/);
  expect(availability([shop], { ...options, set: ['api.replicas=2'] }).output).not.toMatch(/Run \d+ replicas of api/);
});

it('headroom and cost are told in every form', () => {
  const shop = write('shop.sysd', SHOP);
  const markdown = estimate([shop], { ...options, format: 'markdown' }).output;
  expect(markdown).toContain('| api | 33.3 % | 70 % | 2.1x | 3x |\n');
  expect(markdown).toContain('- First to saturate: api, at 3x the traffic.\n');
  expect(markdown).toContain('| api | 300 USD | 100 % | 100 USD/month per node |\n');
  const csv = estimate([shop], { ...options, format: 'csv' }).output;
  expect(csv).toContain('\napi,traffic at which it is full,');
  expect(csv).toContain('\napi,cost a month,300,USD,');
  expect(csv).toContain('\nShop,cost a month,300,USD,');
  const explained = estimate([shop], { ...options, explain: true }).output;
  expect(explained).toContain('\ngrowth until api is full: 3 = 1 ÷ utilisation\n');
  expect(explained).toContain('\ncost of api a month: 300 USD = price × nodes × a month\n');
});
