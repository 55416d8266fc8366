import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { checkFixes, testRule } from '../../../test/test-rule.ts';
import { failoverArbiterMissing } from './rule.ts';

testRule(failoverArbiterMissing);

const design = (lines: string) => `system S
client users { daily-active: 1k }
service api { health: http "/healthz", replicas: 2 }
loadbalancer lb: alb
${lines}
flow F from users at 1/day each {
  users -> lb -> api
  api -> db write 1 KB
}
`;
const found = (lines: string) => examine(design(lines)).findings.filter((f) => f.rule === 'failover-arbiter-missing');

describe('failover-arbiter-missing', () => {
  it('shows it where failover is said', () => {
    const [one] = found('database db: postgres { replicas: 2, failover: automatic }');
    expect(one?.message).toContain('neither can outvote the other');
    expect(one?.element).toBe('db');
  });

  it('counts each shard by itself', () => {
    expect(found('database db: postgres { shards: 4 by hash(k), replicas: 2, failover: automatic }')).toHaveLength(1);
  });

  it('is content with who can decide', () => {
    const via = (line: string, name: string) => found(`${line}\ndatabase db: postgres { replicas: 2, failover: automatic via ${name} }`);
    expect(via('registry votes: zookeeper { replicas: 3 }', 'votes')).toEqual([]);
    expect(via('service witness', 'witness')).toEqual([]);
    expect(via('external pager', 'pager')).toEqual([]);
    expect(via('service sentinels { replicas: 3 }', 'sentinels')).toEqual([]);
    expect(via('service sentinels { replicas: 2 }', 'sentinels')[0]?.message).toContain('two instances of sentinels');
  });

  it('is not about one node, three, a person, a quorum or a provider', () => {
    expect(found('database db: postgres { failover: automatic }')).toEqual([]);
    expect(found('database db: postgres { replicas: 3, failover: automatic }')).toEqual([]);
    expect(found('database db: postgres { replicas: 2, failover: manual }')).toEqual([]);
    expect(found('database db: mongodb { replicas: 2 }')).toEqual([]);
    expect(found('database db: rds { replicas: 2, failover: automatic }')).toEqual([]);
  });

  it('is not about a technology that brings its own mechanism, even where it is said again', () => {
    expect(found('database db: redis-sentinel { replicas: 2 }')).toEqual([]);
    expect(found('database db: redis-sentinel { replicas: 2, failover: automatic }')).toEqual([]);
    expect(found('database db: redis { replicas: 2, failover: automatic }')).toHaveLength(1);
  });

  it('is not about a cache, unless it holds what was not written yet', () => {
    expect(found('cache db: redis { replicas: 2, failover: automatic }')).toEqual([]);
    expect(found('cache db: redis { replicas: 2, failover: automatic, strategy: write-behind }')).toHaveLength(1);
  });

  it('lets the voters of the design decide, where there is one group of them', () => {
    const db = 'database db: postgres { replicas: 2, failover: automatic, backup: every 1 day }';
    const text = design(`registry votes: etcd { replicas: 3 }\n${db}`);
    expect(checkFixes(failoverArbiterMissing, { title: 'voters', text })).toEqual([
      'Let votes decide which node of db is the primary',
      'Run 3 replicas of db',
    ]);
    expect(found(`registry votes: etcd { replicas: 3 }\n${db}`)[0]?.fixes?.map((f) => f.preferred ?? false)).toEqual([true, false]);
    expect(found(`registry a: etcd { replicas: 3 }\nregistry b: etcd { replicas: 3 }\n${db}`)[0]?.fixes?.map((f) => f.title)).toEqual([
      'Run 3 replicas of db',
    ]);
  });
});
