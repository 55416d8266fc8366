// What components can hold beside their work for the CPU, from the text of designs. Numbers are published or worked by hand.
import { analyse } from '@sysd/analysis';
import { type Backlog, type ComponentLimits, type Design, type Estimate, isFigure, known } from '@sysd/core';
import { lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';

function limitsOf(text: string): (id: string) => ComponentLimits {
  const lowered = lowerText(`system S\nclient u { peak: 1x }\n${text}`);
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const { limits } = analyse(lowered.design as Design);
  return (id) => limits.get(id) as ComponentLimits;
}

const reason = (estimate: Estimate | undefined): string | undefined =>
  estimate && !isFigure(estimate) ? estimate.notEstimated : undefined;

describe('connections', () => {
  const shop = (more: { api?: string; db?: string; pool?: string; op?: string; latency?: string }) =>
    limitsOf(`
service api { replicas: 40${more.api ?? ''} }
database db: postgres { latency: ${more.latency ?? '20 ms'}${more.db ?? ''} }
api -> db { ${more.pool ?? 'pool: 20'} }
flow F from u at 4000/s {
  u -> api
  api -> db ${more.op ?? 'write'} 1 KB
}`)('db').connections;

  it('HikariCP wiki, About Pool Sizing: a server of 4 cores with one disk works best with 9 connections', () => {
    expect(known(shop({})?.best)).toBe(9);
  });

  it('counts instances × pool against max-connections', () => {
    const db = shop({});
    expect(known(db?.held)).toBe(800);
    expect(known(db?.limit)).toBe(100);
    expect(known(shop({ api: ', autoscale: 10..60 at cpu 70%', db: '' })?.held)).toBe(1200);
    expect(reason(shop({ pool: 'timeout: 1 s' })?.held)).toBe('api → db has no pool');
  });

  it('keeps a pool to each shard, spreads one that only reads, and all of one that writes is at the primary', () => {
    const sharded = ', shards: 4 by hash(id)';
    expect(known(shop({ db: sharded })?.held)).toBe(800);
    expect(known(shop({ db: ', replicas: 2', op: 'read' })?.held)).toBe(400);
    expect(known(shop({ db: ', replicas: 3, reads: replicas', op: 'read' })?.held)).toBe(400);
    expect(known(shop({ db: ', replicas: 2, reads: primary', op: 'read' })?.held)).toBe(800);
    expect(known(shop({ db: ', replicas: 2' })?.held)).toBe(800);
  });

  it('has as many busy as requests arrive in the time of an answer', () => {
    // 100/s at each instance × 20 ms.
    expect(known(shop({})?.callers[0]?.busy)).toBeCloseTo(2, 12);
    expect(known(shop({ db: ', shards: 4 by hash(id)' })?.callers[0]?.busy)).toBeCloseTo(0.5, 12);
    expect(known(shop({ db: ', shards: 4 by hash(id), skew: 2x' })?.callers[0]?.busy)).toBeCloseTo(1, 12);
    // σ = ln 10 ÷ 2.3263 = 0.98979; 2 ms × e^(σ²/2) = 3.2641 ms.
    expect(known(shop({ latency: 'p50 2 ms p99 20 ms' })?.callers[0]?.hold)).toBeCloseTo(0.0032641, 7);
    expect(reason(limitsOf('service a\ndatabase d\na -> d { pool: 3 }')('d').connections?.callers[0]?.busy)).toContain(
      'no flow uses a → d',
    );
  });

  it('sees the pool of a pooler, not those of its callers', () => {
    const of = limitsOf(`
service api { replicas: 40 }
loadbalancer pooler: pgbouncer { replicas: 2 }
database db: postgres
api -> pooler { pool: 20 }
pooler -> db { pool: 30 }
flow F from u at 4000/s {
  u -> api -> pooler -> db write 1 KB
}`);
    expect(known(of('db').connections?.held)).toBe(60);
    expect(known(of('pooler').connections?.held)).toBe(400);
    expect(reason(of('pooler').connections?.callers[0]?.hold)).toBe('pooler keeps its callers waiting for db');
  });

  it('moves to the servers that are left', () => {
    const text = `system S
zone a
zone b
zone c
client u { peak: 1x }
service api { replicas: 30 }
database db: postgres { replicas: 3 across a, b, c, failover: automatic, bandwidth: 1 Gbps }
api -> db { pool: 6 }
flow F from u at 4000/s {
  u -> api
  api -> db read 9 KB
}
scenario "one zone" { fail a }`;
    const normal = analyse(lowerText(text).design as Design).limits.get('db');
    const less = analyse(lowerText(text, { scenario: 'one zone' }).design as Design).limits.get('db');
    expect([known(normal?.connections?.held), known(less?.connections?.held)]).toEqual([60, 90]);
    expect([known(normal?.network?.out), known(less?.network?.out)]).toEqual([12e6, 18e6]);
  });

  it('counts the callers of one copy of a stamp, and the even part of those outside', () => {
    const of = limitsOf(`
region eu
region us
service outside { replicas: 10 }
group cell across eu, us {
  service api { replicas: 6 }
  database db: postgres
}
api -> db { pool: 5 }
outside -> db { pool: 4 }
flow F from u at 10/s {
  u -> outside -> db write 1 KB
}`);
    expect(of('db').connections?.callers.map((c) => [c.caller, known(c.held)])).toEqual([
      ['api', 30],
      ['outside', 20],
    ]);
  });
});

it('leaves out what is declared with a kind that there is not', () => {
  const { design } = lowerText(`system S
widget w
service a
stream s: kafka
w -> s { pool: 3 }
w -> a { pool: 3 }
s -> w
`);
  const { limits } = analyse(design as Design);
  expect(limits.get('a')?.connections).toBeUndefined();
  expect(limits.get('s')?.backlogs).toEqual([]);
});

describe('partitions', () => {
  const topic = (stream: string, consumers: string) =>
    limitsOf(`
service api
stream s: kafka { ${stream} }
worker w { ${consumers}, cores: 1, cpu-time: 1 s / 3 }
flow F from u at 20/s {
  u -> api
  api ~> s publish 1 MB
  s ~> w
}`)('s').partitions;

  it("Jun Rao's formula: 20 MB/s at 5 MB/s from producers and 3 MB/s to a consumer need 7 partitions", () => {
    const s = topic('partitions: 4, partition-capacity: 5 MB/s', 'replicas: 7');
    expect(known(s?.forProducers)).toBe(4);
    expect(known(s?.groups[0]?.partitions)).toBe(7);
    expect(known(s?.needed)).toBe(7);
  });

  it('takes the scarcer of messages and bytes', () => {
    expect(known(topic('partition-capacity: 2/s, 10 MB/s', 'replicas: 1')?.forProducers)).toBe(10);
    expect(known(topic('partition-capacity: 1000/s, 1 MB/s', 'replicas: 1')?.forProducers)).toBe(20);
  });

  it('puts workers of one group together', () => {
    const { partitions } = limitsOf(`
stream s: kafka { partitions: 8 }
worker a { replicas: 4, group: g }
worker b { replicas: 6, group: g }
worker c { replicas: 3 }
flow F from s at 20/s {
  s ~> a 50% | b 50%
  s ~> c
}`)('s');
    expect(partitions?.groups.map((g) => [g.name, known(g.instances), known(g.rate)])).toEqual([
      ['g', 10, 40],
      ['c', 3, 40],
    ]);
  });

  it('counts messages once that several of a group are said to get', () => {
    const { partitions } = limitsOf(`
service p
stream s: kafka { partitions: 8 }
worker a { replicas: 4, group: g }
worker b { replicas: 6, group: g }
flow F from p at 20/s {
  p ~> s publish 1 KB
  s ~> a
  s ~> b
}`)('s');
    expect(partitions?.groups.map((g) => [g.name, known(g.rate)])).toEqual([['g', 40]]);
  });
});

describe('disks', () => {
  const store = (disk: string, tables: string) =>
    limitsOf(`
service api
database db { replicas: 2, disk: ${disk}
  ${tables}
}
flow F from u at 1000/s {
  u -> api
  api -> db write a
}`)('db').disk;
  // 1000/s of 1 KB are 86.4 GB a day.

  it('compares what is kept on a machine with 80 % of its disk', () => {
    const disk = store('1 TB', 'table a { row: 1 KB, retention: 5 day }');
    expect(known(disk?.used)).toBeCloseTo(432e9, -3);
    expect(known(disk?.usable)).toBeCloseTo(800e9, -3);
    expect(known(disk?.utilization)).toBeCloseTo(0.54, 10);
    expect(disk?.fullIn).toBeUndefined();
    expect(known(disk?.endless)).toBe(0);
  });

  it('says when a disk is full, from what is in stock on', () => {
    const days = (disk: string, tables: string) => (known(store(disk, tables)?.fullIn) as number) / 86_400;
    expect(days('1 TB', 'table a { row: 1 KB }')).toBeCloseTo(800 / 86.4, 10);
    expect(days('1 TB', 'table a { row: 1 KB, retention: 30 day }')).toBeCloseTo(800 / 86.4, 10);
    expect(days('1 TB', 'table a { row: 1 KB }\n  table b { row: 1 KB, rows: 368M }')).toBeCloseTo(5, 10);
    expect(days('100 GB', 'table a { row: 1 KB }\n  table b { row: 1 KB, rows: 368M }')).toBe(0);
    expect(known(store('1 TB', 'table a { row: 1 KB }')?.endless)).toBeCloseTo(2 * 86.4e9, -3);
  });

  it('counts what has a retention only until it is reached', () => {
    const disk = limitsOf(`
service api
database db { disk: 1 TB
  table a { row: 1 KB, retention: 2 day }
  table b { row: 1 KB }
}
flow F from u at 1000/s {
  u -> api
  api -> db write a
  api -> db write b when 10%
}`)('db').disk;
    // a: 172.8 GB, reached after 2 days; b has then 17.28 of 800 GB and gains 8.64 GB a day.
    expect((known(disk?.fullIn) as number) / 86_400).toBeCloseTo((800 - 172.8) / 8.64, 9);
  });

  it('spreads shards over machines, and reference tables over none', () => {
    const { disk } = limitsOf(`
service api
database db { shards: 4 by hash(id), replicas: 3, disk: 1 TB
  table a { row: 1 KB, shard-key: id, retention: 10 day }
  table ref { row: 1 KB, rows: 100M }
}
flow F from u at 1000/s {
  u -> api
  api -> db write a
}`)('db');
    expect(known(disk?.used)).toBeCloseTo(864e9 / 4 + 100e9, -3);
  });
});

describe('caches', () => {
  const cache = (properties: string, read = '1 KB', table = 'rows: 1G') =>
    limitsOf(`
service api
cache c: redis { ttl: 1000 s, hit-ratio: 90%, memory: 1 GB${properties} }
database db { table product { row: 1 KB, ${table} } }
flow F from u at 10000/s {
  u -> api
  api -> c read ${read}
  api -> db read product on miss
}`)('c').workingSet;

  it('holds what its misses bring in the time to live', () => {
    // 1000 misses/s × 1000 s × 1 KB.
    expect(known(cache('')?.held)).toBeCloseTo(1e9, -2);
    expect(known(cache('')?.utilization)).toBeCloseTo(1, 10);
    expect(known(cache(', shards: 4 by hash(id), replicas: 2')?.held)).toBeCloseTo(0.25e9, -2);
    expect(known(cache('', '1 KB', 'rows: 10k')?.held)).toBeCloseTo(10e6, -2);
    expect(reason(cache('')?.hitRatio)).toBe('c has no popularity');
  });

  it('fills at peak with a time to live of up to an hour, else on average', () => {
    const pages = (ttl: string, clients: string, flows: string) =>
      limitsOf(`
${clients}
service web
cache c { ttl: ${ttl}, hit-ratio: 90% }
database db
${flows}`)('c').workingSet;
    const look = (name: string, client: string) => `flow ${name} from ${client} at 1000/s {
  ${client} -> web
  web -> c read 1 KB
  web -> db read 1 KB on miss
}`;
    const one = (ttl: string) => pages(ttl, 'client busy { peak: 3x }', look('A', 'busy'));
    // 100 misses/s on average, 300 at peak.
    expect([known(one('1 h')?.held), one('1 h')?.filledAt]).toEqual([expect.closeTo(300 * 3600 * 1e3, -2), 'peak']);
    expect([known(one('61 min')?.held), one('61 min')?.filledAt]).toEqual([expect.closeTo(100 * 3660 * 1e3, -2), 'average']);
    // Peaks that do not fall together are not added: each client runs half the day, at 200 misses/s.
    const halves = 'client day { schedule: 0 h..12 h }\nclient night { schedule: 12 h..24 h }'.replaceAll('client', 'scheduler');
    const both = pages('1 min', halves, `${look('A', 'day')}\n${look('B', 'night')}`);
    expect(known(both?.held)).toBeCloseTo(200 * 60 * 1e3, -2);
  });

  it('what flows write counts instead, where they do', () => {
    const { workingSet } = limitsOf(`
service api
cache c: redis { ttl: 1000 s, hit-ratio: 90% }
database db
flow F from u at 1000/s {
  u -> api
  api -> c write 100 B times 2
  api -> c read 1 KB
  api -> db read 1 KB on miss
}`)('c');
    expect(known(workingSet?.held)).toBeCloseTo(200e6, -2);
  });

  it('an in-process cache is held by each instance', () => {
    const { workingSet } = limitsOf(`
service api { replicas: 10 }
cache c { ttl: 100 s, hit-ratio: 50%, level: in-process of api, memory: 10 MB }
database db { table t { row: 1 KB, rows: 20k } }
flow F from u at 1000/s {
  u -> api
  api -> c read 1 KB
  api -> db read t on miss
}`)('c');
    // 50 misses/s at each of ten × 100 s = 5,000 entries.
    expect(known(workingSet?.held)).toBeCloseTo(5e6, -1);
  });

  it("the hit ratio that the memory buys: all alike, the part that fits; Zipf's law, Che's approximation", () => {
    expect(known(cache(', popularity: zipf 0', '1 KB', 'rows: 4M')?.hitRatio)).toBeCloseTo(0.25, 3);
    expect(known(cache(', popularity: zipf 1', '1 KB', 'rows: 1M')?.hitRatio)).toBe(1);
    const uneven = known(cache(', popularity: zipf 1', '1 KB', 'rows: 4M')?.hitRatio) as number;
    // A cache of the most popular quarter would have H(1M) ÷ H(4M) = 14.393 ÷ 15.779 = 91.2 %; LRU is a little below.
    expect(uneven).toBeLessThan(0.912);
    expect(uneven).toBeGreaterThan(0.85);
  });
});

describe('network', () => {
  it('a read goes to one copy, a write to all', () => {
    // Without a primary: 3 machines; 900/s of requests of 1 KB are 0.3 MB/s for each.
    const of = (operation: string) =>
      known(
        limitsOf(`
service api
database c: cassandra { replicas: 3, bandwidth: 1 Gbps }
flow F from u at 900/s {
  u -> api
  api -> c ${operation}
}`)('c').network?.in,
      );
    expect(of('read 1 KB returns 1 KB')).toBeCloseTo(0.3e6, 3);
    expect(of('write 1 KB')).toBeCloseTo(0.9e6, 3);
  });

  it('shares bytes over instances as requests', () => {
    const of = limitsOf(`
service api { replicas: 4, bandwidth: 1 Gbps }
database db { replicas: 2 }
flow F from u at 1000/s {
  u -> api 1 KB returns 100 KB
  api -> db read 8 B returns 10 KB
}`);
    // In: 1 KB and 10 KB; out: 100 KB and 8 B.
    expect(known(of('api').network?.in)).toBeCloseTo((1000 * 11e3) / 4, 3);
    expect(known(of('api').network?.out)).toBeCloseTo((1000 * 100_008) / 4, 3);
    expect(known(of('api').network?.utilization)).toBeCloseTo((1000 * 100_008) / 4 / 125e6, 10);
    expect(reason(of('db').network?.utilization)).toBe('db has no bandwidth');
  });

  it('a primary sends what is written on to each standby; the machines of a broker share that', () => {
    const of = limitsOf(`
service api
database db { replicas: 3, failover: automatic, shards: 2 by hash(id) }
stream s: kafka { replicas: 3, nodes: 6 }
worker w
flow F from u at 1000/s {
  u -> api
  api -> db write 1 KB
  api -> db read 9 KB
  api ~> s publish 6 KB
  s ~> w
}`);
    expect(known(of('db').network?.in)).toBeCloseTo(0.5e6, 3);
    expect(known(of('db').network?.out)).toBeCloseTo(9e6 / 2 / 3 + 2 * 0.5e6, 3);
    expect(known(of('s').network?.in)).toBeCloseTo(3e6, 3);
    expect(known(of('s').network?.out)).toBeCloseTo(1e6 + 2e6, 3);
    expect(known(of('s').network?.utilization)).toBeCloseTo(3 / 50, 10);
    const written = limitsOf('database db { replicas: 3 }\nservice api\nflow F from u at 1000/s {\n  u -> api\n  api -> db write 1 KB\n}');
    expect(known(written('db').network?.out)).toBeCloseTo(2e6, 3);
  });
});

describe('backlogs', () => {
  const queue = (worker: string, length = '', cpuTime = '10 ms') =>
    limitsOf(`
service api
queue q { ${length} }
worker w { cores: 1, cpu-time: ${cpuTime}${worker} }
flow F from u at 80/s {
  u -> api
  api ~> q publish 1 KB
  q ~> w
}`)('q').backlogs[0] as Backlog;

  it('80/s at a capacity of 100/s: ten minutes of outage take 40 minutes to work off', () => {
    const { waiting, drain, overflow } = queue('');
    expect(known(waiting)).toBeCloseTo(48_000, 6);
    expect((known(drain) as number) / 60).toBeCloseTo(40, 9);
    expect(overflow).toBeUndefined();
    expect((known(queue(', replicas: 2').drain) as number) / 60).toBeCloseTo(80 / 12, 9);
    expect((known(queue(', autoscale: 1..4 at cpu 70%').drain) as number) / 60).toBeCloseTo(800 / 320, 9);
  });

  it('says when the queue is full, in messages or bytes', () => {
    expect(known(queue('', 'max-length: 96k').overflow)).toBeCloseTo(1200, 9);
    expect(known(queue('', 'max-length: 8 MB').overflow)).toBeCloseTo(100, 9);
  });

  it('refuses as much as an M/M/c/K queue loses: 50/s, 4 servers of 10/s, 6 places (octave-queueing 1.2.7, qsmmmk)', () => {
    const { backlogs } = limitsOf(`
service api
queue q { max-length: 2 }
worker w { replicas: 4, cores: 1, cpu-time: 100 ms }
flow F from u at 50/s {
  u -> api
  api ~> q publish 1 KB
  q ~> w
}`)('q');
    expect(known(backlogs[0]?.refused)).toBeCloseTo(0.293543, 5);
    expect(known(queue('', 'max-length: 96k').refused)).toBe(0);
    expect(known(queue('', 'max-length: 96k', '20 ms').refused)).toBeCloseTo(3 / 8, 12);
    expect(queue('').refused).toBeUndefined();
  });

  it('never drains where there is nothing to spare, and does not know what nobody says', () => {
    expect(reason(queue('', '', '12.5 ms').drain)).toBe('q never drains: w has no capacity to spare at peak');
    expect(reason(limitsOf('queue q\nworker w\nflow F from q at 1/s {\n  q ~> w\n}')('q').backlogs[0]?.drain)).toBe(
      'w has no cpu-time and no capacity',
    );
  });

  it('leaves the consumer its other work, and a stream no more consumers than partitions', () => {
    const of = limitsOf(`
queue q
stream s { partitions: 2 }
worker w { replicas: 4, cores: 1, cpu-time: 10 ms }
worker x { replicas: 4, cores: 1, cpu-time: 10 ms }
flow A from q at 100/s {
  q ~> w
}
flow B from u at 20/s {
  u -> w
}
flow C from s at 20/s {
  s ~> x
}`);
    expect(known(of('q').backlogs[0]?.capacity)).toBeCloseTo(400 - 20, 9);
    expect(known(of('s').backlogs[0]?.capacity)).toBeCloseTo(200, 9);
  });
});
