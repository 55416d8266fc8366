import { type CrossShardJoin, classifyQuery } from '@sysd/analysis';
import type { Fix } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { scatterCost, usesOf } from '../../shared/query-uses.ts';

const shop = (tables: string, query: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres {
  shards: 8 by hash(customer_id)
  replicas: 3, failover: automatic
  ${tables}
  query receipt {
    ${query}
  }
}

flow Receipt from users at 2/day each {
  users -> lb -> api
  api -> orders read receipt 4 KB
}
`;

export const crossShardJoin = defineRule({
  id: 'cross-shard-join',
  category: 'sharding',
  severity: 'error',
  summary: 'A query joins tables whose matching rows may lie on different shards.',
  why: 'A shard can only join the rows that it has. When two tables are sharded by different keys, or the join does not equate them, matching rows lie anywhere: every shard must be asked, rows travel between shards or to the caller, and the answer is as slow as the slowest shard. Most sharded databases refuse such a join outright.',
  doInstead:
    'Shard both tables by the column that the join equates, so that matching rows share a shard. Make a small table that everyone joins a reference table (no `shard-key`), which is copied to every shard. Or store the joined form, written once when it changes.',
  messages: {
    otherKey: (d: { query: string; reason: string; shards: number; cost: string; addable: string | undefined }) =>
      `${d.query} joins across shards: ${d.reason}, so matching rows lie on any of ${d.shards} shards (${d.cost}). ${
        d.addable === undefined
          ? 'Shard both by the column they join on, make one a reference table, or store the joined form.'
          : `Both tables have the key and the query pins it: add ${d.addable} to the join.`
      }`,
    otherStore: (d: { query: string; reason: string }) =>
      `${d.query} joins across stores: ${d.reason}, and no store can join what another holds. Keep both tables in one store, or read one after the other in the flow.`,
  },
  docs: {
    avoid: [
      {
        title: 'Two tables sharded by different keys',
        text: `system Feed

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database tweets: postgres {
  shards: 32 by hash(author_id)
  replicas: 3, failover: automatic
  table tweet  { key: tweet_id, shard-key: author_id, row: 500 B }
  table follow { key: follow_id, shard-key: follower_id, row: 50 B }
  query home-timeline {
    join tweet.author_id = follow.followee_id
    where follow.follower_id
  }
}

flow ReadTimeline from users at 20/day each {
  users -> lb -> api
  api -> tweets read home-timeline 20 KB
}
`,
      },
      {
        title: 'The shard key is left out of the join',
        text: shop(
          'table order { key: order_id, shard-key: customer_id, row: 1 KB }\n  table item { key: item_id, shard-key: customer_id, row: 200 B }',
          'join order.order_id = item.order_id\n    where order.customer_id',
        ),
      },
    ],
    prefer: [
      {
        title: 'The join equates the shard key as well',
        text: shop(
          'table order { key: order_id, shard-key: customer_id, row: 1 KB }\n  table item { key: item_id, shard-key: customer_id, row: 200 B }',
          'join order.order_id = item.order_id and order.customer_id = item.customer_id\n    where order.customer_id',
        ),
      },
      {
        title: 'A reference table, copied to every shard',
        text: shop(
          'table order { key: order_id, shard-key: customer_id, row: 1 KB }\n  table country { key: code, row: 100 B, rows: 200 }',
          'join order.country = country.code\n    where order.customer_id',
        ),
      },
    ],
    references: [
      {
        title: 'Citus documentation, co-located tables and reference tables',
        url: 'https://docs.citusdata.com/en/stable/sharding/data_modeling.html',
      },
      { title: 'Vitess documentation, joins across shards', url: 'https://vitess.io/docs/' },
    ],
  },
  check: {
    each: 'component',
    run(store, { design, analysis, index, report }) {
      for (const query of store.queries) {
        const found = classifyQuery(design, query);
        const uses = usesOf(index, query.id);
        for (const join of found.crossShardJoins) {
          const place = {
            span: join.span,
            element: query.id,
            affects: [...new Set(uses.map((u) => u.flow.id))],
            related: uses.map((u) => ({ span: u.hop.span, message: `${u.flow.id} runs ${query.name}` })),
            subject: join,
          };
          if (join.cause === 'other-store') {
            report({ message: 'otherStore', data: { query: query.name, reason: join.reason }, ...place });
            continue;
          }
          const addable = join.addable.length > 0 ? equations(join) : undefined;
          const data = {
            query: query.name,
            reason: join.reason,
            shards: found.shards,
            cost: scatterCost(analysis, found.scatter ? found.shards : 1, uses),
            addable,
          };
          report({ message: 'otherKey', data, ...place });
        }
      }
    },
  },
  fix(join: CrossShardJoin): Fix[] {
    if (join.addable.length === 0) return [];
    const text = equations(join);
    const span = { ...join.span, start: join.span.end };
    return [{ title: `Add ${text} to the join`, preferred: true, edits: [{ kind: 'replace', span, text: ` and ${text}` }] }];
  },
});

const local = (table: string): string => table.slice(table.lastIndexOf('.') + 1);

/** `order.customer_id = item.customer_id and …` */
function equations(join: CrossShardJoin): string {
  return join.addable.map(({ left, right }) => `${local(left.table)}.${left.column} = ${local(right.table)}.${right.column}`).join(' and ');
}
