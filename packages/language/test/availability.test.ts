import { availabilityOf, componentEffectsOf, effectsOf } from '@sysd/analysis';
import { type Availability, type FlowAvailability, isFigure, known } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../src/index.ts';

const lowered = (text: string, fail: readonly string[] = []) => {
  const { design, diagnostics } = lowerText(`system S\nclient u { daily-active: 86400, peak: 1x }\n${text}`, { fail });
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return design;
};
const availability = (text: string): Availability => availabilityOf(lowered(text));
const first = (text: string): FlowAvailability => availability(text).flows[0] as FlowAvailability;
const up = (flow: FlowAvailability): number => {
  if (!isFigure(flow.availability)) throw new Error(flow.availability.notEstimated);
  return flow.availability.value;
};
const alone = (flow: FlowAvailability) => flow.singles.map((e) => e.id);

const choose = (n: number, k: number): number => Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);

describe('published composites, from text', () => {
  // Microsoft, "Business metrics" of the Azure Well-Architected Framework: a web app of 99.95 % before a database of 99.99 %; a queue
  // of 99.9 % as the fallback of the database.
  it('two services one after the other: 99.95 % × 99.99 % = 99.940005 %', () => {
    const flow = first(`
service app { managed: yes, availability: 99.95% }
database db { managed: yes, availability: 99.99% }
flow F from u at 1/day each {
  u -> app
  app -> db read
  slo: availability >= 99.95%
}`);
    expect(up(flow)).toBeCloseTo(0.99940005, 14);
    expect(alone(flow)).toEqual(['managed:app', 'managed:db']);
    expect(isFigure(flow.downtime) && flow.downtime.value).toBeCloseTo(5.9995e-4 * 365 * 86_400, 6);
    const [objective] = flow.objectives;
    expect(objective?.verdict).toBe('missed');
    expect(isFigure(objective?.used) && objective.used.value).toBeCloseTo(5.9995e-4 / 5e-4, 9);
    expect(objective?.allowed.value).toBeCloseTo(0.0005 * 365 * 86_400, 6);
    expect(flow.importance.map((i) => [i.event.element, i.birnbaum])).toEqual([
      ['app', expect.closeTo(0.9999, 13)],
      ['db', expect.closeTo(0.9995, 13)],
    ]);
  });

  it('a database of 99.99 % with a queue of 99.9 % to fall back on: 99.99999 %', () => {
    const flow = first(`
service app { managed: yes, availability: 100% }
database db { managed: yes, availability: 99.99% }
queue later { managed: yes, availability: 99.9% }
flow F from u at 1/day each {
  u -> app
  app -> db write 1 KB
  else app -> later publish 1 KB
}`);
    expect(up(flow)).toBeCloseTo(0.9999999, 14);
    expect(flow.pairs).toMatchObject([{ first: { id: 'managed:db' }, second: { id: 'managed:later' }, same: false }]);
  });

  it.each([
    [3, 2],
    [5, 3],
  ])('a quorum of %i of which %i must be up: the binomial', (n, k) => {
    const flow = first(`
registry r { replicas: ${n}, quorum: majority, availability: 99% }
service app { managed: yes, availability: 100% }
flow F from u at 1/day each {
  u -> app
  app -> r
}`);
    const least = n - k + 1;
    const due = Array.from({ length: n - least + 1 }, (_, i) => choose(n, least + i) * 0.01 ** (least + i) * 0.99 ** (n - least - i));
    const sum = due.reduce((a, b) => a + b, 0);
    expect(isFigure(flow.unavailability) && flow.unavailability.value / sum).toBeCloseTo(1, 12);
    expect(alone(flow)).toEqual(['managed:app']);
    expect(flow.cutSets).toMatchObject({ ofOrder: [0, 1, ...[2, 3].map((order) => (order === least ? choose(n, order) : 0))] });
  });
});

