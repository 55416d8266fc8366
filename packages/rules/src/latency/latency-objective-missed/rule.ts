import { type MissedObjective, missedObjectives } from '@sysd/analysis';
import { formatQuantity, known, type LatencyContribution, TIME } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';

const shop = (bound: string, more = '', steps = '  api -> orders read 2 KB') => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 10 ms, health: http "/healthz" every 5 s }
database orders: postgres { replicas: 3, failover: automatic${more} }

api -> orders { pool: 10 }

flow Orders from users at 20/day each {
  users -> lb -> api
${steps}
  slo: p99 <= ${bound}
}
`;

/** Contributions that are named: the largest, down to a tenth of the first. */
const MOST_NAMED = 3;

export const latencyObjectiveMissed = defineRule({
  id: 'latency-objective-missed',
  category: 'latency',
  severity: 'warning',
  summary: 'A latency objective that the flow misses by its estimate at peak load.',
  why: 'The estimate composes the times of all steps as distributions, with the waits that the peak makes. If it misses the objective on paper, where nothing goes wrong, production will not be faster.\n\nWhere a miss rests on a latency that is given as one number (it is then taken as the mean of an exponential time), it is a note only.\n\nIt takes longer than other findings, so an editor shows it when you pause, or save.',
  doInstead:
    'Look at what takes longest (`sysd estimate --explain` draws a waterfall): a wait needs more instances, repeated steps a batch or `parallel`, reads a cache, work that the answer does not need a queue. Where a latency is one number, measure its p50 and p99. If the objective was a guess, correct it.',
  messages: {
    missed: (d: { what: string; metric: string; estimate: string; bound: string; largest: string; assumed: string }) =>
      `${d.what} misses its objective: the ${d.metric} at peak is about ${d.estimate}, not ${d.bound}. Most of the mean time: ${d.largest}.${d.assumed}`,
  },
  docs: {
    avoid: [
      { title: 'One query after another', text: shop('100 ms', ', latency: p50 2 ms p99 20 ms', '  api -> orders read 2 KB times 50') },
      { title: 'The tail of the store is an assumption', text: shop('60 ms', ', latency: 20 ms') },
    ],
    prefer: [
      { title: 'One query', text: shop('100 ms', ', latency: p50 2 ms p99 20 ms') },
      { title: 'The tail of the store is said', text: shop('60 ms', ', latency: p50 2 ms p99 20 ms') },
    ],
    references: [
      { title: 'Dean and Barroso, The Tail at Scale, CACM 2013', url: 'https://research.google/pubs/the-tail-at-scale/' },
      { title: 'Kleinrock, Queueing Systems I, 1975, section 3.5: M/M/m' },
    ],
  },
  check: {
    each: 'flow-later',
    run(flow, { design, analysis, report }) {
      // Objectives are of the design as it stands, not of one in which something has failed.
      if (flow.objectives.length === 0 || design.failed.length > 0) return;
      for (const missed of missedObjectives({ design, traffic: analysis.traffic }, flow)) {
        const { objective, latency, sure } = missed;
        report({
          message: 'missed',
          data: {
            what: latency.completion ? `the completion of ${flow.id}` : flow.id,
            metric: objective.metric,
            estimate: time(known(missed.estimate) ?? 0),
            bound: `${objective.relation} ${objective.bound.text ?? time(objective.bound.value)}`,
            largest: largest(latency.contributions),
            assumed: sure ? '' : assumption(missed),
          },
          span: objective.span,
          element: flow.id,
          ...(sure ? {} : { severity: 'info' as const }),
        });
      }
    },
  },
});

const time = (seconds: number): string => formatQuantity(seconds, TIME);

const WORDS = { own: 'work of', wait: 'wait for', network: 'network to' } as const;

function largest(contributions: readonly LatencyContribution[]): string {
  const [first] = contributions;
  const least = (first ? (known(first.time) ?? 0) : 0) / 10;
  const named = contributions.slice(0, MOST_NAMED).filter((c) => (known(c.time) ?? 0) >= least);
  return listed(named.map((c) => `${WORDS[c.what]} ${c.component} ${time(known(c.time) ?? 0)}`));
}

function assumption({ latency }: MissedObjective): string {
  const [first = '', ...more] = latency.assumed;
  const whose = more.length === 0 ? first : `${first} and ${more.length} more`;
  return ` It rests on an assumption: the latency of ${whose} is one number, taken as the mean of an exponential time; p50 and p99 would say more.`;
}
