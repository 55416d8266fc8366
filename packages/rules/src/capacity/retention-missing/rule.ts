import { DATA, formatQuantity, known, TIME, YEAR } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { visitorsOf } from '../../shared/visits.ts';

const log = (retention: string, disk = '2 TB') => `system Audit

client users { daily-active: 2M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
database audit: cassandra {
  replicas: 3, disk: ${disk}, backup: every 1 day
  table entry { key: entry_id, row: 500 B${retention} }
}
flow Act from users at 20/day each {
  users -> lb -> api
  api -> audit write entry
}
`;

/** Disks that last for this long need no retention: the machines are replaced before. Interviews and planning guides size for five years. */
const HORIZON = 5 * YEAR;

export const retentionMissing = defineRule({
  id: 'retention-missing',
  category: 'capacity',
  severity: 'warning',
  summary: 'What grows without end: a stream without `retention`, or a store whose declared disks it fills within five years.',
  why: 'What is added every day and never removed fills every disk. It is noticed late, when the disk is nearly full and removing data is slow and risky. Of a log or stream the old part is seldom needed; of a database somebody has to decide.',
  doInstead:
    'Say how long it is kept: `retention: 7 day` of a stream, `retention: 5 year` of a table. If it is to be kept for ever, give the store disks that last, or accept the finding with the reason.',
  messages: {
    stream: (d: { store: string; growth: string }) =>
      `${d.store} gains ${d.growth} a month with all copies, and nothing says when messages are removed. Say how long they are kept: retention: 7 day.`,
    disk: (d: { store: string; growth: string; full: string }) =>
      `${d.store} gains ${d.growth} a month with all copies, and nothing says when it is removed: 80 % of its disks are full after ${d.full}. Say how long it is kept (retention), or plan for larger disks.`,
  },
  docs: {
    avoid: [
      { title: 'The disks are full after 80 days', text: log('') },
      {
        title: 'A stream that keeps everything',
        text: `system Clicks

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
stream clicks { replicas: 2, failover: automatic }
worker counter { replicas: 2, cores: 1, cpu-time: 1 ms, health: http "/healthz" }
flow Click from users at 20/day each {
  users -> lb -> api
  api ~> clicks publish 200 B
  clicks ~> counter
}
`,
      },
    ],
    prefer: [
      { title: 'Sixty days are kept', text: log(', retention: 60 day') },
      { title: 'Disks for years', text: log('', '60 TB') },
    ],
    references: [
      {
        title: 'Apache Kafka documentation, log.retention.hours: 168 unless said',
        url: 'https://kafka.apache.org/documentation/#brokerconfigs_log.retention.hours',
      },
      { title: 'Alex Xu, System Design Interview, ch. 2: storage is sized for five years' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const use = analysis.limits.get(component.id)?.disk;
      const endless = known(use?.endless);
      if (!use || endless === undefined || endless <= 0) return;
      const growth = formatQuantity(endless * 30, DATA);
      const full = known(use.fullIn);
      const place = { span: component.nameSpan, element: component.id, affects: visitorsOf(index, component.id) };
      // What is there already fills them: no retention helps.
      if (full !== undefined && full <= 0) return;
      if (full !== undefined && full < HORIZON) {
        report({ message: 'disk', data: { store: component.id, growth, full: formatQuantity(full, TIME) }, ...place });
      } else if (component.kind === 'stream') report({ message: 'stream', data: { store: component.id, growth }, ...place });
    },
  },
});
