import { known, type SingleFailure } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

const singles = (b: DesignBuilder): readonly SingleFailure[] => analyse(b.build()).failures.singles;
const ids = (b: DesignBuilder, flow = 'F', completion = false): string[] =>
  singles(b).flatMap((s) => (s.flow === flow && s.completion === completion ? [s.event.id] : []));
const texts = (b: DesignBuilder, id: string): string[] =>
  singles(b)
    .find((s) => s.event.id === id)
    ?.chain.map((l) => l.text) ?? [];
const base = (): DesignBuilder => new DesignBuilder().region('us', ['a', 'b', 'c']).component('client', 'u');
const HEALTH = { health: 'http "/h"' };

describe('quorums and zones', () => {
  const voters = (kind: 'registry' | 'database', zones: string[]) =>
    base()
      .component('service', 'api', { ...HEALTH, replicas: '2' })
      .component(kind, 'etcd', { replicas: '3', quorum: 'majority' }, { at: zones })
      .flow('F', 'u', '1/s', (f) => f.step('u -> api').step('api -> etcd', kind === 'database' ? 'write' : 'resolve'));

  it.each(['registry', 'database'] as const)('%s: three voters on zones a, a, b hang on zone a; on a, b, c on none', (kind) => {
    expect(ids(voters(kind, ['us.a', 'us.a', 'us.b']))).toEqual(['region:us', 'zone:us.a']);
    expect(ids(voters(kind, ['us.a', 'us.b', 'us.c']))).toEqual(['region:us']);
  });

  it('tells why, from the event up to the flow', () => {
    expect(texts(voters('database', ['us.a', 'us.a', 'us.b']), 'zone:us.a')).toEqual([
      'zone us.a fails',
      '2 of the 3 instances of etcd fail with zone us.a, and 2 of them must be up (quorum: majority)',
      'api writes to etcd and waits for the answer',
      'u calls api and waits for the answer',
      'F fails',
    ]);
  });
});

