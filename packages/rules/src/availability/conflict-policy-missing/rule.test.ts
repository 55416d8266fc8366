import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { conflictPolicyMissing } from './rule.ts';

testRule(conflictPolicyMissing);

const found = (store: string, step = 'api -> db write 1 KB') =>
  examine(`system S
client users { daily-active: 1k }
service api
${store}
flow F from users at 1/day each {
  users -> api
  ${step}
}
`).findings.filter((f) => f.rule === 'conflict-policy-missing');

describe('conflict-policy-missing', () => {
  it('offers the three policies and prefers none: the choice is the author’s', () => {
    const [one] = found('database db: postgres { replicas: 2, mode: multi-primary }');
    expect(one?.message).toContain('db is multi-primary');
    expect(one?.fixes?.map((f) => f.title.split(' (')[0])).toEqual([
      'Conflicts in db: last-write-wins',
      'Conflicts in db: merge',
      'Conflicts in db: application',
    ]);
    expect(one?.fixes?.some((f) => f.preferred)).toBe(false);
  });

  it('is about writes, updates among them', () => {
    const db = 'database db: postgres { replicas: 2, mode: active-active }';
    expect(found(db, 'api -> db update 1 KB')).toHaveLength(1);
    expect(found(db, 'api -> db read 1 KB')).toEqual([]);
  });

  it('is not about one primary, one replica, or replicas that agree first', () => {
    expect(found('database db: postgres { replicas: 3 }')).toEqual([]);
    expect(found('database db: postgres { mode: multi-primary }')).toEqual([]);
    expect(found('database db: postgres { replicas: 3, mode: multi-primary, replication: sync }')).toEqual([]);
    expect(found('database db { replicas: 3, mode: multi-primary, quorum: majority }')).toEqual([]);
    expect(found('database db: cassandra { replicas: 3 }')).toEqual([]);
  });

  it('is about a provider’s store as well, whose replicas are not counted', () => {
    expect(found('database db: cosmosdb { mode: multi-primary }')).toHaveLength(1);
    expect(found('database db: dynamodb-global')).toEqual([]);
  });
});
