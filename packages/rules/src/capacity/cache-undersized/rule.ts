import { type Component, DATA, type Fix, formatQuantity, formatRatio, known, property, type WorkingSet } from '@sysd/core';
import { defineRule } from '../../rule.ts';
import { declaredSpan } from '../../shared/declared-span.ts';
import { visitorsOf } from '../../shared/visits.ts';

const shop = (cache: string) => `system Shop

client users { daily-active: 20M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 24, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
cache sessions: redis { replicas: 2, failover: automatic, ttl: 1 day, hit-ratio: 90%, ${cache} }
database users-db: postgres { replicas: 3, failover: automatic, backup: every 1 day, cores: 8 }

api -> users-db { pool: 4 }

// 200 M reads a day, a tenth of them missed: 20 M entries of 2 KB within the day that they live.
flow Look from users at 10/day each {
  users -> lb -> api
  api -> sessions read 2 KB
  api -> users-db read 2 KB on miss
}
`;

/** A hit ratio that is declared this much above the one that the memory buys is more than the approximation is off. */
const TOLERANCE = 0.05;

const GB = 1e9;
/** Beyond this no usual machine has so much: then it takes more machines. */
const LARGEST = 512;

interface Subject {
  readonly cache: Component;
  readonly use: WorkingSet;
}

export const cacheUndersized = defineRule({
  id: 'cache-undersized',
  category: 'capacity',
  severity: 'warning',
  summary: 'A cache whose memory does not hold what it is asked to hold, or not enough for its `hit-ratio`.',
  why: 'What does not fit is evicted before its time to live is over, and asked for again: fewer reads are hits than planned, and the misses go to the store behind. If that was sized for the planned hit ratio, it gets several times its load: at 80 % instead of 90 % hits twice as much. A cache without eviction refuses writes instead.',
  doInstead:
    'Give the cache more memory or more shards, let entries live for less long, cache less or smaller things, or plan with the hit ratio that the memory buys.',
  messages: {
    set: (d: { cache: string; held: string; memory: string; share: string; advice: string }) =>
      `${d.cache} is asked to hold ${d.held} on each machine and has ${d.memory}: ${d.share} of it fits, the rest is evicted before its time and asked of the store behind. ${d.advice}`,
    ratio: (d: { cache: string; declared: string; memory: string; bought: string; popularity: string }) =>
      `${d.cache} has hit-ratio ${d.declared}, but with popularity ${d.popularity} the entries for which ${d.memory} have room answer ${d.bought} of the reads. Give it more memory, or plan with that.`,
  },
  docs: {
    avoid: [
      { title: '40 GB of entries, 16 GB of memory', text: shop('memory: 16 GB') },
      {
        title: 'A hit ratio of 99 % takes more memory than there is',
        text: `system Pages

client users { daily-active: 2M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, cores: 4, cpu-time: 5 ms, health: http "/healthz" }
cache pages: redis { replicas: 2, failover: automatic, ttl: 10 min, hit-ratio: 99%, memory: 8 GB, popularity: zipf 0.8 }
database store: mongodb {
  replicas: 3
  table page { key: page_id, row: 20 KB, rows: 10M }
}
flow Read from users at 20/day each {
  users -> lb -> api
  api -> pages read 20 KB
  api -> store read page on miss
}
`,
      },
    ],
    prefer: [{ title: '64 GB hold the day', text: shop('memory: 64 GB') }],
    references: [
      { title: 'Che, Tung & Wang, Hierarchical Web Caching Systems, IEEE JSAC 20(7), 2002' },
      { title: 'Redis documentation, Key eviction', url: 'https://redis.io/docs/latest/develop/reference/eviction/' },
    ],
  },
  check: {
    each: 'component',
    run(component, { analysis, index, report }) {
      const use = analysis.limits.get(component.id)?.workingSet;
      if (!use) return;
      const memory = property(component.properties, 'memory');
      const [utilization, bought] = [known(use.utilization), known(use.hitRatio)];
      const declared = property(component.properties, 'hit-ratio');
      const size =
        memory && memory.origin.kind === 'technology' ? `${memory.text} (default of ${component.technology})` : (memory?.text ?? '');
      const affects = visitorsOf(index, component.id);
      if (utilization !== undefined && utilization > 1 + 1e-9) {
        report({
          message: 'set',
          data: {
            cache: component.id,
            held: formatQuantity(known(use.held) ?? 0, DATA),
            memory: size,
            share: formatRatio(1 / utilization),
            advice: 'Give it more memory or shards, or let entries live for less long (ttl).',
          },
          span: declaredSpan(component, 'memory'),
          element: component.id,
          affects,
          subject: { cache: component, use },
        });
      } else if (bought !== undefined && declared && declared.value.value > bought + TOLERANCE) {
        report({
          message: 'ratio',
          data: {
            cache: component.id,
            declared: declared.text,
            memory: size,
            bought: formatRatio(bought),
            popularity: property(component.properties, 'popularity')?.text ?? '',
          },
          span: declaredSpan(component, 'hit-ratio'),
          element: component.id,
          affects,
        });
      }
    },
  },
  fix({ cache, use }: Subject): Fix[] {
    const held = known(use.held) ?? 0;
    const size = 2 ** Math.ceil(Math.log2(held / GB));
    if (size > LARGEST || size < 1) return [];
    return [
      {
        title: `Give each machine of ${cache.id} ${size} GB of memory`,
        preferred: true,
        edits: [{ kind: 'set-property', on: cache.id, property: 'memory', value: `${size} GB` }],
      },
    ];
  },
});
