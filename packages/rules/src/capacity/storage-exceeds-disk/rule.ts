import { type Component, DATA, type DiskUse, type Fix, formatQuantity, known, property, TIME } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { counted, roundedUp } from '../../shared/counted.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { visitorsOf } from '../../shared/visits.ts';

const orders = (shards: number) => `system Orders

client users { daily-active: 20M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 8, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
database orders: postgres {
  shards: ${shards} by hash(customer_id)
  replicas: 3, failover: automatic, backup: every 1 day
  disk: 2 TB

  // 20 M a day of 1 KB: 36.5 TB in five years.
  table order { key: order_id, shard-key: customer_id, row: 1 KB, retention: 5 year }
}
flow Order from users at 1/day each {
  users -> lb -> api
  api -> orders write order
}
`;

interface Subject {
  readonly store: Component;
  readonly use: DiskUse;
}

export const storageExceedsDisk = defineRule({
  id: 'storage-exceeds-disk',
  category: 'capacity',
  severity: 'error',
  summary: 'A store that keeps more than 80 % of its disks hold.',
  why: 'A full disk stops writes, and often the whole server. Databases need room beside their data: for compaction and vacuum, write-ahead logs, new indexes and sorting; so one plans for 80 %. Data is spread evenly at best: the fullest machine is full first.',
  doInstead:
    'Spread the data over more shards or nodes, keep it for a shorter time, move what is old to cheaper storage, or take larger disks.',
  messages: {
    full: (d: { store: string; used: string; disk: string; usable: string; when: string }) =>
      `Each machine of ${d.store} has to keep ${d.used}, but of a disk of ${d.disk} one plans with 80 %, ${d.usable}. ${d.when}Spread it over more machines, keep it for less long, or take larger disks.`,
  },
  docs: {
    avoid: [{ title: '36.5 TB over 8 shards are 4.6 TB on a disk of 2 TB', text: orders(8) }],
    prefer: [{ title: '24 shards: 1.5 TB each', text: orders(24) }],
    references: [
      {
        title: 'Elasticsearch reference: the low disk watermark is 85 %',
        url: 'https://www.elastic.co/guide/en/elasticsearch/reference/current/modules-cluster.html#disk-based-shard-allocation',
      },
      {
        title: 'Amazon MSK best practices: act when the data disks are 85 % full',
        url: 'https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const use = analysis.limits.get(component.id)?.disk;
      const utilization = known(use?.utilization);
      if (!use || utilization === undefined || utilization <= 1 + 1e-9) return;
      const disk = property(component.properties, 'disk');
      const full = known(use.fullIn);
      report({
        message: 'full',
        data: {
          store: component.id,
          used: formatQuantity(known(use.used) ?? 0, DATA),
          disk: disk?.text ?? 'its size',
          usable: formatQuantity(known(use.usable) ?? 0, DATA),
          when:
            full === undefined
              ? ''
              : full === 0
                ? 'What is in stock is too much already. '
                : `It is full after ${formatQuantity(full, TIME)}. `,
        },
        span: declaredSpan(component, 'disk'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { store: component, use },
      });
    },
  },
  fix: ({ store, use }: Subject): Fix[] => moreMachines(store, known(use.utilization) ?? 0),
});

/** More shards or nodes where the author has said how many, and everything is spread over them. */
function moreMachines(store: Component, utilization: number): Fix[] {
  const nodes = property(store.properties, 'nodes');
  if (nodes?.origin.kind === 'declared') {
    const count = roundedUp(nodes.value.value * utilization);
    return [
      {
        title: `Run ${store.id} on ${counted(count, 'node')}`,
        preferred: true,
        edits: [{ kind: 'set-property', on: store.id, property: 'nodes', value: String(count) }],
      },
    ];
  }
  const shards = property(store.properties, 'shards');
  // A table without a shard key lies on each shard, whatever their number.
  const spread = store.tables.every((t) => t.properties.has('shard-key'));
  if (shards?.origin.kind !== 'declared' || !spread) return [];
  const count = roundedUp(shards.value.count.value * utilization);
  const by = /\bby\b.*$/s.exec(shards.text)?.[0];
  return [
    {
      title: `Use ${count} shards for ${store.id}`,
      preferred: true,
      edits: [{ kind: 'set-property', on: store.id, property: 'shards', value: by === undefined ? String(count) : `${count} ${by}` }],
    },
  ];
}
