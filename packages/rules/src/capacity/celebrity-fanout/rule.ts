import { flowFanOuts } from '@sysd/analysis';
import { COUNT, type FanOut, formatQuantity, isFigure, known, type Objective, TIME } from '@sysd/core';
import { defineRule } from '../../rule.ts';

/** As long as Twitter took in 2012 for its authors with the most followers, which made it fetch their tweets at read time instead (`references`). */
const LONGEST = 300;

const feed = (step: string, shards: number, more = '') => `system Feed

client users { daily-active: 1M, peak: 3x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, cores: 4, cpu-time: 5 ms, health: http "/healthz" every 5 s }
queue posts: sqs
worker fanout { replicas: 3, cores: 4, cpu-time: 5 ms, idempotent: yes }
cache timelines: redis { shards: ${shards} by hash(user_id), replicas: 2, failover: automatic, ttl: 1 day }

flow Post from users at 2/day each {
  users -> lb -> api
  api ~> posts publish 500 B
  posts ~> fanout
  fanout -> timelines write 100 B ${step}
${more}}
`;

export const celebrityFanout = defineRule({
  id: 'celebrity-fanout',
  category: 'capacity',
  severity: 'warning',
  summary: 'A step that a few requests repeat so often that one of them keeps its targets busy for too long.',
  why: 'A post that is written into the timeline of each follower (push) makes reading cheap, and is right for the 200 followers of an average author. The one with 30 million makes as much work at once as 150,000 others: its last followers see it long after the first, answers overtake what they answer, and whatever else the stores do waits for it. Rates do not show that, as they follow from the average.\n\nThe time is the work of the largest request (`max`) divided by the capacity that the load at peak leaves, at the slowest component. It is a lower bound: a caller that repeats the step one by one takes longer. It counts as too long where it exceeds the objective for the completion of the flow; without one, above 5 minutes: as long as it took at Twitter in 2012, for 31 million followers, which then went over to fetching such tweets when they are read.',
  doInstead:
    'Push for most, pull for the few: where an author has more than so many followers, do not fan out, but merge their posts into a timeline when it is read (`max` is then that number, and the flow that reads has one step more). Or run more of the slowest component, or say in the objective how long it may take. Fan out such requests on workers of their own, so that others do not wait behind them.',
  messages: {
    missed: (d: Data & { bound: string }) => `${sentence(d)}, but the flow is to be complete in ${d.bound}. ${ADVICE}`,
    long: (d: Data) => `${sentence(d)}. ${ADVICE}`,
  },
  docs: {
    avoid: [
      {
        title: 'Each post goes to all followers, of whom an author has up to 30 million: 98 s of all four shards',
        text: feed('times 200 max 30M', 4, '  slo: completion p99 <= 5 s\n'),
      },
      { title: 'No objective, and a store that is busy with it for more than five minutes', text: feed('times 200 max 30M', 1) },
    ],
    prefer: [
      {
        title: 'Push up to 100,000 followers; what others post is read with the timeline',
        text: `${feed('times 200 max 100k', 4, '  slo: completion p99 <= 5 s\n')}
flow Read from users at 20/day each {
  users -> lb -> api
  api -> timelines read 20 KB
  api -> timelines read 2 KB times 3  // the newest posts of celebrities that the user follows
}
`,
      },
    ],
    references: [
      {
        title:
          'Krikorian, Timelines at Scale, QCon San Francisco 2012: up to 5 minutes for 31 million followers; celebrities merged at read time',
        url: 'https://www.infoq.com/presentations/Twitter-Timeline-Scalability/',
      },
      {
        title: 'Kleppmann, Designing Data-Intensive Applications, 2017, chapter 1, Describing Load: followers see a tweet within 5 seconds',
      },
      {
        title: 'The System Design Primer, Design the Twitter timeline and search',
        url: 'https://github.com/donnemartin/system-design-primer/blob/master/solutions/system_design/twitter/README.md',
      },
    ],
  },
  check: {
    each: 'flow',
    run(flow, { design, analysis, report }) {
      // What is asked of the design as it stands, not of one in which something has failed.
      if (design.failed.length > 0) return;
      for (const fanOut of flowFanOuts(design, flow, analysis.traffic)) {
        const { time, slowest, objective } = fanOut;
        const seconds = known(time);
        if (!slowest || !isFigure(time) || seconds === undefined || seconds <= (objective?.bound.value ?? LONGEST)) continue;
        const place = {
          span: flow.hops[fanOut.hop]?.max?.span ?? flow.nameSpan,
          element: flow.id,
          affects: [slowest.component],
          ...(objective
            ? { related: [{ span: objective.span, message: `the objective: ${objective.metric} ${boundOf(objective)}` }] }
            : {}),
        };
        const data = dataOf(fanOut, slowest.component, seconds);
        if (objective) report({ message: 'missed', data: { ...data, bound: boundOf(objective) }, ...place });
        else report({ message: 'long', data, ...place });
      }
    },
  },
});

interface Data {
  readonly flow: string;
  readonly step: string;
  readonly largest: string;
  readonly average: string;
  readonly component: string;
  readonly time: string;
}

const ADVICE = 'Fan out to fewer, and fetch what the largest send when it is read.';

const sentence = (d: Data): string =>
  `${d.flow} repeats ${d.step} up to ${d.largest} times (${d.average} on average): one such request takes ${d.component} at least ${d.time} of what it has to spare at peak`;

const duration = (seconds: number): string => formatQuantity(seconds, TIME);

const boundOf = ({ bound }: Objective): string => bound.text ?? duration(bound.value);

const dataOf = ({ flow, step, largest, average }: FanOut, component: string, seconds: number): Data => ({
  flow,
  step,
  largest: formatQuantity(largest.value, COUNT),
  average: formatQuantity(average.value, COUNT),
  component,
  time: duration(seconds),
});
