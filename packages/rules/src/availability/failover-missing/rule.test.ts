import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { failoverMissing } from './rule.ts';

testRule(failoverMissing);

const BACKUP = 'backup: every 1 day retain 30 day';
const design = (store: string, steps: string) => `system S
client users { daily-active: 1k }
service api { health: http "/healthz", replicas: 2 }
loadbalancer lb: alb
${store}
flow F from users at 1/day each {
  users -> lb -> api
  ${steps}
}
`;
const rules = (text: string) => examine(text).findings.map((f) => `${f.severity} ${f.rule} on ${f.element}`);

describe('failover-missing', () => {
  it('is the only finding about a primary that nobody replaces, and says what stops', () => {
    const text = design(`database db: postgres { replicas: 3, ${BACKUP} }`, 'api -> db write 1 KB');
    const { findings } = examine(text);
    expect(findings.map((f) => f.rule)).toEqual(['failover-missing']);
    expect(findings[0]?.message).toBe(
      'db has 2 standbys, and nothing makes one take over: when its primary fails, every request of F fails until somebody acts. Let a standby take over: failover: automatic.',
    );
    expect(findings[0]?.affects).toEqual(['F']);
  });

  it('leaves the single instance to single-point-of-failure, and so the standby that is needed as well', () => {
    expect(rules(design(`database db: postgres { ${BACKUP} }`, 'api -> db write 1 KB'))).toEqual(['error single-point-of-failure on db']);
    const both = design(`database db: postgres { replicas: 2, reads: replicas, ${BACKUP} }`, 'api -> db write 1 KB\n  api -> db read 1 KB');
    expect(rules(both)).toEqual(['error single-point-of-failure on db']);
  });

  it('leaves a person who takes over to single-point-of-failure', () => {
    const manual = design(`database db: postgres { replicas: 3, failover: manual, ${BACKUP} }`, 'api -> db write 1 KB');
    expect(rules(manual)).toEqual(['error single-point-of-failure on db']);
  });

  it('is not about what no request waits for, and a warning where only the completion stops', () => {
    const db = `database db: postgres { replicas: 3, ${BACKUP} }`;
    expect(rules(design(db, 'api -> db read 1 KB'))).toEqual([]);
    expect(rules(design(`${db}\napi -> db { timeout: 1 s }`, 'api -> db write 1 KB optional'))).toEqual([]);
    const later = design(
      `${db}\nqueue q: sqs\nworker w { replicas: 2, health: http "/healthz" }`,
      'api ~> q publish 1 KB\n  q ~> w\n  w -> db write 1 KB',
    );
    expect(rules(later)).toEqual(['warning failover-missing on db']);
  });

  it('gives two nodes a third to decide, and keeps the one that decides already', () => {
    const two = design(`database db: postgres { replicas: 2, ${BACKUP} }`, 'api -> db write 1 KB');
    expect(fixed(two, examine(two).findings[0])).toContain(`replicas: 3, ${BACKUP}, failover: automatic`);
    const via = design(
      `registry votes: etcd { replicas: 3 }\ndatabase db: postgres { replicas: 2, failover: none via votes, ${BACKUP} }`,
      'api -> db write 1 KB',
    );
    expect(
      fixed(
        via,
        examine(via).findings.find((f) => f.rule === 'failover-missing'),
      ),
    ).toContain(`replicas: 2, failover: automatic via votes, ${BACKUP}`);
    // Two that decide cannot outvote each other: a third node is needed all the same.
    const pair = via.replace('registry votes: etcd { replicas: 3 }', 'service votes { replicas: 2, health: tcp }');
    const finding = examine(pair).findings.find((f) => f.rule === 'failover-missing');
    expect(fixed(pair, finding)).toContain(`replicas: 3, failover: automatic via votes, ${BACKUP}`);
  });
});