describe('what the load makes indispensable', () => {
  // One instance sustains 1 / 10 ms × 1 core = 100/s, 70 of them at the 70 % up to which it is planned.
  const servers = (rate: number) =>
    first(`
loadbalancer lb { managed: yes, availability: 100% }
service api { replicas: 6, cores: 1, cpu-time: 10 ms, max-utilization: 70%, health: tcp, availability: 99% }
flow F from u at ${rate}/s {
  u -> lb -> api
}`);

  it('six servers of which the peak needs five: none alone', () => {
    const flow = servers(350);
    expect(alone(flow)).toEqual(['managed:lb']);
    expect(flow.pairs).toMatchObject([{ first: { id: 'instance:api' }, second: { id: 'instance:api' }, same: true }]);
    expect(1 - up(flow)).toBeCloseTo(1 - (0.99 ** 6 + 6 * 0.01 * 0.99 ** 5), 12);
  });

  it('six servers of which it needs six: every one of them', () => {
    const flow = servers(420);
    expect(alone(flow)).toEqual(['managed:lb', 'instance:api']);
    expect(up(flow)).toBeCloseTo(0.99 ** 6, 12);
    expect(flow.importance[0]).toMatchObject({ count: 6, event: { id: 'instance:api' } });
  });

  it('a cache of 90 % hits before a database that is sized for the other 10 % carries load', () => {
    const text = (capacity: number) => `
service app { managed: yes, availability: 100% }
cache c { managed: yes, hit-ratio: 90%, availability: 99.9% }
database db { replicas: 1, capacity: ${capacity}/s, max-utilization: 70%, availability: 99.99% }
flow F from u at 100/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
}`;
    expect(alone(first(text(20)))).toEqual(['managed:app', 'managed:c', 'instance:db']);
    expect(up(first(text(20)))).toBeCloseTo(0.999 * 0.9999, 13);
    expect(alone(first(text(200)))).toEqual(['managed:app', 'instance:db']);
    expect(up(first(text(200)))).toBeCloseTo(0.9999, 13);
  });
});

describe('load that shifts', () => {
  // One instance carries 100/s, 70 at the 70 % up to which it is planned.
  const each = 'cores: 1, cpu-time: 10 ms, max-utilization: 70%, health: tcp';
  /** What is said with that failed, of a design that is said to be available so much. */
  const state = (text: string, ...fail: string[]) => effectsOf(lowered(text, fail))[0]?.state;

  const cells = (rate: number, places = 'us, eu') => `
region us { availability: 99.9% }
region eu { availability: 99.9% }
region ap { availability: 99.9% }
dns names { managed: yes, availability: 100% }
group cell across ${places} {
  service api { replicas: 2, ${each}, availability: 100% }
}
flow F from u at ${rate}/s {
  u -> names -> api
  slo: availability >= 99.95%
}`;

  it('two regions that are both needed at peak: either fails the flow alone, as --fail says', () => {
    // 140/s is what one region of two instances carries.
    expect(up(first(cells(140)))).toBeCloseTo(1 - 0.001 ** 2, 13);
    expect(first(cells(140)).objectives[0]?.verdict).toBe('met');
    expect(state(cells(140), 'eu')).toBe('degraded');
    const both = first(cells(150));
    expect(up(both)).toBeCloseTo(0.999 ** 2, 13);
    expect(alone(both)).toEqual(['managed:names', 'region:us', 'region:eu']);
    expect(both.objectives[0]?.verdict).toBe('missed');
    expect(state(cells(150), 'eu')).toBe('overloaded');
  });

  it('three regions of which the peak needs two: any two that fail', () => {
    const flow = first(cells(250, 'us, eu, ap'));
    expect(alone(flow)).toEqual(['managed:names']);
    expect(1 - up(flow)).toBeCloseTo(3 * 0.001 ** 2 * 0.999 + 0.001 ** 3, 14);
    expect(state(cells(250, 'us, eu, ap'), 'us')).toBe('degraded');
    expect(state(cells(250, 'us, eu, ap'), 'us', 'ap')).toBe('overloaded');
  });

  it('a region that still carries the peak of two, but with no instance to spare', () => {
    // 110/s: in one region both of its instances; spread over two, one of two each.
    const { pairs } = first(cells(110).replace('health: tcp, availability: 100%', 'health: tcp, availability: 99%'));
    const ids = 'notEstimated' in pairs ? [] : pairs.map((p) => `${p.first.id} + ${p.second.id}`);
    expect(ids).toContain('instance:api@us + region:eu');
    expect(ids).not.toContain('instance:api@us + instance:api@us');
  });

  it('alternatives that are both needed at peak: either alone', () => {
    const text = (rate: number) => `
service app { managed: yes, availability: 100% }
service a { replicas: 1, ${each}, availability: 99% }
service b { replicas: 1, ${each}, availability: 98% }
flow F from u at ${rate}/s {
  u -> app
  app -> a | b
}`;
    expect(up(first(text(70)))).toBeCloseTo(1 - 0.01 * 0.02, 13);
    expect(up(first(text(71)))).toBeCloseTo(0.99 * 0.98, 13);
    expect(state(text(70), 'a')).toBe('degraded');
    expect(state(text(71), 'a')).toBe('overloaded');
  });

  it('a fallback that cannot carry what it is to take over is none', () => {
    const text = (rate: number) => `
service app { managed: yes, availability: 100% }
service a { replicas: 3, ${each}, min-available: 3, availability: 99% }
service b { replicas: 1, ${each}, availability: 98% }
flow F from u at ${rate}/s {
  u -> app
  app -> a
  else app -> b
}`;
    const a = 1 - 0.99 ** 3;
    expect(up(first(text(70)))).toBeCloseTo(1 - a * 0.02, 13);
    expect(up(first(text(71)))).toBeCloseTo(1 - a, 13);
    expect(state(text(71), 'a 1')).toBe('overloaded');
  });

  it('a cache of 90 % hits before two replicas that carry all reads together: the cache with one of them', () => {
    const text = `
service app { managed: yes, availability: 100% }
cache c { managed: yes, hit-ratio: 90%, availability: 99.9% }
database db { replicas: 2, quorum: 1, reads: any, capacity: 100/s, max-utilization: 70%, availability: 99% }
flow F from u at 100/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
}`;
    const flow = first(text);
    expect(alone(flow)).toEqual(['managed:app']);
    // Both replicas, or the cache and one of them.
    expect(1 - up(flow)).toBeCloseTo(0.01 ** 2 + 2 * 0.01 * 0.99 * 0.001, 14);
    expect(state(text, 'c')).toBe('degraded');
    expect(state(text, 'c', 'db 1')).toBe('overloaded');
  });

  it('another flow that does not read the cache, but the database behind it', () => {
    const text = `
service app { managed: yes, availability: 100% }
cache c { managed: yes, hit-ratio: 90%, availability: 99.9% }
database db { replicas: 1, capacity: 100/s, max-utilization: 70%, availability: 99% }
flow F from u at 10/s {
  u -> db read 1 KB
}
flow G from u at 100/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
}`;
    expect(up(first(text))).toBeCloseTo(0.99 * 0.999, 13);
    expect(state(text, 'c')).toBe('overloaded');
  });
});

