import { stabilityOf } from '@sysd/analysis';
import { known } from '@sysd/core';
import { assess, lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { stabilityParts } from './stability-parts.ts';
import { tableText } from './table.ts';

const partsOf = (rest: string): string[] => {
  const { design } = lowerText(`system S
client users { peak: 1x }
service web { replicas: 4, cores: 4, cpu-time: 1 ms }
${rest}
`);
  const reasons: string[] = [];
  const parts = stabilityParts(stabilityOf(design, assess(design).analysis.traffic), (estimate, show) => {
    const value = known(estimate);
    if (value !== undefined) return show(value);
    if ('notEstimated' in estimate) reasons.push(estimate.notEstimated);
    return '–';
  });
  return [...parts.map((p) => ('table' in p ? tableText(p.table) : p.lines.join('\n'))), ...new Set(reasons)].slice(1);
};

it('the published example: 280 of 300 a second, or 560 after a disturbance (Bronson and others, HotOS 2021)', () => {
  const [table, ...more] = partsOf(`service db { capacity: 300/s }
web -> db { retries: 1 }
flow F from users at 280/s { users -> web -> db }`);
  expect(
    table,
  ).toBe(`With retries it settles  at calls  utilisation  attempts  that fail  after a disturbance  utilisation  attempts  that fail
                                                                                at calls
-----------------------  --------  -----------  --------  ---------  -------------------  -----------  --------  ---------
db                          280/s       93.3 %         1        0 %                560/s        187 %         2      100 %`);
  expect(more).toEqual([]);
});

it('says where time-outs fill it from a calm start, and why it does not know', () => {
  const at = (timeout: string, inner = '') =>
    partsOf(`service quick { cores: 1, cpu-time: 10 ms }
service inner { cores: 1, cpu-time: 1 ms }
web -> quick { timeout: ${timeout}, retries: 1 }
flow F from users at 60/s { users -> web -> quick${inner} }`);
  expect(at('100 ms')[0]).toMatch(/quick +61.3\/s +61.3 % +1.02 +2.1 % +120\/s +120 % +2 +100 %$/);
  expect(at('100 ms')[1]).toBeUndefined();
  expect(at('50 ms')[1]).toBe(
    'quick: even from a calm start, time-outs and their retries fill it (120 %): a longer timeout, fewer retries or more capacity.',
  );
  expect(at('1 s', ' -> inner')[1]).toBe(
    'quick waits for inner within the calls of web: which share of them takes longer than the timeout when retries load both is not computed',
  );
});

it('a query that asks all shards is late where one of them is', () => {
  const { design } = lowerText(`system S
client users { peak: 1x }
service web { replicas: 4, cores: 4, cpu-time: 1 ms }
database db {
  shards: 8 by hash(a)
  capacity: 100/s
  latency: 10 ms
  table t { key: k, shard-key: a, row: 100 B, rows: 1M }
  query all { where t.k }
}
web -> db { timeout: 100 ms, retries: 1 }
flow F from users at 40/s { users -> web -> db read all }
`);
  const [db] = stabilityOf(design, assess(design).analysis.traffic);
  const load = known(db?.calm.load) ?? Number.NaN;
  // A round trip of 0.25 ms, and 10 ms at 100/s: M/M/1.
  const one = Math.exp(-(100 - load) * (0.1 - 0.00025));
  expect(load).toBeCloseTo(40 * (2 - (1 - one) ** 8), 9);
  expect(load).toBeGreaterThan(40.5);
});

it('a full queue refuses messages, which are published again: M/M/4/6 as in the table of backlogs', () => {
  const at = (retries: number) => {
    const { design } = lowerText(`system S
client users { peak: 1x }
service web { replicas: 4, cores: 4, cpu-time: 1 ms }
queue jobs { capacity: 10k/s, max-length: 2 }
worker w { cores: 4, cpu-time: 100 ms }
web -> jobs { retries: ${retries} }
flow F from users at 50/s { users -> web -> jobs -> w }
`);
    return stabilityOf(design, assess(design).analysis.traffic)[0];
  };
  /** Loss of M/M/4/6 as the sum of its states (Gross and Harris, section 2.4). */
  const lost = (a: number): number => {
    const states = [1, a, a ** 2 / 2, a ** 3 / 6, a ** 4 / 24, a ** 5 / 96, a ** 6 / 384];
    return (states[6] as number) / states.reduce((x, y) => x + y, 0);
  };
  expect(lost(5)).toBeCloseTo(0.294, 3);
  const { calm, afterDisturbance } = at(1) ?? {};
  const load = known(calm?.load) ?? Number.NaN;
  expect(load).toBeCloseTo(50 * (1 + lost(load / 10)), 9);
  expect(load).toBeGreaterThan(50 * (1 + lost(5)));
  expect(known(calm?.failing)).toBeCloseTo(lost(load / 10), 9);
  expect(known(afterDisturbance?.load)).toBeCloseTo(load, 9);
});
