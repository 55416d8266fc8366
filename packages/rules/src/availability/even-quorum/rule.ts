import { type Component, type Fix, property, replicasPerCopy } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { replicasText } from '../../shared/placement.ts';
import { decidesByMajority, majorityOf } from '../../shared/quorum.ts';
import { neededAtOnce } from '../../shared/single-points/fixes.ts';

const locks = (replicas: number) => `system Locks

client users { daily-active: 1M }
registry locks: etcd { replicas: ${replicas} }

flow Lock from users at 1/day each {
  users -> locks
}
`;

export const evenQuorum = defineRule({
  id: 'even-quorum',
  category: 'availability',
  severity: 'warning',
  summary: 'An even number of replicas that decide by majority: the last one adds nothing that may fail.',
  why: 'A majority of n replicas is ⌊n/2⌋ + 1. Of 3 it is 2, so that one may fail; of 4 it is 3, so that again one may fail. The fourth costs a machine and each write one more confirmation, and there is one more that can fail. Two halves of an even number that lose sight of each other both stop.\n\nTwo replicas are not reported here: with a majority of 2, each of them is a single point of failure.',
  doInstead: 'Run one fewer, which tolerates as many failures, or one more, which tolerates one more.',
  messages: {
    even: (d: { component: string; n: number; majority: number; tolerated: string }) =>
      `${d.n} replicas of ${d.component} tolerate no more failures than ${d.n - 1}: the majority of ${d.n} is ${d.majority}, so ${d.tolerated}, as with ${d.n - 1}. Run ${d.n - 1}, or ${d.n + 1} so that one more may fail.`,
  },
  docs: {
    avoid: [
      { title: 'Four voters', text: locks(4) },
      {
        title: 'Four copies of each row, read and written by majority',
        text: `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database carts: cassandra {
  nodes: 12, replicas: 4
  write-quorum: majority, read-quorum: majority
  backup: every 1 day retain 7 day
}

flow Order from users at 1/day each {
  users -> lb -> api
  api -> carts write 1 KB
}
`,
      },
    ],
    prefer: [
      { title: 'Three: one may fail', text: locks(3) },
      { title: 'Five: two may fail', text: locks(5) },
    ],
    references: [
      { title: 'etcd documentation, FAQ: why an odd number of cluster members?', url: 'https://etcd.io/docs/v3.5/faq/' },
      {
        title: 'ZooKeeper administrator’s guide: clustered setup',
        url: 'https://zookeeper.apache.org/doc/current/zookeeperAdmin.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { report }) {
      const n = replicasPerCopy(component);
      if (n < 4 || n % 2 !== 0 || !decidesByMajority(component)) return;
      const majority = majorityOf(n);
      const left = n - majority;
      report({
        message: 'even',
        data: { component: component.id, n, majority, tolerated: left === 1 ? 'one may fail' : `${left} may fail` },
        span: property(component.properties, 'replicas')?.valueSpan ?? component.nameSpan,
        element: component.id,
        subject: component,
      });
    },
  },
  fix: (component: Component, input: Input) => countFixes(component, input),
});

/** One fewer, where the rest carries the load with one of them down, and one more. Which of them is right, the author knows. */
function countFixes(component: Component, input: Input): Fix[] {
  const n = replicasPerCopy(component);
  const enough = neededAtOnce(component, input) < n - 1;
  return [...(enough ? [n - 1] : []), n + 1].map((count) => ({
    title: `Run ${count} replicas of ${component.id}`,
    edits: [{ kind: 'set-property', on: component.id, property: 'replicas', value: replicasText(input.design, component, count) }],
  }));
}
