import { isFigure } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { expect, it } from 'vitest';
import { estimateAnswer } from '../estimate-answer.ts';
import { latencyParts } from './latency-parts.ts';
import { tableText } from './table.ts';
import { waterfallText } from './waterfall-text.ts';

const { design } = lowerText(`system S
client u { daily-active: 86400, peak: 1x }
service a { latency: p50 1 ms p99 1 ms }
cache k { latency: p50 750 us p99 750 us, hit-ratio: 90% }
database d { latency: 10 ms }
external x
flow F from u at 1/day each {
  u -> a
  a -> k read 1 KB
  a -> d read 1 KB on miss
  slo: p50 <= 3 ms, p99 <= 20 ms
}
flow G from u at 1/day each {
  u -> a -> x
}
`);
const answer = estimateAnswer(design);

// Mean of F: 1 + 1 + 0.1 × 10.25 ms. Beyond 2.25 ms it is 0.1 × e^(−(t − 2.25)/10): p95 at 2.25 + 10·ln 2, p99 at 2.25 + 10·ln 10.
it('shows latencies, objectives, and what they leave out, each once', () => {
  const parts = latencyParts(answer.latency, (estimate, show) => (isFigure(estimate) ? show(estimate.value) : '–'));
  expect(parts.map((p) => ('table' in p ? tableText(p.table).split('\n') : [p.heading, ...p.lines]))).toEqual([
    [
      'Latency at peak     mean   p50      p95      p99  objectives',
      '---------------  -------  ----  -------  -------  ------------------------------------',
      'F                3.02 ms  2 ms  9.18 ms  25.3 ms  p50 <= 3 ms met; p99 <= 20 ms missed',
      'G                      –     –        –        –',
    ],
    [
      'Latencies leave out or assume',
      'no network to or from u: nobody says where they stand',
      'no wait: a has no cpu-time and no capacity',
      'no time to send what is sent over a->k, a->d: neither end has a bandwidth',
      'no wait: k has no cpu-time and no capacity',
      'no wait: d has no cpu-time and no capacity',
      'latency of d is one number, taken as the mean of an exponential time (p99 = 4.6 × mean): p50 and p99 would say more',
      'no network to or from x: their latency is what their callers see',
    ],
  ]);
});

it('says where calls come after their timeout: once for the flows that have it, and of a completion only what is new', () => {
  const lowered = lowerText(`system S
client u { peak: 1x }
service a { latency: p50 1 ms p99 1 ms }
database d { latency: 100 ms }
queue q { latency: p50 1 ms p99 1 ms, max-length: 2 }
worker w { cores: 4, cpu-time: 100 ms }
a -> d { timeout: 200 ms, retries: 1 }
flow F from u at 50/s {
  u -> a -> d
  a ~> q publish
  q ~> w
}
flow G from u at 1/s {
  u -> a -> d
}
`);
  const parts = latencyParts(estimateAnswer(lowered.design).latency, () => '');
  const notes = parts.flatMap((p) => ('table' in p ? [] : p.lines));
  expect(notes.filter((line) => line.includes('timeout') || line.includes('refuses'))).toEqual([
    'F, G: a → d exceeds its timeout of 200 ms in 13.6 % of the calls: what that cuts off and retries add is not counted',
    'F, completion: q refuses 29.4 % of the messages: the times are those of the others',
  ]);
});

it('tells from which queue on a completion is known', () => {
  const lowered = lowerText(`system S
client u { peak: 1x }
queue q
worker w { latency: p50 1 ms p99 1 ms }
flow F from u at 1/s {
  u ~> q publish
  q ~> w
}
`);
  const [part] = latencyParts(estimateAnswer(lowered.design).latency, (e, show) => (isFigure(e) ? show(e.value) : '–'));
  expect(part && 'table' in part && part.table.rows.map((row) => row.slice(0, 5))).toEqual([
    ['F', '–', '–', '–', '–'],
    ['F, completion', '–', '–', '–', '–'],
    ['F, from q on', '1.25 ms', '1.25 ms', '1.25 ms', '1.25 ms'],
  ]);
});

it('draws where the time goes, as far as it is known', () => {
  expect(waterfallText(answer)?.split('\n')).toEqual([
    'Where the time goes, in the mean at peak:',
    'F:',
    'step      visits  network  wait     own   in all',
    '--------  ------  -------  ----  ------  -------  ------------------------------',
    'u                                        3.02 ms  ███████',
    '  -> a                        –    1 ms  3.02 ms  ███████',
    '    -> k           250 us     –  750 us     1 ms    ███',
    '    -> d     0.1   250 us     –   10 ms  10.3 ms      ██████████████████████████',
    '',
    'G:',
    'step      visits  network  wait   own  in all',
    '--------  ------  -------  ----  ----  ------',
    'u                                           –',
    '  -> a                        –  1 ms       –',
    '    -> x                      –     –       –',
  ]);
});
