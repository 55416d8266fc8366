import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { rtoMissed } from './rule.ts';

testRule(rtoMissed);

const design = (lines: string, slo = 'rto <= 5 min', steps = 'api -> db write 1 KB') => `system S
client users { daily-active: 1k }
loadbalancer lb: alb
service api { replicas: 3, health: http "/" }
${lines}
flow F from users at 1/day each {
  users -> lb -> api
  ${steps}
  slo: ${slo}
}
`;
const findings = (text: string) => examine(text).findings;
const found = (lines: string, slo?: string, steps?: string) => findings(design(lines, slo, steps)).filter((f) => f.rule === 'rto-missed');
const db = (more: string) => `database db: postgres { replicas: 3, backup: every 1 day, ${more} }`;

describe('a person', () => {
  it('takes 15 minutes at least, and is the only finding', () => {
    const text = design(db('failover: manual'));
    expect(findings(text).map((f) => `${f.severity} ${f.rule} on ${f.element}`)).toEqual(['warning rto-missed on db']);
    expect(findings(text)[0]?.message).toBe(
      'db fails over by hand. Until a person who is paged has looked and acted it takes 15 min at least, and F must be back within 5 min (rto). Let a standby take over: failover: automatic; or say how fast you are: failover-time.',
    );
    expect(fixed(text, findings(text)[0])).toContain('failover: automatic');
  });

  it('may be as slow as the objective allows; then it is a single point of failure as without one', () => {
    const rules = (slo: string) => findings(design(db('failover: manual'), slo)).map((f) => f.rule);
    expect(rules('rto <= 14 min')).toEqual(['rto-missed']);
    expect(rules('rto <= 15 min')).toEqual(['single-point-of-failure']);
    expect(rules('p99 <= 1 s')).toEqual(['single-point-of-failure']);
  });

  it('is as fast as the design says', () => {
    expect(found(db('failover: manual, failover-time: 4 min'))).toEqual([]);
    const [slow] = found(db('failover: manual, failover-time: 10 min'));
    expect(slow?.message).toContain('When its primary fails, db takes 10 min to be back (failover-time: 10 min)');
    expect(slow?.severity).toBe('error');
  });

  it('gives two nodes a third, so that no failover without an arbiter comes of it', () => {
    const text = design('database db: postgres { replicas: 2, backup: every 1 day, failover: manual }');
    expect(
      fixed(
        text,
        findings(text).find((f) => f.rule === 'rto-missed'),
      ),
    ).toContain('replicas: 3, backup: every 1 day, failover: automatic');
  });

  it('matters only to what waits for the primary', () => {
    expect(found(db('failover: manual'), undefined, 'api -> db read 1 KB')).toEqual([]);
    expect(found(db('failover: manual'), undefined, 'api -> db read 1 KB requires strong')).toHaveLength(1);
    expect(found(db('failover: manual, reads: primary'), undefined, 'api -> db read 1 KB')).toHaveLength(1);
    expect(found(db('failover: manual'), undefined, 'api -> db write 1 KB optional')).toEqual([]);
    expect(found(db('failover: manual'), undefined, 'api ~> db write 1 KB')).toEqual([]);
    const behind = `queue q: sqs\nworker w { replicas: 2, health: tcp }\n${db('failover: manual')}`;
    expect(found(behind, undefined, 'api -> q publish 1 KB\n  q ~> w -> db write 1 KB')).toEqual([]);
  });
});

describe('a failover', () => {
  // failover-time counts from the failure on: noticing is part of it, so the longer of the two is the time, not their sum.
  it('takes the longer of its time and the time until anybody notices', () => {
    const failover = 'failover: automatic, failover-time: 40 s';
    expect(found(db(`${failover}, health: tcp every 10 s threshold 3`), 'rto <= 40 s')).toEqual([]);
    expect(found(db(`${failover}, health: tcp every 10 s threshold 5`), 'rto <= 40 s')[0]?.message).toContain(
      'takes 50 s to be back (health is checked every 10 s, 5 times)',
    );
    expect(found(db(failover), 'rto <= 39 s')[0]?.message).toContain('takes 40 s to be back (failover-time: 40 s)');
  });

  it('is not compared where nobody says how long it takes', () => {
    expect(found(db('failover: automatic'), 'rto <= 1 s')).toEqual([]);
  });

  it('is as long as the technology says: its leader is elected, its provider fails over', () => {
    expect(found('database db: mongodb { replicas: 3 }', 'rto <= 10 s')[0]?.message).toContain(
      'When its primary fails, db takes 12 s to be back (failover-time: 12 s)',
    );
    expect(found('database db: mongodb { replicas: 3 }', 'rto <= 12 s')).toEqual([]);
    expect(found('database db: mongodb { replicas: 3, reads: any }', 'rto <= 10 s', 'api -> db read 1 KB')).toEqual([]);
    expect(found('database db: rds', 'rto <= 90 s')[0]?.message).toContain('db takes 2 min to be back (failover-time: 60 s..120 s)');
    expect(found('database db: rds', 'rto <= 2 min')).toEqual([]);
    expect(found('database db: dynamodb', 'rto <= 1 s')).toEqual([]);
    expect(found('database db: mongodb', 'rto <= 10 s')).toEqual([]);
  });

  it('goes on until clients follow the name', () => {
    const pair = (more: string) => `region eu
region us
dns names: route53 { ttl: 10 min }
loadbalancer db: haproxy { replicas: 2 ${more} }`;
    const chain = 'api -> names -> db';
    const via = found(pair('in eu, us, mode: active-passive, failover: automatic via names'), undefined, chain);
    expect(via[0]?.message).toContain('takes 10 min to be back (clients use the old address of names for its ttl, 10 min)');
    expect(via[0]?.fixes?.[0]?.title).toBe('Let clients of names ask again after 5 min');
    expect(found(pair('in eu, us, mode: active-passive, failover: automatic'), undefined, chain)).toHaveLength(1);
    // Within a region the address itself moves.
    expect(found(pair('in eu, mode: active-passive, failover: automatic'), undefined, chain)).toEqual([]);
  });
});

describe('a dead instance', () => {
  it('takes its share of the requests until it is left out', () => {
    const one = (health: string, slo = 'rto <= 1 min') => found(`service db { replicas: 4, health: ${health} }`, slo, 'api -> db');
    const [late] = one('http "/healthz" every 30 s threshold 3');
    expect(late?.message).toBe(
      'An instance of db that is down is left out after up to 1.5 min (health is checked every 30 s, 3 times); until then one request in 4 of F fails, and F must be back within 1 min (rto). Check more often.',
    );
    expect(one('http "/healthz" every 20 s threshold 3')).toEqual([]);
    expect(one('http "/healthz"')).toEqual([]);
    const text = design(
      'service db { replicas: 4, health: http "/healthz" every 30 s threshold 3 checks api }',
      'rto <= 1 min',
      'api -> db',
    );
    expect(
      fixed(
        text,
        findings(text).find((f) => f.rule === 'rto-missed'),
      ),
    ).toContain('health: http "/healthz" every 20 s threshold 3 checks api');
  });
});
