import { expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';
import { projectLoader } from '../project/project.ts';
import { standardLibrary } from '../standard-library.ts';
import { sampledLowering } from './lowering.ts';

const TEXT = `system S
let followers = 100..300
let doubled = followers * 2
technology mine: service { cpu-time: 5 ms..15 ms source "measured" }
client users { daily-active: 80M..120M, peak: 2..4 }
region us { availability: 99%..99.5%, zones: a }
group g {
  service api: mine { replicas: 4 in us.a, cores: 2, autoscale: 4..20 at cpu 60% }
}
cache c { hit-ratio: 80%..95% }
database db { capacity: 1k..3k/s, table t { row: 1..3 KB } }
flow Post from users at 5..15/day each {
  users -> api
  api -> c read 1 KB
  api -> db read t on miss
  api -> db write t when 5%..15% times followers
}
flow Echo from users at Post * 50% { users -> api }
scenario "Holidays" { users.peak: 4..8 }
scenario "Other"    { users.peak: 9..10 }
expect doubled <= 1M..2M
`;

const projectOf = (text: string) => {
  const project = projectLoader((uri) => (uri === 'file:///s.sysd' ? text : undefined), standardLibrary()).load('file:///s.sysd');
  if (!project) throw new Error('no project');
  return project;
};

/** A design without its texts, places in the text and ends of ranges. */
const NOT_COMPARED = new Set([
  'text',
  'span',
  'valueSpan',
  'nameSpan',
  'lineSpan',
  'technologySpan',
  'ruleSpan',
  'low',
  'high',
  'set',
  'scenarios',
  'scenario',
]);
function plain(value: unknown): unknown {
  if (
    value instanceof Map ||
    (typeof value === 'object' && value !== null && 'entries' in value && typeof value.entries === 'function' && !Array.isArray(value))
  )
    return [...(value as ReadonlyMap<string, unknown>).entries()].map(([k, v]) => [k, plain(v)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return typeof value === 'number' ? Number(value.toPrecision(9)) : value;
  return Object.fromEntries(Object.entries(value).flatMap(([k, v]) => (NOT_COMPARED.has(k) ? [] : [[k, plain(v)]])));
}

it('finds the ranges that stand for a number, with what they are of', () => {
  const { inputs, base } = sampledLowering(projectOf(TEXT));
  expect(base.diagnostics).toEqual([]);
  expect(inputs.map((i) => [i.name, i.text, i.low, i.high, i.share])).toEqual([
    ['followers', '100..300', 100, 300, false],
    ['mine.cpu-time', '5 ms..15 ms', 0.005, 0.015, false],
    ['users.daily-active', '80M..120M', 80e6, 120e6, false],
    ['users.peak', '2..4', 2, 4, false],
    ['us.availability', '99%..99.5%', 0.99, 0.995, true],
    ['c.hit-ratio', '80%..95%', 0.8, 0.95, true],
    ['db.capacity', '1k..3k/s', 1000, 3000, false],
    ['db.t.row', '1..3 KB', 1000, 3000, false],
    ['Post.at', '5..15/day', 5 / 86_400, 15 / 86_400, false],
    ['Post: api -> db', '5%..15%', 0.05, 0.15, true],
  ]);
  expect(inputs.map((i) => [i.least, i.most, i.whole])[3]).toEqual([1, undefined, undefined]);
});

it('a sample is what the text gives with these numbers in it, sample after sample', () => {
  const sampled = sampledLowering(projectOf(TEXT));
  const values = (k: number) => [100 * k, 0.005 * k, 8e7 * k, 2 * k, 0.5 + k / 100, k / 10, 1000 * k, 1000 * k, (5 * k) / 86_400, k / 10];
  for (const k of [2, 3, 1, 3]) {
    const text = TEXT.replace('100..300', `${100 * k}`)
      .replace('5 ms..15 ms', `${0.005 * k} s`)
      .replace('80M..120M', `${80 * k}M`)
      .replace('peak: 2..4', `peak: ${2 * k}`)
      .replace('99%..99.5%', `${50 + k}%`)
      .replace('80%..95%', `${10 * k}%`)
      .replace('1k..3k/s', `${k}k/s`)
      .replace('1..3 KB', `${k} KB`)
      .replace('5..15/day', `${5 * k}/day`)
      .replace('5%..15%', `${10 * k}%`);
    const { design, diagnostics } = sampled.lower(values(k));
    expect(diagnostics).toEqual([]);
    expect(plain(design)).toEqual(plain(lowerText(new Map([['file:///s.sysd', text]])).design));
  }
});

it('ranges of the applied scenario and of arguments take part, those that they replace do not matter', () => {
  const options = { scenario: 'Holidays', set: ['followers=2..4', 'api.cores=users.peak * 1..3'] };
  const sampled = sampledLowering(projectOf(TEXT), options);
  const names = sampled.inputs.map((i) => `${i.name}: ${i.text}`);
  expect(names.slice(-3)).toEqual(['users.peak (4..8): 4..8', 'followers (2..4): 2..4', 'api.cores: 1..3']);
  for (const k of [1, 2, 1]) {
    const numbers = sampled.inputs.map(({ name, low }) => (/\(4|\(2|cores/.test(name) ? k : low));
    const { design, diagnostics } = sampled.lower(numbers);
    expect(diagnostics).toEqual([]);
    const written = lowerText(new Map([['file:///s.sysd', TEXT.replaceAll(/(\d+)(%?)\.\.[\d.]+/g, '$1$2')]]), {
      set: [`users.peak=${k}`, `followers=${k}`, `api.cores=users.peak * ${k}`],
    });
    const cores = (d: typeof design) => (d.components.get('api')!.properties.get('cores')!.value as { value: number }).value;
    expect(cores(design)).toBe(k * k);
    expect(design.lets.map((l) => l.value?.value)).toEqual(written.design.lets.map((l) => l.value?.value));
  }
});

it('a count that is uncertain is rounded in each sample, as it is at its middle', () => {
  const text = 'system S\nlet n = 1..4\nservice api { replicas: n * 2 }\n';
  const sampled = sampledLowering(projectOf(text));
  const counts = [1, 1.3, 2.9].map((n) => {
    const { design, diagnostics } = sampled.lower([n]);
    return [diagnostics.length, design.components.get('api')?.copies[0]?.instances.reduce((sum, run) => sum + run.count, 0)];
  });
  expect(counts).toEqual([
    [0, 2],
    [0, 3],
    [0, 6],
  ]);
});

it('says what a sample cannot be', () => {
  const text = 'system S\nclient u\nlet n = 10%..90%\nservice api { max-utilization: n * 1.5 }\n';
  const sampled = sampledLowering(projectOf(text));
  expect(sampled.base.diagnostics).toEqual([]);
  expect(sampled.lower([0.5]).diagnostics).toEqual([]);
  expect(sampled.lower([0.9]).diagnostics.map((d) => d.message.split(';')[0])).toEqual([
    'max-utilization: n * 1.5 is more than all: a share is due here, at most 100%',
  ]);
  expect(sampled.lower([0.6]).diagnostics).toEqual([]);
});
