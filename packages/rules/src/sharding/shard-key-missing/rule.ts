import { isReferenceTable } from '@sysd/analysis';
import { type Component, shardCount, type Table, valueIn } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { accessesOf } from '../../shared/requirements.ts';

const chat = (table: string) => `system Chat

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database history: cassandra {
  shards: 16 by hash(user_id)
  replicas: 3, replication: quorum, backup: every 1 day retain 30 day
  table message { ${table}, row: 100 B, retention: 5 year }
}

flow Send from users at 40/day each {
  users -> lb -> api
  api -> history write message
}
`;

export const shardKeyMissing = defineRule({
  id: 'shard-key-missing',
  category: 'sharding',
  severity: 'warning',
  summary: 'A table of a sharded store that flows write to and that has no shard key, so that every shard has all of it.',
  why: 'Sharding divides the rows of a table only where each row says on which shard it lies. A table without that is a reference table: a copy of it stands on every shard, so that joins with it stay local. That is right for a list of countries. Of a table that grows with the traffic every shard then stores all rows and takes all writes, and more shards make it more.',
  doInstead:
    'Say which column decides: `shard-key: user_id`. If every shard is to have the table because joins need it, accept the finding with that reason.',
  messages: {
    missing: (d: { store: string; table: string; by: string; shards: number; flows: readonly string[] }) =>
      `${d.table} has no shard key: ${d.store} is sharded by ${d.by}, which ${d.table} does not have, so each of the ${d.shards} shards has all of it and takes every write of ${listed(d.flows)}. Say which column decides: shard-key: ${d.by}.`,
  },
  docs: {
    avoid: [{ title: 'Every shard has all messages', text: chat('key: message_id') }],
    prefer: [
      { title: 'The messages of a user lie on one shard', text: chat('key: message_id, shard-key: user_id') },
      { title: 'The key begins with it', text: chat('key: user_id') },
    ],
    references: [
      {
        title: 'Citus documentation, reference tables',
        url: 'https://docs.citusdata.com/en/stable/develop/reference_ddl.html#reference-tables',
      },
    ],
  },
  check: {
    each: 'component',
    run(store, { index, report }) {
      for (const table of store.tables) {
        if (!isReferenceTable(store, table)) continue;
        const writes = accessesOf(index, store.id).filter((a) => a.side === 'write' && a.hop.table === table.id);
        if (writes.length === 0) continue;
        const flows = [...new Set(writes.map((a) => a.flow.id))];
        report({
          message: 'missing',
          data: { store: store.id, table: table.name, by: columnsOf(store), shards: shardCount(store), flows },
          span: table.nameSpan,
          element: table.id,
          affects: flows,
          related: writes.slice(0, MANY).map((a) => ({ span: a.hop.span, message: `${a.flow.id} writes into it` })),
          subject: { store, table },
        });
      }
    },
  },
  fix: ({ store, table }: { readonly store: Component; readonly table: Table }) => [
    {
      title: `Shard ${table.name} by ${columnsOf(store)}`,
      edits: [{ kind: 'set-property', on: table.id, property: 'shard-key', value: columnsOf(store) }],
      preferred: true,
    },
  ],
});

/** Places that a finding points to; more say no more. */
const MANY = 5;

const columnsOf = (store: Component): string =>
  (valueIn(store.properties, 'shards')?.by?.arguments ?? []).map((column) => column.name).join(', ');
