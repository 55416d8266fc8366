import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, it } from 'vitest';
import schema from '../schemas/estimate.schema.json' with { type: 'json' };
import { check } from '../src/commands/check.ts';
import { estimate } from '../src/commands/estimate.ts';
import { report } from '../src/commands/report.ts';
import { horizonOf } from '../src/horizon.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-growth-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** 100/s at peak on 4 × 100/s, three times as much every year; Read follows Write. */
const file = join(scratch, 'feed.sysd');
writeFileSync(
  file,
  `system Feed
client users { peak: 1x, growth: 200%/year }
service api { replicas: 4, cores: 1, cpu-time: 10 ms, health: http "/healthz" }
loadbalancer lb { capacity: 100k/s, managed: yes }
let a-second = Write * 1 s
expect a-second <= 100
flow Write from users at 50/s { users -> lb -> api }
flow Read from users at Write { users -> lb -> api }
`,
);
const options = { format: 'text', explain: false } as const;

it('tells when what is full', () => {
  const { output } = estimate([file], options);
  expect(output).toMatch(/^users +200 % +3x +27x +243x$/m);
  // ln 4 ÷ ln 3 years.
  expect(output).toContain('First to saturate: api, in 1.26 year (above its target in 342 day).');
});

it('shows the sizes at a later time: rates, what follows them, and what constants make of them', () => {
  const { output } = estimate([file], { ...options, horizon: horizonOf('1 year') });
  expect(output).toMatch(/^Feed, in 1 year\n/);
  expect(output).toMatch(/^Write +12.96 M +150\/s +150\/s/m);
  expect(output).toMatch(/^Read +12.96 M +150\/s +150\/s/m);
  expect(output).toMatch(/^a-second +150 +/m);
  expect(output).toMatch(/^api +300\/s .* 75 %$/m);
  expect(output).not.toContain('in 3 years');
});

it('is one more override beside --set: a multiple of a rate grows once', () => {
  const { output } = estimate([file], { ...options, horizon: horizonOf('1 year'), set: ['Write.at=Write * 2'] });
  expect(output).toMatch(/^a-second +300 +/m);
  expect(output).toMatch(/^Write .* 300\/s +300\/s/m);
});

it('lets no rate grow twice: with a flow that it is made of, and with what starts it', () => {
  const both = join(scratch, 'both.sysd');
  const text = (growth: string) => `system Both
client users { peak: 1x, growth: 200%/year }
client robots { peak: 1x${growth} }
service api { cores: 1, cpu-time: 1 ms }
let half = Write * 50%
flow Write from users at 50/s { users -> api }
flow Crawl from robots at half { robots -> api }
`;
  writeFileSync(both, text(', growth: 100%/year'));
  expect(estimate([both], options).output).toMatch(/^Crawl .* 25\/s +25\/s/m);
  expect(() => estimate([both], { ...options, horizon: horizonOf('1 year') })).toThrow(/half follows from the rate of another flow/);
  writeFileSync(both, text(''));
  expect(estimate([both], { ...options, horizon: horizonOf('1 year') }).output).toMatch(/^Crawl .* 75\/s +75\/s/m);
});

it('finds faults that only come with the years', () => {
  const found = (horizon?: string) =>
    check([file], { format: 'text', failOn: 'error', ...(horizon === undefined ? {} : { horizon: horizonOf(horizon) }) }).output;
  expect(found()).not.toContain('over-capacity');
  expect(found('2 year')).toContain('over-capacity');
  expect(found('2 year')).toContain('expectation-failed');
});

it('has a schema for its JSON', () => {
  const validate = new Ajv2020().compile(schema);
  for (const horizon of [undefined, horizonOf('2 year')]) {
    const answer = JSON.parse(estimate([file], { format: 'json', explain: true, ...(horizon ? { horizon } : {}) }).output);
    expect(validate(answer), JSON.stringify(validate.errors)).toBe(true);
  }
});

it('says what a time is', () => {
  for (const text of ['3', '3 years', '1..2 year', 'soon', ''])
    expect(() => horizonOf(text)).toThrow(/It says how far in the future the design is seen: --in "3 year"$/);
});

it('lets the number of users who think grow, and foretells nothing that is no fixed growth of today', () => {
  const users = join(scratch, 'users.sysd');
  writeFileSync(
    users,
    `system Desk
client staff { online: 100, think-time: 10 s, growth: 100%/year }
service api { cores: 4, cpu-time: 10 ms }
database db: postgres { disk: 1 TB }
flow Look from staff { staff -> api; api -> db write 1 KB }
`,
  );
  const now = estimate([users], options).output;
  expect(now).toContain('what staff, who think, will write to db is no fixed growth of today');
  expect(now).not.toContain('First to saturate');
  const rate = (output: string): number => Number(/^Look +\S+ \S+ +([\d.]+)\/s/m.exec(output)?.[1]);
  const then = estimate([users], { ...options, horizon: horizonOf('1 year') }).output;
  expect(rate(then) / rate(now)).toBeCloseTo(2, 2);
});

it('is in a report: what becomes of the design, or the design as it is then and the command that shows it', async () => {
  const page = async (horizon?: string) =>
    (await report(file, { format: 'markdown', force: false, ...(horizon === undefined ? {} : { horizon: horizonOf(horizon) }) })).output;
  expect(await page()).toContain('## Growth');
  const then = await page('2 year');
  expect(then).not.toContain('## Growth');
  expect(then).toContain("--in '2 year'");
  expect(then).toContain('api is over capacity');
});

it('says in the heading when that is, and that nothing grows where nothing does', () => {
  const still = join(scratch, 'still.sysd');
  writeFileSync(still, 'system Still\nclient users\nservice api\nflow F from users at 1/s { users -> api }\n');
  const at = (text: string) => estimate([still], { ...options, horizon: horizonOf(text) }).output;
  expect(at('3 year')).toMatch(/^Still, in 3 years\n/);
  expect(at('1 year')).toMatch(/^Still, in 1 year\n/);
  expect(at('1.5 year')).toMatch(/^Still, in 1.5 years\n/);
  expect(at('3 year')).toContain('No source of a flow has growth: as much starts in 3 years as today.');
  expect(estimate([file], { ...options, horizon: horizonOf('3 year') }).output).not.toContain('No source');
  expect(estimate([still], options).output).not.toContain('No source');
});
