import { type ShortTimeout, shortTimeouts } from '@sysd/analysis';
import { formatQuantity, property, TIME } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { mayTake, roundedUp } from '../../shared/timeouts.ts';

const shop = (timeout: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 10 ms, health: http "/healthz" every 5 s }
loadbalancer inner: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service prices { replicas: 4, cores: 4, cpu-time: 5 ms, latency: p50 20 ms p99 150 ms, health: http "/healthz" every 5 s }

api -> inner { timeout: ${timeout}, retries: 1, backoff: exponential 50 ms, jitter: full }

flow Price from users at 20/day each {
  users -> lb -> api
  api -> inner -> prices 1 KB
}
`;

export const timeoutBelowTail = defineRule({
  id: 'timeout-below-tail',
  category: 'resilience',
  severity: 'warning',
  summary: 'A timeout that is shorter than what one answer in a hundred takes when all is well.',
  why: 'At peak more than one call in a hundred is then given up although its answer is on the way. The work is done and thrown away, and retries ask for it again: load grows just when it is highest.\n\nWhere it rests on a latency that is given as one number (taken as the mean of an exponential time), it is a note only. Steps that may fail (`optional`, with an `else`) are left out: giving up early may be what is meant there.\n\nIt takes longer than other findings, so an editor shows it when you pause, or save.',
  doInstead:
    'Let the timeout be longer than the 99th percentile with room to spare, half as much again for instance; or make the answer faster. Where giving up early is meant, say what happens then: `optional`, or an `else`.',
  messages: {
    short: (d: { from: string; to: string; timeout: string; p99: string; flow: string; assumed: boolean }) =>
      `${d.from} gives ${d.to} ${d.timeout}, but at peak one answer in a hundred takes about ${d.p99} or longer (${d.flow}): these calls fail or are tried again although nothing is wrong. Wait longer, or make ${d.to} and what it calls faster.${d.assumed ? ' It rests on a latency of one number, taken as the mean of an exponential time; p50 and p99 would say more.' : ''}`,
  },
  docs: {
    avoid: [{ title: 'Shorter than the tail', text: shop('100 ms') }],
    prefer: [{ title: 'Longer than the tail', text: shop('250 ms') }],
    references: [
      {
        title: 'Brooker, Timeouts, retries, and backoff with jitter, Amazon Builders’ Library',
        url: 'https://aws.amazon.com/builders-library/timeouts-retries-and-backoff-with-jitter/',
      },
      { title: 'Dean and Barroso, The Tail at Scale, CACM 2013', url: 'https://research.google/pubs/the-tail-at-scale/' },
    ],
  },
  check: {
    each: 'flow-later',
    run(flow, { design, analysis, report }) {
      if (design.failed.length > 0) return;
      const said = new Set<string>();
      for (const short of shortTimeouts({ design, traffic: analysis.traffic }, flow)) {
        const { connection, timeout, p99, sure } = short;
        if (said.has(connection.id)) continue;
        said.add(connection.id);
        const own = property(connection.properties, 'timeout');
        report({
          message: 'short',
          data: {
            from: connection.from,
            to: connection.to,
            timeout: own?.text ?? time(timeout),
            p99: time(p99),
            flow: flow.id,
            assumed: !sure,
          },
          span: own?.valueSpan ?? connection.span,
          element: connection.id,
          affects: [flow.id],
          ...(sure ? {} : { severity: 'info' as const }),
          subject: short,
        });
      }
    },
  },
  fix: ({ connection, p99 }: ShortTimeout, { design }: Input) => {
    const enough = 1.5 * p99;
    if (!mayTake(design, connection, 1.1 * enough)) return [];
    return [
      {
        title: `Wait ${roundedUp(enough)} for ${connection.to}, half as long again as its 99th percentile`,
        preferred: true,
        edits: [{ kind: 'set-property', on: connection.id, property: 'timeout', value: roundedUp(enough) }],
      },
    ];
  },
});

const time = (seconds: number): string => formatQuantity(seconds, TIME);
