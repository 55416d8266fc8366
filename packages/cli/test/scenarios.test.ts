import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, expect, it } from 'vitest';
import { type EstimateOptions, estimate as estimateAnswer } from '../src/commands/estimate.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-scenarios-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const estimate = (paths: readonly string[], options: EstimateOptions): string => estimateAnswer(paths, options).output;
const design = (text: string): string => {
  const path = join(scratch, 'design.sysd');
  writeFileSync(path, text);
  return path;
};
const options = { explain: false, scenarios: true } as const;

/** 100/s at peak: api 100 of 2 × 100/s, in the sale 300 of 200; without one of the two 100 of 100. */
const FILE = () =>
  design(`system S "Shop"
client users { peak: 2x }
service api { replicas: 2, cores: 1, cpu-time: 10 ms, health: http "/healthz" }
loadbalancer lb { capacity: 10k/s, managed: yes }
flow Buy from users at 50/s { users -> lb -> api }
scenario "Sale"    { users.peak: users.peak * 3 }
scenario "One off" { fail api 1 }
`);

it('a column a scenario, with marks where it differs', () => {
  expect(estimate([FILE()], { ...options, format: 'text' })).toBe(`Shop, and its scenarios

Sale: users.peak: users.peak * 3
One off: fail api 1

                            as it is              Sale       One off
------------------------  ----------  ----------------  ------------
first to saturate         api, at 2x  api, at 0.667x *  api, at 1x *
components over capacity           0               1 ▲             0
Buy                                                     OVERLOADED *
all: peak rate                 100/s           300/s ▲         100/s
all: instances needed              3               6 ▲             3
Buy: peak rate                 100/s           300/s ▲         100/s
api: utilisation at peak        50 %           150 % ▲       100 % ▲
api: instances needed              2               5 ▲             2
lb: utilisation at peak          1 %             3 % ▲           1 %
lb: instances needed               1                 1             1

▲ more than as it is, ▼ less, * other
`);
});

it('as JSON by its schema', () => {
  const json = JSON.parse(estimate([FILE()], { ...options, format: 'json', set: ['api.cores=0.5'] }));
  const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/scenarios.schema.json'), 'utf8'));
  const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
  expect([validate(json), validate.errors]).toEqual([true, null]);
  const [{ set, columns }] = json;
  expect(set).toEqual(['api.cores=0.5']);
  expect(columns.map((c: { scenario?: string }) => c.scenario)).toEqual([undefined, 'Sale', 'One off']);
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the schema
  const utilization = columns.map((c: any) => c.measures.find((m: any) => m.element === 'api' && m.name === 'utilization'));
  expect(utilization).toMatchObject([{ value: 1 }, { value: 3, change: 'more' }, { value: 2, change: 'more' }]);
  expect(utilization[0].change).toBeUndefined();
});

it('says what it cannot compare', () => {
  const none = design('system S\nservice api\n');
  expect(() => estimate([none], { ...options, format: 'text' })).toThrow('there is no scenario to compare: scenario "Black Friday"');
  expect(() => estimate([FILE()], { ...options, format: 'csv' })).toThrow('--scenarios has no form csv');
  expect(() => estimate([FILE()], { ...options, format: 'text', scenario: 'Sale' })).toThrow(
    '--scenarios and --scenario do not go together',
  );
});

it('says which scenarios there are, and which was meant', () => {
  const file = design('system S\nservice api\nscenario "Black Friday" { fail api }\nscenario "Loss" { fail api }\n');
  const asked = (scenario: string) => () => estimate([file], { format: 'text', explain: false, scenario });
  expect(asked('blackfriday')).toThrow(
    'there is no scenario "blackfriday"; did you mean "Black Friday"? There are "Black Friday", "Loss" (in ',
  );
  expect(asked('Xmas')).toThrow('there is no scenario "Xmas"; there are "Black Friday", "Loss" (in ');
});
