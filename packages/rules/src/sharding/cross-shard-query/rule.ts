import { classifyQuery } from '@sysd/analysis';
import { defineRule } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { scatterCost, usesOf } from '../../shared/query-uses.ts';

const shop = (where: string) => `system Shop

client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres {
  shards: 16 by hash(customer_id)
  replicas: 3, failover: automatic
  table order { key: order_id, shard-key: customer_id, row: 1 KB, index: status }
  query open-orders {
    from order
    where ${where}
  }
}

flow OpenOrders from users at 2/day each {
  users -> lb -> api
  api -> orders read open-orders 10 KB
}
`;

export const crossShardQuery = defineRule({
  id: 'cross-shard-query',
  category: 'sharding',
  severity: 'warning',
  summary: 'A query whose where-clause does not pin the shard key, so that every shard gets one request (scatter-gather).',
  why: 'Each such request becomes as many as there are shards: adding shards adds no capacity for it, and the answer is as slow as the slowest shard. If one answer of a shard in a hundred is slow, almost every second request to 64 shards waits for one: 1 − 0.99^64 = 47 %.',
  doInstead:
    'Pin the shard key in the where-clause, shard by what the query asks for, or keep a table (or search index) sharded by that column. If it is rare, accept it with the reason.',
  messages: {
    scatter: (d: { query: string; tables: string; shards: number; slow: string; cost: string }) =>
      `${d.query} asks all ${d.shards} shards: its where-clause does not pin the shard key of ${d.tables} (${d.cost}). If 1 % of the answers of a shard are slow, ${d.slow} % of these are. Pin the shard key, or keep a copy sharded by what it asks for.`,
  },
  docs: {
    avoid: [{ title: 'Asking by status what is sharded by customer', text: shop('order.status') }],
    prefer: [{ title: 'The shard key is pinned', text: shop('order.status and order.customer_id') }],
    references: [
      { title: 'Dean and Barroso, The Tail at Scale, CACM 2013', url: 'https://research.google/pubs/the-tail-at-scale/' },
      { title: 'MongoDB manual, broadcast operations', url: 'https://www.mongodb.com/docs/manual/core/sharded-cluster-query-router/' },
    ],
  },
  check: {
    each: 'component',
    run(store, { design, analysis, index, report }) {
      for (const query of store.queries) {
        const found = classifyQuery(design, query);
        // A join across shards says this already, and its repair decides what is left.
        if (!found.scatter || found.crossShardJoins.length > 0) continue;
        const uses = usesOf(index, query.id);
        const tables = listed(found.unpinned.map((u) => `${u.table.slice(u.table.lastIndexOf('.') + 1)} (${u.shardKey.join(', ')})`));
        report({
          message: 'scatter',
          data: {
            query: query.name,
            tables,
            shards: found.shards,
            slow: slowPercent(found.shards),
            cost: scatterCost(analysis, found.shards, uses),
          },
          span: query.nameSpan,
          element: query.id,
          affects: [...new Set(uses.map((u) => u.flow.id))],
          related: uses.map((u) => ({ span: u.hop.span, message: `${u.flow.id} runs ${query.name}` })),
        });
      }
    },
  },
});

/** 1 − 0.99^S in per cent: the chance that at least one of S shards is among its slowest hundredth (The Tail at Scale). */
function slowPercent(shards: number): string {
  return ((1 - 0.99 ** shards) * 100).toFixed(0);
}
