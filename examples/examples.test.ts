import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { estimate } from '../packages/cli/src/commands/estimate.ts';
import { DESIGNS, expectedFolder, filesBelow, outputsOf } from '../scripts/examples.ts';

describe.each(DESIGNS)('$folder/$file', (design) => {
  test('answers what is committed beside it (else run: node scripts/examples.ts, and read the difference)', {
    timeout: 120_000,
  }, async () => {
    const temporary = mkdtempSync(join(tmpdir(), 'sysd-example-'));
    try {
      const outputs = await outputsOf(design, temporary);
      const folder = expectedFolder(design);
      expect([...outputs.keys()].sort()).toEqual(filesBelow(folder));
      for (const [name, content] of outputs) expect(content, name).toBe(readFileSync(join(folder, name), 'utf8'));
    } finally {
      rmSync(temporary, { recursive: true, force: true });
    }
  });
});

/** Constants of an example's estimate by name, in base units. */
function constantsOf(file: string): ReadonlyMap<string, number> {
  const [answer] = JSON.parse(estimate([file], { format: 'json', explain: false }).output);
  return new Map(answer.constants.map((c: { name: string; value: number }) => [c.name, c.value]));
}

const BITS = 8;

// Google, The Site Reliability Workbook, chapter 12. The last number is how far the chapter rounds.
test.each([
  ['clickthrough', 0.02, 0],
  ['query-log-a-day', 86.4e12, 0],
  ['planned-a-day', 100e12, 0],
  ['disks-for-bytes', 25, 0],
  ['disks-for-seeks', 2500, 0],
  ['memory-machines', 1563, 0],
  ['clicks-in', 160e6 / BITS, 0],
  ['lookups-out', 640e3 / BITS, 0],
  ['lookups-in', 160e6 / BITS, 0],
  ['joined-out', 80e6 / BITS, 0],
  ['joiner-network', 400e6 / BITS, 0.002],
  ['click-map-a-day', 14e9, 0.013],
  ['query-map-a-day', 2e12, 0.037],
  ['ad-ids', 800e6, 0],
  ['decisions', 40, 0],
  ['click-processes', 250, 0],
  ['writes', 1.02e6, 0],
  ['tasks', 25_500, 0],
  ['state-of-a-task', 157e6, 0.001],
  ['tasks-a-machine', 408, 0],
  ['network', 2.04e9, 0],
  ['network-of-a-task', 640e3 / BITS, 0],
  ['network-a-machine', 256e6 / BITS, 0.02],
  ['machines', 64, 0.016],
])('the chapter on large systems: %s', (name, published, rounded) => {
  const ours = constantsOf('examples/adwords/dashboard.sysd').get(name) as number;
  expect(Math.abs(ours - published) / published).toBeLessThanOrEqual(rounded + 1e-12);
});

// The same figures as loads of the design, not as arithmetic beside it.
test('the chapter on large systems: the joiner gets and sends what was reckoned', () => {
  const [answer] = JSON.parse(estimate(['examples/adwords/dashboard.sysd'], { format: 'json', explain: false }).output);
  const joiner = answer.components.find((c: { id: string }) => c.id === 'joiner');
  expect(joiner.ingress.value * BITS).toBeCloseTo(160e6 + 160e6, 3);
  expect(joiner.egress.value * BITS).toBeCloseTo(640e3 + 80e6, 3);
  const stored = answer.storage.find((e: { element: string }) => e.element === 'query-log');
  expect(stored.perDay.value).toBeCloseTo(86.4e12, -2);
});

test.each([
  ['printed-a-day', 1.001e15],
  ['stored-a-day', 200.4e12],
  ['feed-requests', 101e9 / 86_400],
  ['at-once', 100],
  ['moved-by-modulo', 3 / 4],
  ['moved-by-a-ring', 1 / 4],
  ['waited', 0.3],
  ['announced', 0.7],
  ['an-hour-of-it', 6000],
  ['short-by-2-50', 0.125899906842624],
  ['short-by-2-10', 0.024],
  ['mean-answer', 0.114],
])('slips: %s', (name, byHand) => {
  expect((constantsOf('examples/slips/slips.sysd').get(name) as number) / byHand).toBeCloseTo(1, 12);
});

// The figures of the article, worked by hand: 100M × 10 and × 1000 a day, 400 B a tweet, a tenth with 2 MB.
test('the back of the envelope comes to the published figures', () => {
  const json = estimate(['examples/twitter-feed/back-of-the-envelope.sysd'], { format: 'json', explain: false }).output;
  const [answer] = JSON.parse(json);
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the one of schemas/estimate.schema.json
  const byId = (list: any[], id: string) => list.find((e) => e.id === id);
  expect(byId(answer.flows, 'PostTweet').demand.average.value).toBeCloseTo(1e9 / 86_400, 6);
  expect(byId(answer.flows, 'ReadTweet').demand.average.value).toBeCloseTo(1e11 / 86_400, 4);
  const perDay = answer.storage.map((e: { perDay: { value: number } }) => e.perDay.value);
  expect(perDay.reduce((sum: number, bytes: number) => sum + bytes, 0)).toBeCloseTo(200.4e12, -3);
  const servers = byId(answer.components, 'servers');
  expect(servers.cores.value).toBeCloseTo(100, 9);
  expect(servers.instancesNeededAtFull.value).toBe(25);
  expect(servers.instancesNeeded.value).toBe(36);
});