it('what cannot carry its peak with everything up is not said to meet its objective', () => {
  const text = (rate: number, rest = '') => `
service app { managed: yes, availability: 99.99% }
service api { replicas: 2, cores: 1, cpu-time: 10 ms, max-utilization: 70%, health: tcp, availability: 99.9% }
flow F from u at ${rate}/s {
  u -> app
  app -> api ${rest}
  slo: availability >= 99.9%
}`;
  const verdict = (of: string) => first(of).objectives.map((o) => o.verdict);
  expect(verdict(text(70))).toEqual(['met']);
  expect(verdict(text(150))).toEqual(['not-estimated']);
  expect(first(text(150)).objectives[0]?.used).toEqual({
    notEstimated: 'api runs at 75 % of its capacity at peak, above its max-utilization of 70 %',
  });
  // The flow can do without it.
  expect(verdict(text(150, 'optional'))).toEqual(['met']);
});

it('what users who think fill is not judged by what the peak needs', () => {
  // 200 users who think 1 s ask two machines of 100/s each for all that they serve.
  const flow = first(`
client people { online: 200, think-time: 1 s }
service api { replicas: 2, cores: 1, cpu-time: 10 ms, health: tcp, availability: 99% }
flow F from people {
  people -> api
  slo: availability >= 99.9%
}`);
  expect(flow.overCapacity).toEqual([]);
  expect(flow.objectives.map((o) => o.verdict)).toEqual(['met']);
  expect(up(flow)).toBeCloseTo(1 - 0.01 ** 2, 12);
});

it('two regions that share one authentication service in region 1: it and region 1 fail them alone', () => {
  const flow = first(`
region one { availability: 99.9% }
region two { availability: 99.9% }
dns names { managed: yes, availability: 100% }
service auth { replicas: 1 in one, availability: 99.5% }
group cell across one, two {
  loadbalancer lb { replicas: 1, health: tcp, availability: 99% }
  service api     { replicas: 2, health: tcp, availability: 99% }
}
flow F from u at 1/day each {
  u -> names -> lb -> api
  api -> auth
}`);
  expect(alone(flow).sort()).toEqual(['instance:auth@one', 'managed:names', 'region:one']);
  // Region one up and auth up; then cell one, or cell two in its region.
  const cell = 0.99 * (1 - 0.01 ** 2);
  expect(up(flow)).toBeCloseTo(0.999 * 0.995 * (1 - (1 - cell) * (1 - 0.999 * cell)), 12);
});

