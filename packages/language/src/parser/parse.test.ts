import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { AstNode } from 'langium';
import { describe, expect, it } from 'vitest';
import { type Flow, type Item, isComponent, isFlow, isProperty, isStep, type Property, type Step } from '../generated/ast.ts';
import { offsetsOf, sourceText } from '../lower/spans.ts';
import { parseText } from '../parse.ts';

const feed = readFileSync(new URL('../../test/fixtures/feed.sysd', import.meta.url), 'utf8');

/** The tree as nested arrays and strings: only what was written. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(
    ([key, v]) => (key === '$type' || !key.startsWith('$')) && !(Array.isArray(v) && v.length === 0) && v !== false && v !== undefined,
  );
  return Object.fromEntries(entries.map(([key, v]) => [key, plain(v)]));
}

function clean(text: string): readonly Item[] {
  const parsed = parseText(text);
  expect(parsed.problems, text).toEqual([]);
  return parsed.items;
}

const one = (text: string): Item => clean(text)[0]!;
const written = (node: AstNode): string => sourceText(node, offsetsOf(node));
const names = (items: readonly AstNode[]): string[] =>
  items.map((i) => `${i.$type} ${(i as { name?: string }).name ?? (i as { source?: string }).source ?? ''}`.trim());
const problems = (text: string): string[] =>
  parseText(text).problems.map((p) => `${text.slice(0, p.start).split('\n').length}: ${p.message}`);
/** Names of the top-level statements although the text has errors on exactly those lines. */
function broken(text: string, lines: number[]): string[] {
  const parsed = parseText(text);
  expect(parsed.problems.map((p) => text.slice(0, p.start).split('\n').length)).toEqual(lines);
  return names(parsed.items);
}

