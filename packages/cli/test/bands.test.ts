import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, it } from 'vitest';
import { type EstimateOptions, estimate as estimateAnswer } from '../src/commands/estimate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-bands-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const estimate = (paths: readonly string[], options: EstimateOptions): string => estimateAnswer(paths, options).output;
const design = (text: string): string => {
  const path = join(scratch, 'design.sysd');
  writeFileSync(path, text);
  return path;
};

/** The median of 1M..4M users is 2M: 200/s at peak; api serves 2 × 200/s. */
const FILE = () =>
  design(`system S
let size = 1..2 KB
client users { daily-active: 1M..4M, peak: 1x }
service api { autoscale: 2..2 at cpu 50%, cores: 2, cpu-time: 10 ms }
database db { capacity: 10k/s, table t { key: id, row: size } }
flow F from users at 8.64/day each { users -> api -> db write t }
expect F <= 200/s "one region"
`);
const options = { explain: false, bands: true } as const;

// biome-ignore lint/suspicious/noExplicitAny: the shape is that of the schema
const json = (path: string, more = {}): any => JSON.parse(estimate([path], { ...options, format: 'json', ...more }));

it('the bands are those of theory, and the shares those of the variances', () => {
  const [answer] = json(FILE());
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/bands.schema.json'), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  expect([validate([answer]), validate.errors]).toEqual([true, null]);
  expect(answer.inputs.map((i: { name: string }) => i.name)).toEqual(['size', 'users.daily-active']);
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the schema
  const of = (element: string | undefined, name: string) => answer.measures.find((m: any) => m.element === element && m.name === name);
  const rate = of('F', 'rate-at-peak');
  // A log-normal with 1M and 4M at 5 and 95 %: σ = ln 4 ÷ (2 × 1.6449) = 0.4214; P10 and P90 at ∓1.2816 σ from the median.
  expect(rate.value).toBeCloseTo(250, 9);
  expect(rate.p50 / 200).toBeCloseTo(1, 2);
  expect(rate.p10 / (200 * Math.exp(-1.2816 * 0.4214))).toBeCloseTo(1, 2);
  expect(rate.p90 / (200 * Math.exp(1.2816 * 0.4214))).toBeCloseTo(1, 2);
  expect(rate.shares['users.daily-active']).toBeCloseTo(1, 9);
  // Stored: σ² of ln 4 and of ln 2 as 4 to 1.
  const stored = of(undefined, 'stored-per-day');
  expect(stored.shares['users.daily-active']).toBeGreaterThan(0.72);
  expect(stored.shares['users.daily-active']).toBeLessThan(0.85);
  expect(stored.shares.size).toBeGreaterThan(0.12);
  expect(stored.shares.size).toBeLessThan(0.25);
  // At most 200/s in half of the samples; over 400/s in P(z > ln 2 ÷ 0.4214 = 1.645) = 5 %.
  expect(answer.expectations).toEqual([{ expression: 'F <= 200/s', holds: 0.5 }]);
  expect(answer.overCapacity).toEqual([{ component: 'api', share: 0.05 }]);
});

it('says the same each time, in words', () => {
  const text = estimate([FILE()], { ...options, format: 'text' });
  expect(estimate([FILE()], { ...options, format: 'text' })).toBe(text);
  expect(text).toContain('S: bands of 1,000 samples');
  expect(text).toMatch(/^size +1\.\.2 KB +log-normal +1\.5 KB$/m);
  expect(text).toMatch(/^F: peak rate +250\/s +1\d\d\.\d+\/s +\S+\/s +\S+\/s +users\.daily-active 100 %$/m);
  expect(text).toContain('api is over capacity in 5 % of the samples.');
  expect(text).toContain('expect F <= 200/s: holds in 50 % of the samples');
});

it('more samples of a range that arguments give', () => {
  const plain = design('system S\nclient u { peak: 1x }\nservice a { capacity: 10/s }\nflow F from u at 1/s { u -> a }\n');
  const [answer] = json(plain, { set: ['F.at=1..9/s'], samples: '50' });
  expect(answer).toMatchObject({ samples: 50, set: ['F.at=1..9/s'], inputs: [{ name: 'F.at', low: 1, high: 9, unit: '1/s' }] });
});

it('says what it cannot do', () => {
  const certain = design('system S\nservice a { autoscale: 2..4 at cpu 50% }\n');
  expect(() => estimate([certain], { ...options, format: 'text' })).toThrow(
    'nothing is uncertain: write the range of a number that is not known better',
  );
  const whole = design('system S\nlet n = 10%..90%\nservice a { max-utilization: n * 1.5 }\n');
  expect(() => estimate([whole], { ...options, format: 'text' })).toThrow(
    /has an error with n = [\d.]+: max-utilization: n \* 1.5 is more than all: a share is due here, at most 100%/,
  );
  expect(() => estimate([FILE()], { ...options, format: 'text', samples: '3' })).toThrow('--samples 3: a whole number from 20 to 100000');
  expect(() => estimate([FILE()], { ...options, format: 'text', sweep: 'users.peak=1..9' })).toThrow(
    '--sweep and --bands do not go together',
  );
});

it('a constant with a range counts where only an override brings it into a property', () => {
  const path = design(`system S
let base = 10k..50k
client users { daily-active: 5k, peak: 1x }
service api { capacity: 100/s }
flow F from users at 1/day each { users -> api }
scenario "x" { users.daily-active: base * 2 }
`);
  const [inScenario] = json(path, { scenario: 'x' });
  const [set] = json(path, { set: ['users.daily-active=base * 2'] });
  for (const answer of [inScenario, set]) {
    // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the schema
    const rate = answer.measures.find((m: any) => m.element === 'F' && m.name === 'rate-at-peak');
    expect(rate.shares.base).toBeCloseTo(1, 9);
  }
});