describe('copies to which requests are pinned', () => {
  const cells = (pinned: string) => `
region one { availability: 99% }
region two { availability: 98% }
dns names { managed: yes, availability: 100% }
service front { managed: yes, availability: 100% }
group cell across one, two { ${pinned}
  service api { replicas: 1, health: tcp, availability: 100% }
  service db-proxy { replicas: 1, health: tcp, availability: 100% }
}
flow F from u at 1/day each {
  u -> names -> front
  front -> api
  front -> db-proxy
}`;
  it('a request belongs to the same copy wherever it asks the stamp', () => {
    // Half of the requests in each, drawn once: two draws would ask both of the copies in half of the requests.
    expect(up(first(cells('\n  pinned: yes')))).toBeCloseTo((0.99 + 0.98) / 2, 13);
    expect(up(first(cells('')))).toBeCloseTo(1 - 0.01 * 0.02, 13);
  });
});

describe('what is not known is said', () => {
  const text = (rest: string) => `
service app { managed: yes, availability: 99% }
service other { managed: yes }
flow F from u at 1/day each {
  u -> app
  app -> other
  ${rest}
}`;
  it('names every event without availability, and what the rest leaves', () => {
    const flow = first(text(''));
    expect(flow.availability).toEqual({ notEstimated: 'other has no availability' });
    expect(flow.unknown).toMatchObject([{ event: { id: 'managed:other' }, reason: 'other has no availability' }]);
    expect(flow.between).toMatchObject({ low: { value: 0 }, high: { value: expect.closeTo(0.99, 13) } });
  });

  it('misses an objective that even a perfect rest does not reach', () => {
    expect(first(text('slo: availability >= 99.5%')).objectives[0]?.verdict).toBe('missed');
    expect(first(text('slo: availability >= 98%')).objectives[0]?.verdict).toBe('not-estimated');
  });

  it('an objective that is met exactly is met', () => {
    const exact = first(`
service app { managed: yes, availability: 99.95% }
flow F from u at 1/day each {
  u -> app
  slo: availability >= 99.95%
}`);
    expect(exact.objectives[0]?.verdict).toBe('met');
  });
});

describe('completion', () => {
  it('is told where something goes on after the answer, with its own objective', () => {
    const { flows } = availability(`
service app { managed: yes, availability: 99.9% }
queue q { managed: yes, availability: 99.99% }
worker w { replicas: 1, availability: 99% }
flow F from u at 1/day each {
  u -> app
  app ~> q publish 1 KB
  q ~> w
  slo: availability >= 99.5%, completion availability >= 99.5%
}`);
    expect(flows.map((f) => [f.completion, f.objectives.map((o) => o.verdict)])).toEqual([
      [false, ['met']],
      [true, ['missed']],
    ]);
    expect(up(flows[0] as FlowAvailability)).toBeCloseTo(0.999 * 0.9999, 13);
    expect(up(flows[1] as FlowAvailability)).toBeCloseTo(0.999 * 0.9999 * 0.99, 13);
  });
});

it('hundreds of instances are exact, too', () => {
  const flow = first(`
region us { zones: a, b, c, availability: 100%, zone-availability: 99% }
loadbalancer lb { managed: yes, availability: 100% }
service api { replicas: 300 across us, min-available: 195, health: tcp, availability: 99% }
flow F from u at 1/day each {
  u -> lb -> api
}`);
  // No zone, one or two down; of the rest 105, 5 or none may be.
  const tail = (n: number, least: number) => {
    let p = 0;
    for (let k = n; k >= least; k--) p += choose(n, k) * 0.01 ** k * 0.99 ** (n - k);
    return p;
  };
  const due = 0.99 ** 3 * tail(300, 106) + 3 * 0.01 * 0.99 ** 2 * tail(200, 6) + 3 * 0.01 ** 2 * 0.99 + 0.01 ** 3;
  expect(isFigure(flow.unavailability) && flow.unavailability.value / due).toBeCloseTo(1, 9);
});