describe('statements', () => {
  it('reads the whole example', () => {
    const items = clean(feed);
    expect(names(items).slice(0, 10)).toEqual([
      'Import',
      'System Feed',
      'Let followers',
      'Let photo-share',
      'Component users',
      'Place us',
      'Component names',
      'Component edge',
      'Component lb',
      'Component api',
    ]);
    const flow = items.find((i): i is Flow => isFlow(i) && i.name === 'ReadTimeline')!;
    expect(flow).toMatchObject({ source: 'users', each: true });
    expect(flow.body!.items.map(written)).toEqual([
      'users -> names -> lb -> api',
      'api -> timelines read 20 KB',
      'api -> tweets read home-timeline 20 KB on miss',
      'slo: availability >= 99.95%, p99 <= 200 ms',
    ]);
  });

  it('reads every kind of statement', () => {
    const text = `
import "./a.sysd"
system S "Title"
let x = ceil(a.b * 2) / (3 + 4 ^ 2) source "guess"
technology postgres: database "PostgreSQL" { capacity: 500/s per core source "bench", port: 5432 }
service api: node "API" { replicas: 2 }
region us { zones: a, b }
zone z
group cell "Cell" across us, eu { group inner { service s }, pinned: yes }
api -> db { timeout: 200 ms }
flow F "Do it" from api at Checkout * 97% { api -> db }
scenario "Peak" { users.peak: users.peak * 3, F.at: 3/s each; fail us, us.a, api 2, lb@eu }
accept single-point-of-failure on names because "why"
accept retry-storm on api -> db because "why"
expect disks <= 3000 "why"
view "Checkout" { include: api, orders, payments; exclude: monitor; rank: lb, api, orders }`;
    expect(names(clean(text))).toEqual([
      'Import',
      'System S',
      'Let x',
      'Technology postgres',
      'Component api',
      'Place us',
      'Place z',
      'Group cell',
      'Step api',
      'Flow F',
      'Scenario',
      'Accept',
      'Accept',
      'Expect',
      'View',
    ]);
  });

  it('reads stores', () => {
    const store = one(`database d {
      table a { key: id, row: 500 B }, table b { key: x, y }
      query q { join a.x = b.x and a.k = b.k; where a.x and b.y = 3, a.z = "t" }
      query scan { from a, b where a.k }
    }`);
    expect(isComponent(store) && store.body!.items.map((i) => written(i).split(/\s*\{/)[0])).toEqual([
      'table a',
      'table b',
      'query q',
      'query scan',
    ]);
  });

  it('takes max as a name where it is one: of a constant, a table, a component, the function', () => {
    const text = `flow F from u at 1/s {
      max -> db max 2 KB
      api -> db read max times max max max(max, 3) when max
      api -> max max 5
    }`;
    const steps = (one(text) as Flow).body!.items as Step[];
    const shape = (step: Step) => [step.hops[0]!.targets[0]!.values.length, step.modifiers.map((m) => m.$type)];
    expect(steps.map(shape)).toEqual([
      [2, []],
      [1, ['Times', 'Max', 'When']],
      [2, []],
    ]);
  });

  it('reads steps with every modifier', () => {
    const flow = one(`flow F from u at 10/s {
      u -> lb@eu -> api
      api -> db read tweet 2 KB when 10% times followers * 2 max 30M on miss of cache optional requires strong
      api -> b 80% | c 20% write 100 B
      api ~> q publish 8 B returns 2 KB requires: eventual
      parallel { api -> x, api -> y }
      else api -> z
      requires: strong
    }`) as Flow;
    expect(plain((flow.body!.items[1] as Step).modifiers)).toEqual([
      { $type: 'When', share: { $type: 'Quantity', value: '10%' } },
      {
        $type: 'Times',
        count: {
          $type: 'BinaryExpression',
          left: { $type: 'Name', name: 'followers' },
          operator: '*',
          right: { $type: 'Quantity', value: '2' },
        },
      },
      { $type: 'Max', count: { $type: 'Quantity', value: '30M' } },
      { $type: 'OnMiss', cache: 'cache' },
      { $type: 'Optional' },
      { $type: 'Requires', level: 'strong' },
    ]);
    expect(plain((flow.body!.items[2] as Step).hops[0]!.targets)).toEqual([
      { $type: 'Target', name: 'b', values: [{ $type: 'Quantity', value: '80%' }] },
      {
        $type: 'Target',
        name: 'c',
        operation: 'write',
        values: [
          { $type: 'Quantity', value: '20%' },
          { $type: 'Quantity', value: '100 B' },
        ],
      },
    ]);
    expect(names(flow.body!.items)).toEqual(['Step u', 'Step api', 'Step api', 'Step api', 'Parallel', 'Else', 'Property requires']);
  });
});

describe('words by position', () => {
  it.each(['cache', 'flow', 'when', 'from', 'table', 'else', 'let', 'at', 'on', 'source', 'read', 'parallel', '__proto__', 'constructor'])(
    'a component may be called %s',
    (name) => {
      const items = clean(
        `service ${name} { replicas: 2 }\n${name} -> ${name} { timeout: 1 s }\nflow F from ${name} at 1/s { ${name} -> ${name} read 2 KB }`,
      );
      expect(names(items)).toEqual([`Component ${name}`, `Step ${name}`, 'Flow F']);
      expect((items[2] as Flow).source).toBe(name);
    },
  );

  it('tells properties, steps and words apart by the second token', () => {
    expect(names(clean('group: a\ngroup a\ngroup -> a'))).toEqual(['Property group', 'Group a', 'Step group']);
  });

  it('takes an unknown first word for a kind, which lowering explains', () => {
    expect(one('servise api')).toMatchObject({ $type: 'Component', kind: 'servise', name: 'api' });
  });
});

describe('line ends', () => {
  it('joins lines inside parentheses, after commas and before arrows, bars, braces and operators', () => {
    const text = 'let x = max(\n  1,\n  2\n)\n  + 3\nservice a\n{\n  zones: a,\n    b,\n    c\n}\na\n  -> b 50%\n  // note\n  | c';
    expect(names(clean(text))).toEqual(['Let x', 'Component a', 'Step a']);
  });

  it('a comma goes on with the list unless a property, a table or a step follows', () => {
    const body = (one('x y { zones: a, b, c, layer: 7, replicas: 2, }') as { body?: { items: Item[] } }).body!.items.filter(isProperty);
    expect(body.map((p: Property) => [p.name, p.values.length])).toEqual([
      ['zones', 3],
      ['layer', 1],
      ['replicas', 1],
    ]);
  });

  it('quantities are one token', () => {
    for (const text of ['10', '100M', '2 MB/s', '10/day', '99.95%', '3x', '10..20 ms', '80M..120M', '1e9', '5k USD/month', '1B', '4 %']) {
      const value = (one(`p: ${text}`) as Property).values[0]!.terms[0];
      expect(plain(value)).toEqual({ $type: 'Quantity', value: text });
    }
    expect(plain((one('fail: 2 us.a') as Property).values[0]!.terms)).toHaveLength(2);
  });
});

describe('half-typed lines cost that line alone', () => {
  it.each([
    ['api ->\na -> b\nservice c', [1], ['Step api', 'Step a', 'Component c']],
    ['service a {\n  replicas:\n  cores: 4\n}\nservice b', [], ['Component a', 'Component b']],
    ['flow X from\nservice b', [1], ['Flow X', 'Component b']],
    ['flow X from u {\n u ->\n a -> b\n}\nservice b', [2], ['Flow X', 'Component b']],
    ['flow X from u {\n u -> a when\n a -> b on\n parallel {\n  e ->\n }\n else\n}\nservice b', [2, 3, 5, 7], ['Flow X', 'Component b']],
    ['service a {\n  replicas: 2\n\nservice b {\n x: 1\n}\nflow F {\n a -> b\n}', [1], ['Component a', 'Component b', 'Flow F']],
    ['service a {\n x: 1\n group {\nservice b', [1, 3], ['Component a', 'Component b']],
    ['service a "\nservice b', [1], ['Component a', 'Component b']],
    ['service a " {\n x: 1\n}\nservice b', [1], ['Component a', 'Component b']],
    ['service a }\nservice b', [1], ['Component a', 'Component b']],
    ['service a foo bar {\n  x: 1\n}\nservice b', [1], ['Component a', 'Orphan', 'Component b']],
    ['let x =\nlet y = (1 +\nlet z = 3', [1, 2], ['Let x', 'Let y', 'Let z']],
    ['zones: a,\nservice b\nzones: a,\nb -> c', [], ['Property zones', 'Component b', 'Property zones', 'Step b']],
    ['serv\nservice b', [1], ['Component', 'Component b']],
    ['/* note\nservice b', [1], ['Component b']],
    ["service a 'x'\nservice b", [1], ['Component a', 'Component b']],
    ['users.\nservice b', [1], ['Component', 'Component b']],
  ])('%j', (text, lines, items) => {
    expect(broken(text, lines)).toEqual(items);
  });

  it('keeps the other lines of a body', () => {
    const { items } = parseText('service a {\n replicas: 2 +\n cores: * 3\n mem: )\n disk: foo(\n  bar: 3\n}');
    const body = (items[0] as { body: { items: Item[] } }).body.items;
    expect(body.filter(isProperty).map((p) => p.name)).toEqual(['replicas', 'cores', 'mem', 'disk', 'bar']);
  });

  it('breaks only the lines of the feed that are broken', () => {
    const steps = (text: string) => parseText(text).items.flatMap((i) => (isFlow(i) ? i.body!.items.filter(isStep) : []));
    const all = steps(feed).length;
    expect(steps(feed.replace('write tweet', 'write tweet when'))).toHaveLength(all);
    expect(steps(feed.replace('photo-share\n  api', '\n  api ->\n  api'))).toHaveLength(all + 1);
  });

  it('says what is wrong in words', () => {
    expect(problems('api ->')).toEqual(['1: expected a name after ->, found the end of the line']);
    expect(problems('let x = \n')).toEqual(['1: expected a value: a number, a name or ( … ) after =, found the end of the line']);
    expect(problems('/* a */ service b')).toEqual(['1: comments begin with // and go to the end of the line']);
    expect(problems('service b { x: 1 } }')).toEqual(['1: this } closes nothing; remove it']);
  });
});

describe('any text', () => {
  it('survives truncation at every offset', () => {
    for (let i = 0; i <= feed.length; i++) expect(parseText(feed.slice(0, i)).items.length).toBeGreaterThanOrEqual(0);
  });

  it('survives random tokens and random characters', () => {
    const token = fc.constantFrom(...'a|b|->|~>|{|}|\n|"x"|"|3 ms|service|flow|when|,|:|(|)|+|=|on|miss|//|/*|;|..|@'.split('|'), '|');
    fc.assert(fc.property(fc.array(token, { maxLength: 200 }), (list) => parseText(list.join(' ')).items.length >= 0));
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => parseText(text).items.length >= 0));
  });

  it.each(['{\n', 'a b {\n', 'a -> ', '"', '//\n', '\u0000'])('reads a megabyte of %j', (part) => {
    expect(parseText(part.repeat(1_000_000 / part.length)).items.length).toBeGreaterThanOrEqual(0);
  });

  it.each(['{', '}', '(', ')', '\n', 'a ', 'a\n', '1+', '(a,', ',', 'x: (\n', '^1', '.', 'é'])('reads 100 KB of %j', (part) => {
    expect(parseText(part.repeat(100_000 / part.length)).items.length).toBeGreaterThanOrEqual(0);
  });

  it('reads a large design', () => {
    const items = clean(feed.repeat(40));
    expect(items).toHaveLength(40 * clean(feed).length);
  });
});
