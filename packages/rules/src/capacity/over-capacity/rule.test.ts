import { describe, expect, it } from 'vitest';
import { applyFix, examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { overCapacity } from './rule.ts';

testRule(overCapacity);

const text = (component: string, step: string) => `system S
client users { peak: 1x }
region us { zones: a, b, c }
loadbalancer lb: haproxy { replicas: 2 across us, mode: active-passive, failover: automatic }
service api { replicas: 3 across us, health: http "/" }
${component}
flow F from users at 10000/s {
  users -> lb -> api
  ${step}
}
`;
const found = (t: string) => {
  const { errors, findings } = examine(t);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => f.rule === 'over-capacity');
};

const worker = (replicas: string) =>
  text(`queue q: sqs\nworker w { replicas: ${replicas}, cores: 4, cpu-time: 10 ms }`, 'api ~> q publish 1 KB\n  q ~> w');

describe('over-capacity', () => {
  it('10,000/s of 10 ms are 100 cores: 25 machines of 4 are full, 26 are not over capacity', () => {
    expect(found(worker('24'))).toHaveLength(1);
    expect(found(worker('25'))).toHaveLength(1);
    expect(found(worker('26'))).toEqual([]);
  });

  it('says how full, what arrives, what is served and what it takes', () => {
    expect(found(worker('10'))[0]?.message).toContain(
      'w cannot keep up with q at peak, at 250 % of its capacity: 1 k/s come for each instance, which takes 400/s, so that the backlog of q grows as long as it lasts. To stay within max-utilization 70% the peak needs 36 instances, not 10.',
    );
  });

  it('says of a server what arrives, and of a queue with a max-length that it refuses', () => {
    const server = text('service b { replicas: 10, cores: 4, cpu-time: 10 ms }', 'api -> b');
    expect(found(server)[0]?.message).toContain(
      'b would run at 250 % of its capacity at peak: 1 k/s arrive at each instance, which serves 400/s.',
    );
    const bounded = worker('10').replace('queue q: sqs', 'queue q: sqs { max-length: 1000 }');
    expect(found(bounded)[0]?.message).toContain('so that q fills up and refuses some of what comes.');
    const two = bounded.replace('  q ~> w', '  q ~> w\n  q ~> v').replace('worker w', 'worker v { cpu-time: 1 us }\nworker w');
    expect(found(two)[0]?.message).toContain('so that q fills up and refuses some of what comes.');
  });

  it('names the hottest shard where that is the reason, and what helps one key that is read or written', () => {
    // H(1000) = 7.48547: the hottest of 16 shards gets 13.4 % + 86.6 % ÷ 16 = 18.8 % of 10,000/s, 1878/s; evenly 625/s.
    const store = (step: string, skew = 'zipf 1 over 1000') =>
      text(`database db: postgres { shards: 16 by hash(id), skew: ${skew}, capacity: 1000/s }`, `api -> db ${step} 1 KB`);
    const [read] = found(store('read'));
    expect(read?.message).toBe(
      'The hottest shard of db would run at 188 % of its capacity at peak: it gets 18.8 % of the requests for single keys, 3 times its part, and 1.88 k/s arrive at an instance of it, which serves 1 k/s. If all shards got the same, they would run at 62.5 %. The most popular key lies on one shard, however many there are: cache it in front, split it (a salt puts its rows on several shards), or shard by another key; or take 3 replicas of that shard, over which its reads are spread and with which it stays within 70%. Only that shard needs them; replicas: 3 gives them to every shard.',
    );
    const [written] = found(store('write'));
    expect(written?.message).toMatch(
      /however many there are: split it \(a salt puts its rows on several shards\), add up its writes before they reach the store, or shard by another key\. Every replica takes every write, so that more of them do not help\.$/,
    );
    expect(found(store('write', '2x'))[0]?.message).toMatch(
      /or split the hot key \([^)]*\); or take 29 shards, with which it stays within 70%\.$/,
    );
    // All shards alike would be too full: no shard is the reason.
    expect(found(store('read', '1.2x').replace('capacity: 1000/s', 'capacity: 600/s'))[0]?.message).toMatch(/^db would run at 125 %/);
  });

  it('leaves a spare instance, and a spare zone where there are zones', () => {
    const [plain] = found(worker('10'));
    expect(fixed(worker('10'), plain)).toContain('replicas: 37,');
    const zones = worker('10 across us');
    expect(fixed(zones, found(zones)[0])).toContain('replicas: 54 across us');
  });

  it('counts shards by shard', () => {
    // 10,000 writes/s over 2 shards are 5000/s on each primary, which takes 4 × 500/s: 8 shards at 70 %, times 3 ÷ 2 for reads of a lost replica.
    const store = text(
      'database db: postgres { shards: 2 by hash(id), replicas: 3 across us, failover: automatic }',
      'api -> db write 1 KB',
    );
    const [one] = found(store);
    const fix = one?.fixes?.[0];
    expect(fix?.edits).toEqual([{ kind: 'set-property', on: 'db', property: 'shards', value: '12 by hash(id)' }]);
  });

  it('offers no replicas for what only one instance does', () => {
    const store = text('database db: postgres { replicas: 3 across us, failover: automatic }', 'api -> db write 1 KB');
    const [one] = found(store);
    expect(one?.fixes).toBeUndefined();
    // 10,000 writes/s, 2000/s on each primary: 8 shards at 70 %.
    expect(one?.message).toContain(
      'the peak needs 24 instances (8 shards × 3 replicas), not 3. Every replica takes every write, so split the data',
    );
  });

  it('splits an unsharded store by the shard key of its tables, where all requests know it', () => {
    const store = (table: string) =>
      text(`database db: postgres { replicas: 3 across us, failover: automatic\n  ${table}\n}`, 'api -> db write row 1 KB');
    const sure = store('table row { key: id, shard-key: user_id }');
    const [one] = found(sure);
    expect(one?.message).toMatch(/\(8 shards × 3 replicas\), not 3\.$/);
    const fix = one?.fixes?.[0];
    expect(fix?.edits).toEqual([{ kind: 'set-property', on: 'db', property: 'shards', value: '12 by hash(user_id)' }]);
    expect(found(applyFix(sure, fix!))).toEqual([]);
    const scattered = store('table row { key: id, shard-key: user_id }\n  query all { where row.id }');
    expect(found(scattered)[0]?.fixes).toBeUndefined();
    expect(found(scattered)[0]?.message).toContain('shards: 8 by hash(COLUMN)');
  });

  it('offers no more shards where one key alone is too much for any', () => {
    const store = (skew: string) =>
      text(`database db: postgres { shards: 16 by hash(id), skew: ${skew}, capacity: 500/s, failover: automatic }`, 'api -> db read 1 KB');
    expect(found(store('zipf 1 over 1M'))[0]?.fixes).toBeUndefined();
    expect(found(store('2x'))[0]?.fixes).toHaveLength(1);
  });
});
