import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { analyse, headroomOf, measuresOf } from '@sysd/analysis';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, describe, expect, it } from 'vitest';
import { type EstimateOptions, estimate as estimateAnswer } from '../src/commands/estimate.ts';
import { readSweep, sweep } from '../src/sweep.ts';

const scratch = mkdtempSync(join(tmpdir(), 'sysd-sweep-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const estimate = (paths: readonly string[], options: EstimateOptions): string => estimateAnswer(paths, options).output;
const design = (text: string): string => {
  const path = join(scratch, 'design.sysd');
  writeFileSync(path, text);
  return path;
};

/** 10/day each at a peak of 2x: 864k users ask 200/s at peak; api serves 2 × 500/s, db 1000/s. */
const FILE = () =>
  design(`system S
client users { daily-active: 864k, peak: 2x }
service api { replicas: 2, cores: 5, cpu-time: 10 ms }
database db { capacity: 1000/s, table t { key: id, row: 1 KB } }
flow F from users at 10/day each { users -> api -> db write t }
`);
const options = { format: 'text', explain: false } as const;

describe('what is swept', () => {
  it('evenly on a logarithmic scale, whole where the property wants it', () => {
    expect(readSweep('users.daily-active=1M..1G:4').values).toEqual([1e6, 1e7, 1e8, 1e9]);
    expect(readSweep('users.daily-active=1M..1G').values).toHaveLength(13);
    expect(readSweep('api.replicas=1..4:13').values).toEqual([1, 2, 3, 4]);
    expect(readSweep('users.peak=1..4:7:linear')).toMatchObject({ values: [1, 1.5, 2, 2.5, 3, 3.5, 4], scale: 'linear' });
    expect(readSweep('c.hit-ratio=0%..100%:3')).toMatchObject({ values: [0, 0.5, 1], scale: 'linear' });
  });

  it('with units, and the words behind the number', () => {
    expect(readSweep('api.cpu-time=1..100 ms:3').values).toEqual([0.001, 0.01, 0.1]);
    expect(readSweep('F.at=1/day..100/day each:2')).toMatchObject({
      suffix: 'each',
      values: [1 / 86_400, 100 / 86_400],
    });
    expect(readSweep('api.replicas=3..9 across us:2')).toMatchObject({ suffix: 'across us', values: [3, 9] });
  });

  it.each([
    ['users', 'a sweep names what runs over which range'],
    ['users.peak=3', '"3" is no range'],
    ['users.peak=3..3', 'the two ends are the same'],
    ['users.peak=9..3', '"9..3" is no range'],
    ['users.peak=1..3:1', '"1" is no number of steps'],
    ['users.peak=1..3:many', '"many" is no number of steps'],
    ['users.peak=0..3:log', 'a logarithmic scale does not reach 0'],
  ])('%s: %s', (text, message) => {
    expect(() => readSweep(text)).toThrow(`--sweep ${text}: ${message}`);
  });
});

it.each(['users.daily-active=1k..1G:5', 'api.replicas=1..5', 'k.hit-ratio=0%..100%:4', 'F.at=0/day..100/day each:3'])(
  'each value is as if it were the only one: %s',
  (text) => {
    const file = design(`system S
client users { daily-active: 864k, peak: 2x }
service api { replicas: 2, cores: 5, cpu-time: 10 ms }
worker w { autoscale: 1..9 at cpu 60%, cores: 1, cpu-time: 40 ms }
queue q
cache k { hit-ratio: 50%, capacity: 9k/s }
database db { capacity: 1000/s, replicas: 2, table t { key: id, row: 1 KB } }
api -> db { retries: 2 }
flow F from users at 10/day each { users -> api
  api -> k read 1 KB
  api -> db write t on miss
  api ~> q publish 1 KB
  q ~> w
}
flow G from users at F * 10% { users -> api -> db read t }
scenario Worse { fail k, users.peak: 3x }
`);
    for (const scenario of [undefined, 'Worse']) {
      const swept = sweep(pathToFileURL(file).href, readSweep(text), scenario === undefined ? {} : { scenario });
      expect(swept.points.length).toBeGreaterThan(1);
      for (const { design: one, measures, headroom } of swept.points) {
        const alone = analyse(one);
        expect(measures).toEqual(measuresOf(one, alone));
        expect(headroom).toEqual(headroomOf(one, alone.traffic));
      }
    }
  },
);

describe('sysd estimate --sweep', () => {
  it('a line a value, and where components become full', () => {
    // db is full at 5 times the traffic, api too. 70 % targets: 200/s need 1 + 1 instances, 2000/s 6 and 3.
    expect(
      estimate([FILE()], { ...options, sweep: 'users.daily-active=864k..8.64M:2' }),
    ).toBe(`S: users.daily-active from 864 k to 8.64 M, 2 steps

users.daily-active  requests at peak  instances needed  first to saturate  utilisation  over capacity  stored a day, all copies
------------------  ----------------  ----------------  -----------------  -----------  -------------  ------------------------
             864 k             200/s                 2  api                       20 %                                  8.64 GB
            8.64 M           2,000/s                 9  api                      200 %  api, db                         86.4 GB

Between 864 k and 8.64 M: api, db become full.
`);
    const down = estimate([FILE()], { ...options, set: ['users.peak=20x'], sweep: 'api.replicas=1..16:2' });
    expect(down).toContain('S, with users.peak=20x: api.replicas from 1 to 16, 2 steps');
    expect(down).toContain('Already at 1: api, db are over capacity.\nBetween 1 and 16: api is no longer full.');
  });

  it('as JSON by its schema, and as CSV', () => {
    const json = JSON.parse(estimate([FILE()], { ...options, format: 'json', sweep: 'users.daily-active=864k..8.64M:3' }));
    const schema = JSON.parse(readFileSync(join(import.meta.dirname, '../schemas/sweep.schema.json'), 'utf8'));
    const validate = new Ajv2020({ allErrors: true, strict: false }).compile(schema);
    expect([validate(json), validate.errors]).toEqual([true, null]);
    expect(json.points[2]).toMatchObject({ value: 8.64e6, firstToSaturate: 'api', overCapacity: ['api', 'db'] });
    const csv = estimate([FILE()], { ...options, format: 'csv', sweep: 'users.daily-active=864k..8.64M:3' }).split('\n');
    expect(csv[0]).toContain('users.daily-active,first to saturate,over capacity,rate-at-peak,instances-needed,stored-per-day,');
    expect(csv[3]).toMatch(/^8640000,api,api db,2000,9,86400000000,/);
  });

  it('draws a chart into a file, and replaces only its own', () => {
    const chart = join(scratch, 'chart.svg');
    estimate([FILE()], { ...options, sweep: 'users.peak=1..9', chart });
    estimate([FILE()], { ...options, sweep: 'users.peak=1..9', chart });
    expect(readFileSync(chart, 'utf8')).toMatch(/^<svg [^>]*>.*polyline/);
    writeFileSync(chart, 'mine');
    expect(() => estimate([FILE()], { ...options, sweep: 'users.peak=1..9', chart })).toThrow('sysd did not write it');
  });

  it('says what is wrong at the option', () => {
    expect(() => estimate([FILE()], { ...options, sweep: 'users.peek=1..9' })).toThrow(
      '--set users.peek=1: a client has no property peek; did you mean peak?',
    );
    expect(() => estimate([FILE()], { ...options, chart: 'x.svg' })).toThrow('--chart draws a sweep');
  });
});