describe('load balancers, primaries and standbys', () => {
  const balanced = (properties: Record<string, string>) =>
    base()
      .component('loadbalancer', 'lb', properties)
      .component('service', 'api', { ...HEALTH, replicas: '2' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> lb').step('lb -> api'));

  it('an active-passive pair with automatic failover has no single failure, one instance is one', () => {
    expect(ids(balanced({ replicas: '2', mode: 'active-passive', failover: 'automatic' }))).toEqual([]);
    expect(ids(balanced({ replicas: '2', mode: 'active-passive' }))).toEqual(['primary:lb']);
    expect(ids(balanced({ replicas: '1' }))).toEqual(['instance:lb']);
    const only = singles(balanced({}))[0];
    expect(only?.event.label).toBe('the only instance of lb');
    expect(known(only?.share)).toBe(1);
  });

  it('names the standbys that alone answer reads, and gives each instance one name', () => {
    const b = base()
      .component('database', 'db', { replicas: '2', failover: 'automatic', reads: 'replicas', shards: '4 by hash(k)' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'read').step('u -> db', 'write'));
    const [only, ...more] = singles(b);
    expect(only?.event).toMatchObject({ id: 'standby:db', kind: 'standby', label: 'the only standby of one of the 4 shards of db' });
    expect(only?.chain[1]?.text).toBe('that shard of db has no other standby');
    expect(known(only?.share)).toBeCloseTo(0.25);
    expect(more).toEqual([]);
  });

  it('follows what a failover goes through, however long the chain and in circles', () => {
    const pair = (b: DesignBuilder, id: string, via: string) =>
      b.component('service', id, { replicas: '2', mode: 'active-passive', failover: `automatic via ${via}`, shares: `ring-${id}` });
    const chain = (last: string) => {
      const b = base();
      for (let i = 0; i < 5000; i++) pair(b, `s${i}`, i < 4999 ? `s${i + 1}` : last);
      return b.component('service', 'end').flow('F', 'u', '1/s', (f) => f.step('u -> s0'));
    };
    expect(ids(chain('end'))).toEqual(['shared:ring-s0']);
    expect(ids(chain('s0'))).toEqual(['shared:ring-s0']);
    const witnessless = base().component('service', 'sentinel', { shares: 'rack' });
    witnessless.component('service', 's', { replicas: '2', mode: 'active-passive', failover: 'automatic via sentinel', host: 'rack' });
    expect(ids(witnessless.flow('F', 'u', '1/s', (f) => f.step('u -> s')))).toEqual(['host:rack']);
  });

  it('what nothing notices is capacity, not redundancy, and hits its share of the requests', () => {
    const two = singles(balanced({ replicas: '2' }));
    expect(two.map((s) => s.event.id)).toEqual(['instance:lb']);
    expect(known(two[0]?.share)).toBeCloseTo(0.5);
    expect(ids(balanced({ replicas: '2', health: 'tcp' }))).toEqual([]);
    expect(ids(balanced({ replicas: '2' }).connection('u', 'lb', { retries: '1' }))).toEqual([]);
  });

  const database = (properties: Record<string, string>, op: 'read' | 'write', requires?: 'strong') =>
    base()
      .component('database', 'db', { health: 'tcp', replicas: '3', ...properties })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', op), requires ? { requires } : {});

  it('writes fail with the primary unless failover is automatic; reads do not unless they must see the primary', () => {
    expect(ids(database({}, 'write'))).toEqual(['primary:db']);
    expect(ids(database({}, 'read'))).toEqual([]);
    expect(ids(database({}, 'read', 'strong'))).toEqual(['primary:db']);
    expect(ids(database({ reads: 'primary' }, 'read'))).toEqual(['primary:db']);
    expect(ids(database({ failover: 'automatic' }, 'write'))).toEqual([]);
    expect(ids(database({ failover: 'manual' }, 'write'))).toEqual(['primary:db']);
    expect(ids(database({ mode: 'multi-primary' }, 'write'))).toEqual([]);
  });

  it('needs W and R of leaderless stores, or what the caller asks for', () => {
    const b = (p: Record<string, string>, connection?: string) => {
      const d = database({ 'write-quorum': 'one', 'read-quorum': 'one', ...p }, 'write');
      return connection === undefined ? d : d.connection('u', 'db', { consistency: connection });
    };
    expect(ids(b({}))).toEqual([]);
    expect(ids(b({ 'write-quorum': 'all' }))).toEqual(['instance:db']);
    expect(ids(b({}, 'all'))).toEqual(['instance:db']);
    expect(ids(b({}, 'quorum'))).toEqual([]);
  });

  it('a failing mechanism alone does not matter, nor does a failover that may not succeed', () => {
    const b = database({ failover: 'automatic via sentinel', 'failover-success': '99%' }, 'write').component('monitor', 'sentinel');
    expect(ids(b)).toEqual([]);
  });

  it('sees that primary and standbys share a zone or a host', () => {
    const at = (zones: string[], more: Record<string, string> = {}) =>
      base()
        .component('database', 'db', { health: 'tcp', replicas: '2', failover: 'automatic', ...more }, { at: zones })
        .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'write'));
    expect(ids(at(['us.a', 'us.a']))).toEqual(['region:us', 'zone:us.a']);
    expect(ids(at(['us.a', 'us.b']))).toEqual(['region:us']);
    expect(ids(at(['us.a', 'us.b'], { host: 'rack' }))).toEqual(['region:us', 'host:rack']);
    expect(ids(at(['us.a', 'us.b'], { host: 'r1, r2', shares: 'ring' }))).toEqual(['region:us', 'shared:ring']);
  });
});

describe('load', () => {
  it('two replicas that are both needed at peak are no redundancy', () => {
    const b = (at: string) =>
      base()
        .component('service', 'api', { ...HEALTH, replicas: '2', capacity: '100/s' })
        .flow('F', 'u', at, (f) => f.step('u -> api'));
    expect(ids(b('30/s'))).toEqual([]);
    expect(ids(b('60/s'))).toEqual(['instance:api']);
    expect(texts(b('60/s'), 'instance:api')[1]).toBe('api needs 2 of its 2 instances: the peak load needs them at max-utilization');
    expect(ids(b('600/s'))).toEqual([]);
    expect(analyse(b('600/s').build()).failures.notes[0]?.text).toContain(
      'api runs at 600 % of its capacity at peak, above its max-utilization of 70 %',
    );
  });

  it('a cache that carries load is a hard dependency', () => {
    const b = (capacity: string) =>
      base()
        .component('service', 'api', { ...HEALTH, replicas: '2' })
        .component('cache', 'c', { 'hit-ratio': '90%' })
        .component('database', 'db', { health: 'tcp', replicas: '2', capacity })
        .flow('F', 'u', '500/s', (f) => f.step('u -> api').step('api -> c', 'read').step('api -> db', 'read', { miss: 'c' }));
    expect(ids(b('1000/s'))).toEqual([]);
    expect(ids(b('500/s'))).toEqual(['instance:c']);
    expect(texts(b('500/s'), 'instance:c')).toContain('api reads c, without which db is overloaded');
  });

  it('a count of 10^12 instances costs nothing', () => {
    const b = base()
      .component('service', 'api', { ...HEALTH }, { count: 1e12 })
      .flow('F', 'u', '1/s', (f) => f.step('u -> api'));
    expect(ids(b)).toEqual([]);
  });
});

