import { satisfies } from '@sysd/analysis';
import type { Related } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { flowWithShare } from '../../shared/load-text.ts';
import { type Access, connectionOf } from '../../shared/requirements.ts';
import { consistencyFixes, type Mismatch } from './fixes.ts';
import { providedConsistency } from './provided.ts';

const shop = (api: string, store: string, step: string, more = '') => `system Shop

client users { daily-active: 1M }
service api { replicas: 3, health: http "/healthz" every 5 s }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
${store}
${more}
flow Pay from users at 1/day each {
  users -> lb -> api
  ${api} ${step}
  requires: strong
}
`;

export const capMismatch = defineRule({
  id: 'cap-mismatch',
  category: 'consistency',
  severity: 'error',
  summary: 'A flow, step or table requires more consistency than the store gives in its configuration.',
  why: 'No store is strong or eventual by its name alone: what a read sees depends on the product, on how it replicates, on which copy answers and on what the request asks for. A payment that reads a stale balance, or whose write is lost when the primary fails, is wrong although every component did what it promises.\n\nFor stores without a primary the quorums decide: with N copies, a write confirmed by W of them and a read answered by R of them meet in at least one copy exactly when R + W > N.',
  doInstead:
    'Ask for a quorum on the connection (`consistency: quorum`), read from the primary (`reads: primary`), let writes wait for the standbys (`replication: sync`), ask for strong reads or concerns, or keep this data in another store. If stale data does no harm in this step, say so: `requires: eventual`.',
  messages: {
    mismatch: (d: { who: string; level: string; store: string; because: string; advice: string }) =>
      `${d.who} requires ${d.level} consistency, but ${d.store} ${d.because}. ${d.advice}.`,
  },
  docs: {
    avoid: [
      {
        title: 'Cassandra at ONE',
        text: shop('api -> payments', 'database payments: cassandra { replicas: 3 }', 'write 1 KB\n  api -> payments read 1 KB'),
      },
      {
        title: 'A read that an asynchronous replica may answer',
        text: shop('api -> payments', 'database payments: postgres { replicas: 3, failover: automatic, reads: any }', 'read 1 KB'),
      },
      {
        title: 'Redis replicates asynchronously',
        text: shop('api -> balances', 'database balances: redis { replicas: 3, failover: automatic }', 'read 100 B'),
      },
      { title: 'DynamoDB reads are eventual by default', text: shop('api -> payments', 'database payments: dynamodb', 'read 1 KB') },
      {
        title: 'MongoDB at read concern local',
        text: shop('api -> payments', 'database payments: mongodb { replicas: 3 }', 'read 1 KB'),
      },
      {
        title: 'A cached copy where the current value is required',
        text: `system Shop

client users { daily-active: 1M }
service api
cache stock: redis { ttl: 10 min, hit-ratio: 90% }
database items: postgres { table item { key: item_id, row: 500 B, requires: strong } }

flow Order from users at 1/day each {
  users -> api
  api -> stock read 100 B requires: strong
  api -> items read item on miss
}
`,
      },
    ],
    prefer: [
      {
        title: 'Cassandra at QUORUM: 2 + 2 > 3',
        text: shop(
          'api -> payments',
          'database payments: cassandra { replicas: 3, backup: every 1 day }\napi -> payments { consistency: quorum }',
          'write 1 KB\n  api -> payments read 1 KB',
        ),
      },
      {
        title: 'The primary answers',
        text: shop('api -> payments', 'database payments: postgres { replicas: 3, failover: automatic, reads: primary }', 'read 1 KB'),
      },
      {
        title: 'Synchronous standbys',
        text: shop('api -> payments', 'database payments: postgres { replicas: 3, failover: automatic, replication: sync }', 'read 1 KB'),
      },
      {
        title: 'DynamoDB, asked for strong reads',
        text: shop('api -> payments', 'database payments: dynamodb\napi -> payments { consistency: strong }', 'read 1 KB'),
      },
      {
        title: 'MongoDB at linearizable',
        text: shop('api -> payments', 'database payments: mongodb { replicas: 3, read-concern: linearizable }', 'read 1 KB'),
      },
    ],
    references: [
      { title: 'Gifford, Weighted Voting for Replicated Data, SOSP 1979 (R + W > N)' },
      { title: 'Abadi, Consistency Tradeoffs in Modern Distributed Database System Design, IEEE Computer 2012 (PACELC)' },
      { title: 'Jepsen analyses', url: 'https://jepsen.io/analyses' },
      { title: 'Redis cluster specification', url: 'https://redis.io/docs/latest/operate/oss_and_stack/reference/cluster-spec/' },
    ],
  },
  check: {
    each: 'flow',
    run(flow, { design, analysis, index, report }) {
      const seen = new Set<string>();
      for (const access of index.accessesOfFlow.get(flow.id) ?? []) {
        const { component, hop, requirement } = access;
        if (requirement.level === 'eventual' || seen.has(component.id)) continue;
        const provided = providedConsistency({ design, index }, access);
        if (!provided || satisfies(provided.level, requirement.level)) continue;
        seen.add(component.id);
        const connection = connectionOf(design, access);
        report({
          message: 'mismatch',
          data: {
            who:
              typeof requirement.by === 'object'
                ? `${requirement.by.table}, used by ${flowWithShare(analysis, flow, hop.index)},`
                : flowWithShare(analysis, flow, hop.index),
            level: requirement.level,
            store: component.technologyTitle === undefined ? component.id : `${component.id} (${component.technologyTitle})`,
            because: provided.because,
            advice: provided.advice,
          },
          span: hop.span,
          element: component.id,
          affects: [flow.id, ...(connection ? [connection.id] : [])],
          related: relatedTo(access, provided.setting),
          subject: { access, provided },
        });
      }
    },
  },
  fix: (mismatch: Mismatch, input: Input) => consistencyFixes(mismatch, input),
});

function relatedTo({ component, requirement }: Access, setting: Parameters<typeof component.properties.get>[0] | undefined): Related[] {
  const related: Related[] = requirement.span ? [{ span: requirement.span, message: `${requirement.level} is required here` }] : [];
  const property = setting === undefined ? undefined : component.properties.get(setting);
  if (property?.span) {
    const source = property.origin.kind === 'technology' && property.origin.source !== undefined ? ` (${property.origin.source})` : '';
    related.push({ span: property.span, message: `${setting}: ${property.text}${source}` });
  }
  return related;
}