describe('--fail', () => {
  const shop = `
region us { zones: a, b, availability: 99.99%, zone-availability: 99.9% }
loadbalancer lb { managed: yes, availability: 99.99% }
service api { replicas: 4 across us, cores: 1, cpu-time: 10 ms, max-utilization: 70%, health: tcp }
service stock { replicas: 1 in us.a }
service guess { replicas: 1 in us.b }
queue mails { managed: yes }
worker mailer { replicas: 1 in us.a }
flow Browse from u at 100/s {
  u -> lb -> api
}
flow Buy from u at 1/s {
  u -> lb -> api
  api -> stock
  else api -> guess
  api ~> mails publish 1 KB
  mails ~> mailer
}
flow Count from u at 1/s {
  u -> stock
}`;
  const states = (fail: readonly string[], text = shop) =>
    effectsOf(lowered(text, fail)).map(
      (e) => `${e.flow}${e.completion ? ' completion' : ''}: ${e.state}: ${e.reasons.map((r) => r.text).join('; ')}`,
    );

  it('says what fails, what is overloaded and what goes on', () => {
    expect(states(['us.a'])).toEqual([
      'Browse: degraded: 2 of 4 instances of api are down',
      'Buy: degraded: api → stock fails: the fallback api → guess is taken; 2 of 4 instances of api are down',
      'Buy completion: fails: the instance of mailer is down',
      'Count: fails: the instance of stock is down',
    ]);
    expect(states(['api 3'])[0]).toMatch(/^Browse: overloaded: .*3 of 4 instances of api are down, and 2 are needed/);
    expect(states(['guess'])).toEqual([
      'Browse: unaffected: ',
      'Buy: degraded: guess is down',
      'Buy completion: degraded: guess is down',
      'Count: unaffected: ',
    ]);
    expect(states(['us'])[0]).toBe('Browse: fails: 4 of 4 instances of api are down');
    expect(states([])).toEqual([]);
  });

  it('goes round what has failed: alternatives, caches, optional steps, what nobody waits for, copies', () => {
    const detours = `
region one { }
region two { }
dns names { managed: yes }
service app { managed: yes }
cache c { managed: yes, hit-ratio: 90% }
database db { managed: yes }
service x { managed: yes }
service y { managed: yes }
service ads { managed: yes }
service log { managed: yes }
group cell across one, two {
  pinned: yes
  service home { replicas: 1, health: tcp }
}
flow F from u at 1/s {
  u -> names -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
  app -> x | y
  app -> ads optional
  app ~> log
  app -> home
}`;
    const of = (fail: string) => states([fail], detours)[0];
    expect(of('c')).toBe('F: degraded: c is down: every read of it is a miss');
    expect(of('x')).toBe('F: degraded: x fails: y takes its requests');
    expect(of('ads')).toBe('F: degraded: app → ads fails: the step is left out');
    expect(of('log')).toBe('F: degraded: app → log fails: what it hands over is lost or waits');
    expect(of('one')).toBe(
      'F: degraded: the 50 % of the requests that belong to a failed copy of cell fail; 1 of 2 instances of home is down',
    );
    expect(of('db')).toBe('F: fails: db is down');
  });

  it('says which share of the requests fails', () => {
    const photos = `
region eu { }
region us { }
service app { managed: yes }
cache c { managed: yes, hit-ratio: 90% }
database db { managed: yes }
blobstore media { managed: yes }
database keys { shards: 8 by hash(id), replicas: 2, replication: async, failover: manual }
service plain { replicas: 4 }
group cell across eu, us {
  pinned: yes
  service home { replicas: 1 }
}
flow Read from u at 1/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
  app -> media read 1 KB when 20%
}
flow Write from u at 1/s {
  u -> app
  app -> keys write 1 KB
}
flow Home from u at 1/s {
  u -> home
}
flow Plain from u at 1/s {
  u -> plain
}`;
    const failing = (fail: readonly string[]) =>
      effectsOf(lowered(photos, fail)).map((e) => (e.share && !isFigure(e.share) ? e.share.notEstimated : known(e.share)));
    // A miss in ten; one in five with a photo; of both the more, as they may be the same requests.
    expect(failing(['db'])[0]).toBeCloseTo(0.1, 12);
    expect(failing(['media'])[0]).toBeCloseTo(0.2, 12);
    expect(failing(['db', 'media'])[0]).toBeCloseTo(0.2, 12);
    // Without the cache every read is a miss.
    expect(failing(['db', 'c'])[0]).toBe(1);
    expect(failing(['c'])[0]).toBeUndefined();
    expect(failing(['app']).slice(0, 2)).toEqual([1, 1]);
    // Half of the requests belong to the copy in eu.
    expect(failing(['eu'])[2]).toBe(0.5);
    expect(failing(['home@us'])[2]).toBe(0.5);
    expect(failing(['eu', 'us'])[2]).toBe(1);
    expect(failing(['keys'])[1]).toBe(1);
    expect(failing(['keys 1'])[1]).toBe('on which of the 8 shards of keys the failed instances lie is not said');
    // Nobody notices the dead instance, which goes on getting a quarter of the requests.
    expect(failing(['plain 1'])[3]).toBe(0.25);
  });

  it('says once that every instance is down, whatever their roles', () => {
    const store = `
database db { replicas: 3, replication: async, failover: automatic }
flow F from u at 1/s {
  u -> db write 1 KB
}`;
    expect(states(['db'], store)).toEqual(['F: fails: 3 of 3 instances of db are down']);
    expect(states(['db 1'], store)).toEqual(['F: degraded: 1 of 3 instances of db is down']);
    const manual = store.replace('automatic', 'manual');
    expect(states(['db 1'], manual)).toEqual(['F: fails: the primary of db is down']);
  });

  it('says why, from what is down up to the flow', () => {
    const chain = (fail: readonly string[], flow: string) =>
      effectsOf(lowered(shop, fail))
        .find((e) => e.flow === flow && !e.completion)
        ?.chain.map((link) => `${link.element}: ${link.text}`);
    expect(chain(['us'], 'Browse')).toEqual([
      'us: region us is down',
      'api: 4 of 4 instances of api are down',
      'lb->api: lb calls api and waits for the answer',
      'u->lb: u calls lb and waits for the answer',
      'Browse: Browse fails',
    ]);
    expect(chain(['stock'], 'Count')).toEqual([
      'stock: the instance of stock is down',
      'u->stock: u calls stock and waits for the answer',
      'Count: Count fails',
    ]);
    expect(chain(['us.a'], 'Browse')).toEqual([]);
  });

  it('says what it makes of components', () => {
    const of = (fail: readonly string[]) =>
      componentEffectsOf(lowered(shop, fail)).map((e) => [e.component, e.lost, e.total, known(e.overload?.utilization)]);
    expect(of([])).toEqual([]);
    expect(of(['us.a'])).toEqual([
      ['api', 2, 4, undefined],
      ['stock', 1, 1, undefined],
      ['mailer', 1, 1, undefined],
    ]);
    // 101 requests a second of 10 ms each on the one core that is left.
    expect(of(['api 3'])).toEqual([['api', 3, 4, 1.01]]);
  });

  it('is the same as a scenario that fails it', () => {
    const design = lowered(shop, ['us.a', 'api 1']);
    const scenario = lowerText(`system S\nclient u { daily-active: 86400, peak: 1x }\n${shop}\nscenario "x" { fail us.a, api 1 }\n`, {
      scenario: 'x',
    }).design;
    const plain = (d: typeof design) => d.failed.map(({ span: _span, ...rest }) => rest);
    expect(plain(design)).toEqual(plain(scenario));
    expect(availabilityOf(design).flows.map((f) => f.unavailability)).toEqual(availabilityOf(scenario).flows.map((f) => f.unavailability));
  });

  it.each([
    ['us.aa', 'did you mean us.a?'],
    ['api 0', 'no number of instances'],
    ['us 2', 'only of a component'],
    ['lb@us', 'lb has no copies'],
    ['api } flow X from u {', 'names nothing that can fail'],
    ['api\nfail stock', 'names nothing that can fail'],
    ['', 'names nothing that can fail'],
    ['Buy', 'is a flow'],
  ])('%j is an error: %s', (fail, says) => {
    const { design, diagnostics } = lowerText(`system S\nclient u\n${shop}`, { fail: [fail] });
    expect(diagnostics.map((d) => `${d.span.block.uri}: ${d.message}`).join('\n')).toContain(says);
    expect(diagnostics[0]?.span.block.uri).toBe(`--fail ${fail}`);
    expect(design.failed).toEqual([]);
  });
});
