import type { Design } from '@sysd/core';
import { type Assessment, assess, assessor, lowerText } from '@sysd/language';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference } from './difference.ts';
import { takeOver } from './take-over.ts';

/** Parts of a design with users who think, each in several versions. */
const PARTS: readonly (readonly string[])[] = [
  [
    'client users { online: 500, think-time: 2 s }',
    'client users { online: 40, think-time: 2 s }',
    'client users { online: 40 }',
    'client users { daily-active: 1M, think-time: 1 s }',
  ],
  ['client robots { online: 3, think-time: 0 s }', 'client robots { online: 9, think-time: 0 s, peak: 3x }', 'client robots'],
  [
    'service api { replicas: 2, cores: 2, cpu-time: 20 ms }',
    'service api { replicas: 4, cores: 2, cpu-time: 20 ms }',
    'service api { latency: 5 ms }',
    'service api',
  ],
  [
    'database orders { capacity: 500/s, latency: 1 ms }',
    'database orders { replicas: 3, capacity: 500/s for read, 50/s for write }',
    'database orders: postgres',
  ],
  ['worker mailer { cores: 1, cpu-time: 50 ms }', 'worker mailer'],
  [
    'flow Browse from users {\n  users -> api\n  api -> orders read 2 KB times 3\n}',
    'flow Browse from users at 5/s {\n  users -> api\n}',
    '',
    'flow Browse from users {\n  users -> api\n  api -> orders read 2 KB when 10%\n}',
  ],
  [
    'flow Order from users at Browse * 10% {\n  users -> api\n  api -> orders write 1 KB\n  api ~> jobs publish 1 KB\n  jobs ~> mailer\n}',
    'flow Order from users {\n  users -> api\n  api ~> jobs publish 1 KB\n}',
    '',
  ],
  [
    'flow Scrape from robots {\n  robots -> api\n}',
    'flow Scrape from robots at 20/s {\n  robots -> api\n}',
    'flow Scrape from robots {\n  parallel {\n    robots -> api\n    robots -> api\n  }\n}',
  ],
  ['flow Report from cron at Browse * 1% {\n  cron -> api\n}', 'flow Report from cron at 40/s {\n  cron -> api\n}', ''],
  ['scenario "Bad" { fail orders }', 'scenario "Bad" { users.online: 5k }', 'scenario "Bad" { }'],
];
const textOf = (choices: readonly number[]): string =>
  `system S\nscheduler cron\nqueue jobs: rabbitmq\n${PARTS.map((versions, i) => versions[(choices[i] as number) % versions.length]).join('\n')}\n`;

it('users who think: assessing version after version gives what a fresh assessment gives', () => {
  const some = fc.array(fc.nat(11), { minLength: PARTS.length, maxLength: PARTS.length });
  const edits = fc.array(fc.tuple(fc.nat(PARTS.length - 1), fc.nat(11)), { minLength: 3, maxLength: 10 });
  fc.assert(
    fc.property(some, edits, fc.boolean(), (choices, changes, scenario) => {
      const incremental = assessor();
      let before: Assessment | undefined;
      for (const [at, to] of [[0, choices[0] as number] as const, ...changes]) {
        choices[at] = to;
        const text = textOf(choices);
        const design = takeOver(before?.design, lowerText(text, scenario ? { scenario: 'Bad' } : {}).design as Design);
        before = incremental(design);
        const fresh = assess(design);
        expect(difference(before.analysis, fresh.analysis), text).toBeUndefined();
        expect(difference(before.findings, fresh.findings), text).toBeUndefined();
      }
    }),
    { numRuns: 60, seed: 20_261_128, endOnFailure: true },
  );
}, 120_000);
