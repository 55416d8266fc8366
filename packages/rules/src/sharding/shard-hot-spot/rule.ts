import { type Component, type ComponentLoad, effective, formatRatio, known } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { capacityFixes } from '../../shared/capacity-fixes.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { hotShardAdvice, hotShardText, isHotShard } from '../../shared/hot-shard.ts';
import { visitorsOf } from '../../shared/visits.ts';

const shop = (orders: string, rate = '6800/s') => `system Shop

client users { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3, health: http "/healthz" every 5 s }
database orders: postgres {
  ${orders}
  replicas: 3, failover: automatic, reads: primary
  capacity: 1000/s
}
api -> orders { pool: 20 }

flow OpenOrders from users at ${rate} {
  users -> lb -> api
  api -> orders read 10 KB
}
`;

interface Subject {
  readonly component: Component;
  readonly load: ComponentLoad;
}

export const shardHotSpot = defineRule({
  id: 'shard-hot-spot',
  category: 'sharding',
  severity: 'warning',
  summary:
    'A shard that is above `max-utilization` at peak because it gets more than its part of the requests, while all alike would be within it.',
  why: 'The hottest shard is full first, and those who ask for its keys wait while the other shards have little to do. Machines that are added to the others are idle. The more the traffic follows a few keys, the less sharding divides it: the most popular key lies on one shard, however many there are.',
  doInstead:
    'Shard by a key with more values that are asked for evenly. Split the hot key: a salt in it puts its rows on several shards, which a read then asks all. Keep what is popular in a cache in front, or take more shards where they divide the load. Replicas help where the key is read, and not where it is written: every replica takes every write.',
  messages: {
    hot: (d: { store: string; share: string; times: string; utilization: string; limit: string; even: string; advice: string }) =>
      `The hottest shard of ${d.store} gets ${d.share} of the requests for single keys at peak, ${d.times} its part, and runs at ${d.utilization} of its capacity: above max-utilization ${d.limit}. If all shards got the same, they would run at ${d.even}. ${d.advice}`,
  },
  docs: {
    avoid: [
      {
        title: 'One of 16 shards gets twice its part: it runs at 85 %, the mean at 43 %',
        text: shop('shards: 16 by hash(shop_id), skew: 2x'),
      },
      {
        title: 'One shop of a thousand is 13 % of all requests',
        text: shop('shards: 16 by hash(shop_id), skew: zipf 1 over 1000', '4400/s'),
      },
    ],
    prefer: [
      { title: 'A key with more values', text: shop('shards: 16 by hash(order_id), skew: 1.2x') },
      { title: 'More shards, where no single key is too much', text: shop('shards: 24 by hash(shop_id), skew: 2x') },
    ],
    references: [
      {
        title: 'Breslau and others, Web Caching and Zipf-like Distributions, INFOCOM 1999',
        url: 'https://ieeexplore.ieee.org/document/749260',
      },
      {
        title: 'Amazon DynamoDB, using write sharding to distribute workloads evenly',
        url: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-sharding.html',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const load = analysis.traffic.components.get(component.id);
      // From 100 % on over-capacity says it; where all shards are too full, skew is not the cause.
      if (!load?.hotShard || !isHotShard(component, load)) return;
      const [utilization, hot] = [known(load.utilization), hotShardText(component, load)];
      if (utilization === undefined || hot === undefined) return;
      report({
        message: 'hot',
        data: {
          ...hot,
          store: component.id,
          utilization: formatRatio(utilization),
          limit: effective(component.properties, 'max-utilization')?.text ?? '',
          advice: hotShardAdvice(component, load),
        },
        span: declaredSpan(component, 'skew'),
        element: component.id,
        affects: visitorsOf(index, component.id),
        subject: { component, load },
      });
    },
  },
  fix: ({ component, load }: Subject, { design }: Input) => capacityFixes(design, component, load),
});
