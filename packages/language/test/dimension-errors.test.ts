// A number of the wrong dimension is an error wherever a number may stand, and the error is about that.
import { type Dimension, type Phrase, PROPERTIES } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../src/index.ts';

/** A number of each dimension, as it is written. */
const NUMBERS: Readonly<Record<string, string>> = {
  count: '7',
  time: '7 ms',
  data: '7 KB',
  rate: '7/s',
  bandwidth: '7 KB/s',
  money: '7 USD',
};
const nameOf = (d: Dimension): string =>
  d.usd !== 0 || d.eur !== 0
    ? 'money'
    : d.data > 0
      ? d.time < 0
        ? 'bandwidth'
        : 'data'
      : d.time > 0
        ? 'time'
        : d.time < 0
          ? 'rate'
          : 'count';

/** Dimensions that some number of the value may have. */
function dimensionsOf(phrase: Phrase): string[] {
  if (phrase.kind === 'quantity') return phrase.dimensions.map(nameOf);
  if (phrase.kind === 'range') return [nameOf(phrase.dimension)];
  if (phrase.kind === 'list') return dimensionsOf(phrase.of);
  if (phrase.kind === 'choice') return phrase.of.flatMap(dimensionsOf);
  if (phrase.kind === 'record') return phrase.parts.flatMap((p) => (p.phrase ? dimensionsOf(p.phrase) : []));
  return [];
}

/** A number with its unit, not inside of text or a name. */
const NUMBER =
  /(?<![\w."-])\d[\d.]*(?: ?(?:ms|min|h|s|day|month|year|week|KB|MB|GB|TB|B|Mbps|Gbps|USD|%|x|[kMGT])(?![\w-]))?(?:\/(?:s|min|h|day|month|year))?/;

/** The example with another number; a range with two, since one unit stands for both ends. */
const withNumber = (example: string, number: string): string =>
  /[a-z]\.\./.test(example) ? `${number}..${number}` : example.replace(NUMBER, number);

function hosting(owner: string, line: string): string {
  const target = 'client u { peak: 1x }\nservice a\ndatabase d';
  switch (owner) {
    case 'region':
      return `${target}\nregion us { zones: a, b\n${line} }`;
    case 'zone':
      return `${target}\nzone us { ${line} }`;
    case 'group':
      return `${target}\ngroup g { ${line} }`;
    case 'table':
      return `${target}\ndatabase e { table t { ${line} } }`;
    case 'flow':
      return `${target}\nflow F from u at 1/s {\n  ${line}\n  u -> a\n}`;
    case 'connection':
      return `${target}\nflow F from u at 1/s {\n  u -> a\n  a -> d read\n}\na -> d { ${line} }`;
    default:
      return `${target}\n${owner} it { ${line} }`;
  }
}

const mismatches = (text: string, options: { set?: readonly string[]; scenario?: string } = {}): string[] =>
  lowerText(`system S\n${text}`, options)
    .diagnostics.filter((d) => d.rule === 'unit-mismatch')
    .map((d) => d.message);

const cases = Object.entries(PROPERTIES).flatMap(([name, schema]) => {
  const right = dimensionsOf(schema.phrase as Phrase);
  const owner = schema.on.find((o) => o !== 'step' && o !== 'technology');
  if (owner === undefined || right.length === 0 || !NUMBER.test(schema.example)) return [];
  return Object.entries(NUMBERS).flatMap(([dimension, number]) =>
    right.includes(dimension) ? [] : [{ name, owner, value: withNumber(schema.example, number) }],
  );
});

it('there are hundreds of ways to be wrong', () => {
  expect(cases.length).toBeGreaterThan(200);
});

describe('in every property that takes a number', () => {
  it.each(cases)('$name: $value', ({ name, owner, value }) => {
    const right = hosting(owner, `${name}: ${PROPERTIES[name as keyof typeof PROPERTIES].example}`);
    expect(mismatches(right)).toEqual([]);
    expect(mismatches(hosting(owner, `${name}: ${value}`))).not.toEqual([]);
  });
});

/** A design with a place for a number; what is right there, and the rest is wrong. */
const PLACES: readonly (readonly [where: string, text: (n: string) => string, right: readonly string[]])[] = [
  ['sum', (n) => `let x = 5 ms + ${n}`, ['time']],
  ['difference', (n) => `let x = 5 KB - ${n}`, ['data']],
  ['comparison', (n) => `expect 5/s <= ${n}`, ['rate']],
  ['min', (n) => `let x = min(3 USD, ${n})`, ['money']],
  ['max of constants', (n) => `let a = 3\nlet b = ${n}\nlet x = max(a, b)`, ['count']],
  ['log2', (n) => `let x = log2(${n})`, ['count']],
  ['rate of a flow', (n) => `client u\nservice s\nflow F from u at ${n} {\n  u -> s\n}`, ['rate']],
  ['rate of a flow for each', (n) => `client u { daily-active: 5 }\nservice s\nflow F from u at ${n} each {\n  u -> s\n}`, ['rate']],
  ['when', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s when ${n}\n}`, ['count']],
  ['times', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s times ${n}\n}`, ['count']],
  ['max', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s times 0 max ${n}\n}`, ['count']],
  ['share', (n) => `client u\nservice s\nservice t\nflow F from u at 1/s {\n  u -> s 50% | t ${n}\n}`, ['count', 'data']],
  ['size', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s ${n}\n}`, ['data']],
  ['size of an answer', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s 8 B returns ${n}\n}`, ['data']],
  ['objective of a percentile', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s\n  slo: p99 <= ${n}\n}`, ['time']],
  ['objective of a recovery', (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s\n  slo: rto <= ${n}\n}`, ['time']],
  [
    'objective of an availability',
    (n) => `client u\nservice s\nflow F from u at 1/s {\n  u -> s\n  slo: availability >= ${n}\n}`,
    ['count'],
  ],
];

describe('in every other place', () => {
  const all = PLACES.flatMap(([where, text, right]) =>
    Object.entries(NUMBERS).flatMap(([dimension, number]) => (right.includes(dimension) ? [] : [{ where, number, text: text(number) }])),
  );
  it.each(all)('$where: $number', ({ text }) => {
    expect(mismatches(text)).not.toEqual([]);
  });
});

describe('in what a scenario or --set puts in place', () => {
  const base = 'let rows = 5\nclient u { daily-active: 5, peak: 1x }\nservice s { cpu-time: 5 ms }\nflow F from u at 1/s {\n  u -> s\n}';
  const set: readonly (readonly [string, readonly string[]])[] = [
    ['s.cpu-time', ['time']],
    ['u.daily-active', ['count']],
    ['F.at', ['rate']],
  ];
  const all = set.flatMap(([path, right]) =>
    Object.entries(NUMBERS).flatMap(([dimension, number]) => (right.includes(dimension) ? [] : [{ path, number }])),
  );
  it.each(all)('$path: $number', ({ path, number }) => {
    expect(mismatches(`${base}\nscenario "X" { ${path}: ${number} }`)).not.toEqual([]);
    expect(mismatches(base, { set: [`${path}=${number}`] })).not.toEqual([]);
  });
});
