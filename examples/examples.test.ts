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