describe('steps', () => {
  const chain = (steps: (f: import('../testing/design-builder.ts').FlowBuilder) => void) =>
    base()
      .component('service', 'a', { ...HEALTH, replicas: '2' })
      .component('service', 'b')
      .component('service', 'c')
      .component('service', 'd')
      .component('stream', 'k', { replicas: '3', 'min-in-sync': '2' })
      .component('cdn', 'edge', { 'hit-ratio': '90%' })
      .flow('F', 'u', '1/s', steps);

  it('optional, `when 0%` and unawaited steps do not fail the answer', () => {
    expect(
      ids(chain((f) => f.step('u -> a').step('a -> b', 'call', { optional: true }).step('a -> c', 'call', { when: '0%' }).step('a ~> d'))),
    ).toEqual([]);
  });

  it('alternatives and fallbacks fail only together', () => {
    expect(ids(chain((f) => f.step('u -> a').step('a -> b | c')))).toEqual([]);
    expect(ids(chain((f) => f.step('u -> a').step('a -> b').step('a -> c', 'call', { else: true })))).toEqual([]);
    const shared = chain((f) => f.step('u -> a').step('a -> b | c').step('b -> d').step('c -> d'));
    expect(ids(shared)).toEqual(['instance:d']);
    expect(texts(shared, 'instance:d')).toContain('b and c all fail with it');
    expect(known(singles(shared)[0]?.share)).toBe(1);
  });

  it('keeps both ends of a long chain', () => {
    const b = base();
    for (let i = 0; i <= 100; i++) b.component('service', `s${i}`);
    b.flow('F', 'u', '1/s', (f) => {
      f.step('u -> s0');
      for (let i = 0; i < 100; i++) f.step(`s${i} -> s${i + 1}`);
    });
    const long = texts(b, 'instance:s100');
    expect(long).toHaveLength(25);
    expect(long[0]).toBe('the only instance of s100 fails');
    expect(long[12]).toBe('80 more steps in between');
    expect(long.at(-1)).toBe('F fails');
    expect(texts(b, 'instance:s5')).toHaveLength(9);
  });

  it('finds the single failures of a flow of thousands of steps, and says which it does not follow', () => {
    const b = base();
    for (let i = 0; i <= 3000; i++) b.component('service', `s${i}`);
    b.flow('F', 'u', '1/s', (f) => {
      f.step('u -> s0');
      for (let i = 0; i < 3000; i++) f.step(`s${i} -> s${i + 1}`, 'call', { when: '99%' });
    });
    const found = singles(b);
    expect(found).toHaveLength(3001);
    expect(known(found[1]?.share)).toBeCloseTo(0.99);
    const last = found.at(-1);
    expect(last?.share).toEqual({ notEstimated: '3001 single failures of F are too many to follow each to the requests that it hits' });
    expect(last?.chain.map((l) => l.text)).toEqual(['the only instance of s3000 fails', 'F fails']);
  });

  it('takes fallbacks of fallbacks, however many', () => {
    const elses = (n: number) =>
      chain((f) => {
        f.step('u -> a').step('a -> b');
        for (let i = 0; i < n; i++) f.step(i < n - 1 ? 'a -> b' : 'a -> c', 'call', { else: true });
      });
    expect(ids(elses(10_000))).toEqual([]);
    expect(ids(elses(10_000).component('service', 'c', { shares: 'ring' }).component('service', 'b', { shares: 'ring' }))).toEqual([
      'shared:ring',
    ]);
  });

  it('says the share of requests that a failure hits', () => {
    const b = chain((f) =>
      f
        .step('u -> a')
        .step('a -> b | c', 'call', { shares: [0.8, 0.2], when: '50%' })
        .step('b -> d', 'call', { when: '10%' })
        .step('c -> d'),
    );
    const d = singles(b).find((s) => s.event.id === 'instance:d');
    expect(known(d?.share)).toBeCloseTo(0.5 * (0.8 * 0.1 + 0.2));
  });

  it('waits for the broker only; what comes after is the completion', () => {
    const b = chain((f) => f.step('u -> a').step('a ~> k', 'publish').step('k ~> b'));
    expect(ids(b)).toEqual([]);
    expect(ids(b, 'F', true)).toEqual(['instance:b']);
    const two = new DesignBuilder()
      .component('client', 'u')
      .component('service', 'a')
      .component('stream', 'k', { replicas: '2', 'min-in-sync': '2' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> a').step('a -> k', 'publish'));
    expect(ids(two)).toEqual(['instance:a', 'instance:k']);
  });

  it('a read-through CDN is soft, what is behind it is not', () => {
    expect(ids(chain((f) => f.step('u -> edge', 'read').step('edge -> b', 'read', { miss: 'self' })))).toEqual(['instance:b']);
    expect(ids(chain((f) => f.step('u -> edge').step('edge -> a')))).toEqual(['instance:edge']);
  });

  it('a shard hits its share of requests, a scatter all of them', () => {
    const b = base()
      .component(
        'database',
        'db',
        { health: 'tcp', shards: '4 by hash(k)' },
        { tables: { t: { 'shard-key': 'k' } }, queries: { all: { where: ['t.x'] } } },
      )
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'read'))
      .flow('G', 'u', '1/s', (f) => f.step('u -> db', 'read', { query: 'db.all' }));
    const [f, g] = singles(b);
    expect([f?.event.id, known(f?.share)]).toEqual(['shard:db', 0.25]);
    expect([g?.flow, known(g?.share)]).toEqual(['G', 1]);
  });

  it('managed and external things are one event; a closed mesh counts', () => {
    const b = base()
      .component('service', 'api', { ...HEALTH, replicas: '2' })
      .component('blobstore', 's3', { managed: 'yes' })
      .component('external', 'psp')
      .component('dns', 'names')
      .component('mesh', 'istio', { covers: 'api', 'when-control-plane-fails': 'closed' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> names').step('u -> api').step('api -> s3', 'read').step('api -> psp'));
    expect(ids(b)).toEqual(['managed:s3', 'managed:psp', 'managed:names', 'control-plane:istio']);
  });
});

describe('stamps', () => {
  const cells = (pinned: boolean, target = 'lb') =>
    new DesignBuilder()
      .region('us', ['a'])
      .region('eu', ['a'])
      .stamp('cell', ['us', 'eu'], pinned)
      .component('client', 'u')
      .component('loadbalancer', 'lb', {}, { group: 'cell' })
      .component('service', 'api', { capacity: '100/s' }, { group: 'cell' })
      .component('service', 'auth')
      .flow('F', 'u', '1/s', (f) => f.step(`u -> ${target}`).step('lb -> api').step('api -> auth'));

  it('another copy takes over, but not what both share', () => {
    expect(ids(cells(false))).toEqual(['instance:auth']);
    expect(texts(cells(false), 'instance:auth')).toContain('every copy of lb (us, eu) fails with it');
  });

  it('a request pinned to one copy falls with it, and that is half of them', () => {
    const pinned = singles(cells(true));
    expect(pinned.map((s) => s.event.id)).toEqual([
      'instance:lb@us',
      'instance:lb@eu',
      'instance:api@us',
      'instance:api@eu',
      'instance:auth',
      'region:us',
      'region:eu',
    ]);
    expect(known(pinned[0]?.share)).toBeCloseTo(0.5);
    expect(known(pinned.find((s) => s.event.id === 'instance:auth')?.share)).toBe(1);
  });

  it('a lost copy takes the requests that are pinned to it, and only those', () => {
    const lost = analyse(cells(true).fail('eu').build());
    expect(known(lost.traffic.components.get('lb')?.total.average)).toBeCloseTo(1);
    expect(known(lost.traffic.components.get('auth')?.total.average)).toBeCloseTo(0.5);
    expect(known(lost.traffic.components.get('api')?.perInstance)).toBeCloseTo(1);
    expect(lost.failures.singles.map((s) => s.event.id)).toEqual(['instance:lb@us', 'instance:api@us', 'instance:auth', 'region:us']);
    expect(lost.failures.notes.map((n) => n.text)).toContain('requests of F that are pinned to a failed copy fail in this scenario');
    const free = analyse(cells(false).fail('eu').build());
    expect(known(free.traffic.components.get('auth')?.total.average)).toBeCloseTo(1);
    expect(free.failures.singles.map((s) => s.event.id)).toEqual(['instance:lb@us', 'instance:api@us', 'instance:auth', 'region:us']);
  });

  it('a named copy is the only one asked', () => {
    expect(ids(cells(false, 'lb@us'))).toEqual(['instance:lb@us', 'instance:api@us', 'instance:auth', 'region:us']);
  });
});

describe('scenarios', () => {
  const shop = () =>
    base()
      .component('service', 'a', { ...HEALTH, replicas: '2' }, { at: ['us.a', 'us.b'] })
      .component('service', 'b')
      .component('service', 'c')
      .connection('a', 'b', { retries: '2' })
      .flow('F', 'u', '10/s', (f) => f.step('u -> a').step('a -> b').step('a -> c', 'call', { else: true }));

  it('takes the fallback of what has failed, and retries toward it', () => {
    const t = analyse(shop().fail('b').build()).traffic;
    expect(known(t.components.get('c')?.total.average)).toBeCloseTo(10);
    expect(known(t.components.get('b')?.total.average)).toBeCloseTo(30);
    expect(known(analyse(shop().build()).traffic.components.get('c')?.total.average)).toBe(0);
  });

  it('shows what has become a single failure', () => {
    expect(ids(shop())).toEqual(['region:us']);
    expect(ids(shop().fail('b'))).toEqual(['instance:c', 'region:us']);
    expect(ids(shop().fail('us.a'))).toEqual(['instance:a@us.b', 'region:us', 'zone:us.b']);
    const lost = analyse(shop().fail('us').build());
    expect(lost.failures.singles).toEqual([]);
    expect(lost.failures.notes.map((n) => n.text)).toContain('F fails in this scenario');
  });

  it('does not take overload with all replicas up for a failure, but what a lost zone leaves too few of', () => {
    const notes = (capacity: string, fail?: string) => {
      const b = base()
        .component('database', 'db', { health: 'tcp', replicas: '3', capacity, failover: 'automatic' }, { at: ['us.a', 'us.b', 'us.c'] })
        .flow('F', 'u', '300/s', (f) => f.step('u -> db', 'read'));
      return analyse((fail ? b.fail(fail) : b).build()).failures.notes.map((n) => n.text);
    };
    // 600/s at peak: 200/s each on three, 300/s on two.
    expect(notes('100/s', 'us.c')).not.toContain('F fails in this scenario');
    expect(notes('500/s', 'us.c')).not.toContain('F fails in this scenario');
    expect(notes('300/s', 'us.c')).toContain('F fails in this scenario');
    expect(notes('300/s')).toEqual([]);
  });

  it('starts nothing where the source of the flow has failed', () => {
    const b = base()
      .component('scheduler', 'nightly')
      .component('worker', 'report', { replicas: '2' })
      .flow('F', 'nightly', '1/s', (f) => f.step('nightly -> report'));
    expect(known(analyse(b.build()).traffic.components.get('report')?.total.average)).toBe(1);
    expect(known(analyse(b.fail('nightly').build()).traffic.components.get('report')?.total.average)).toBe(0);
  });

  it('loses the instances of a failed zone', () => {
    const b = base()
      .component('service', 'a', { ...HEALTH, capacity: '40/s' }, { at: ['us.a', 'us.b'] })
      .flow('F', 'u', '10/s', (f) => f.step('u -> a'));
    expect(known(analyse(b.build()).traffic.components.get('a')?.utilization)).toBeCloseTo(0.25);
    expect(known(analyse(b.fail('us.a').build()).traffic.components.get('a')?.utilization)).toBeCloseTo(0.5);
  });
});
