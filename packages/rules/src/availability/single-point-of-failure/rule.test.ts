import { absolute } from '@sysd/core';
import { assess, lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { checkFixes, testRule } from '../../../test/test-rule.ts';
import { RULES } from '../../registry.ts';
import { singlePointOfFailure } from './rule.ts';

testRule(singlePointOfFailure);

const points = (text: string) => examine(text).findings.filter((f) => f.rule === 'single-point-of-failure');
const summary = (text: string) => points(text).map((f) => `${f.severity} ${f.element}: ${f.affects?.join(', ')}`);

/** The text under the finding on an element. */
function shownAt(text: string, element: string): string | undefined {
  const finding = points(text).find((f) => f.element === element);
  const at = finding && absolute(finding.span);
  return at && text.slice(at.start, at.end);
}

const voters = (replicas: string) => `system Votes
zone a
zone b
zone c
client users { daily-active: 1M }
registry voters: etcd { replicas: ${replicas} }
flow Vote from users at 1/day each {
  users -> voters
}
`;

const design = (more: string, steps: string, slo = '') => `system Shop
client users { daily-active: 1M }
region us { availability: 99.99%, zones: a, b, c, zone-availability: 99.9% }
loadbalancer lb: haproxy { replicas: 2 across us, mode: active-passive, failover: automatic }
service api { replicas: 3 across us, health: http "/healthz" every 5 s }
${more}
flow Order from users at 1/day each {
  users -> lb -> api
  ${steps}
  ${slo}
}
`;

describe('with something failed already', () => {
  const failing = (fail: string) => {
    const { design: lowered } = lowerText(design('', ''), { fail: [fail] });
    return assess(lowered).findings.filter((f) => f.rule === 'single-point-of-failure');
  };

  it('speaks of what is left', () => {
    expect(failing('lb 1').map((f) => f.message.split(' is a ')[0])).toEqual(['The instance of lb that is left']);
    expect(failing('api 2').map((f) => f.message.split(' is a ')[0])).toEqual(['The instance of api that is left']);
  });

  it('counts what is down then, not what the next failure takes with it', () => {
    const [zone] = failing('api 1').filter((f) => f.element?.startsWith('us.'));
    expect(zone).toBeUndefined();
    const spread = design('', '').replace('replicas: 3 across us, health', 'replicas: 6 across us, min-available: 3, health');
    const { design: lowered } = lowerText(spread, { fail: ['us.a'] });
    const found = assess(lowered).findings.find((f) => f.element === 'us.b');
    expect(found?.message).toContain('with zone us.b 4 of the 6 instances of api are down, and 3 of them must be up (min-available: 3)');
  });
});

describe('zones', () => {
  it('reports the zone with two of three voters, and none where each has one', () => {
    expect(summary(voters('3 in a, a, b'))).toEqual(['error a: Vote']);
    expect(summary(voters('3 in a, b, c'))).toEqual([]);
  });

  it('shows it at the placement, and its fix spreads the voters', () => {
    const text = voters('3 in a, a, b');
    expect(shownAt(text, 'a')).toBe('3 in a, a, b');
    expect(fixed(text, points(text)[0])).toContain('replicas: 3 across a, b, c');
  });

  it('tells a single instance once: not again as its zone and its region', () => {
    expect(summary(design('service pricing { replicas: 1 in us.a, health: http "/" }', 'api -> pricing'))).toEqual([
      'error pricing: Order',
    ]);
  });

  it('still tells the zone that also takes two of three voters', () => {
    const more = 'service pricing { replicas: 1 in us.a, health: http "/" }\nregistry names: etcd { replicas: 3 in us.a, us.a, us.b }';
    expect(summary(design(more, 'api -> names -> pricing'))).toEqual(['error pricing: Order', 'error us.a: Order']);
    expect(shownAt(design(more, 'api -> names -> pricing'), 'us.a')).toBe('3 in us.a, us.a, us.b');
  });
});

describe('what is not worth a word', () => {
  it('the only region, unless an objective is beyond it', () => {
    expect(summary(design('', '', 'slo: availability >= 99.9%'))).toEqual([]);
    expect(summary(design('', '', 'slo: availability >= 99.999%'))).toEqual(['warning us: Order']);
  });

  it('the only region, unless the author accepts it', () => {
    const found = points(`${design('', '')}\naccept single-point-of-failure on us because "decision 7"\n`);
    expect(found.map((f) => f.accepted)).toEqual(['decision 7']);
  });

  it('a managed store, unless it promises less than the flow', () => {
    const s3 = (slo: string) => summary(design('blobstore media: s3', 'api -> media write 1 MB', slo));
    expect(s3('slo: availability >= 99.9%')).toEqual([]);
    expect(s3('slo: availability >= 99.95%')).toEqual(['warning media: Order']);
  });
});

describe('flows', () => {
  it('says which share of the requests is hit', () => {
    const [finding] = points(design('service tax', 'api -> tax when 10%'));
    expect(finding?.message).toContain('when it fails, 10 % of the requests of Order fail');
  });

  it('lists all flows of one event in one finding, with the chain', () => {
    const text = `${design('service tax', 'api -> tax')}
flow Browse from users at 20/day each {
  users -> lb -> api
  api -> tax
}
`;
    const found = points(text);
    expect(found.map((f) => f.affects)).toEqual([['Order', 'Browse']]);
    expect(found[0]?.related?.map((r) => r.message).join('\n')).toContain('api calls tax');
  });

  it('drops optional steps, and what lies behind a queue is the completion', () => {
    expect(summary(design('service tax', 'api -> tax optional'))).toEqual([]);
    const more = 'queue jobs: rabbitmq { replicas: 3 across us }\nworker mailer { cpu-time: 5 ms }';
    expect(summary(design(more, 'api ~> jobs publish 1 KB\n  jobs ~> mailer'))).toEqual(['warning mailer: Order']);
  });

  it('a fallback takes over', () => {
    const more = 'service tax { health: http "/" }\nservice flat { health: http "/" }';
    expect(summary(design(more, 'api -> tax\n  else api -> flat'))).toEqual([]);
  });
});

describe('one fault, one finding', () => {
  it('replicas without a health check are missing-health-check', () => {
    const found = examine(`system S
client users { daily-active: 1k }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 3 }
flow F from users at 1/day each {
  users -> lb -> api
}
`).findings;
    expect(found.map((f) => f.rule)).toEqual(['missing-health-check']);
  });
});

describe('words', () => {
  const said = (more: string, steps: string, element: string) => {
    const finding = points(design(more, steps)).find((f) => f.element === element);
    return { message: finding?.message ?? '', titles: finding?.fixes?.map((f) => f.title) ?? [] };
  };

  it('replicas of which nobody tells whether they are alive need a health check, not a spare', () => {
    const keys = said('service keys { replicas: 2 }', 'api -> keys', 'keys');
    expect(keys.message).toMatch(/Say how one can tell that it is alive: health: http "\/healthz" every 5 s\.$/);
    expect(keys.titles).toEqual(['Check the health of keys']);
  });

  it('a primary with standbys has no other primary; it does have other instances', () => {
    const db = said('database db: postgres { replicas: 2 across us, failover: manual }', 'api -> db write 1 KB', 'db');
    expect(db.message).toContain('(db has no other primary)');
  });

  it('the only standby that answers reads is one, not each of the replicas', () => {
    const db = said('database db: postgres { replicas: 2, failover: automatic, reads: replicas }', 'api -> db read 1 KB', 'db');
    expect(db.message).toMatch(/^The only standby of db is a single point of failure/);
    expect(db.titles).toEqual(['Run 3 replicas of db']);
    const three = said('database db: postgres { replicas: 3, failover: automatic, reads: replicas }', 'api -> db read 1 KB', 'db');
    expect(three.message).toBe('');
  });

  it('where the reads need the primary and every standby, each of them is one and failover does not help', () => {
    const store = 'database db: postgres { replicas: 3, failover: automatic, capacity: 1000/s for read, 1000/s for write }';
    const db = said(store, 'api -> db read 1 KB times 86', 'db');
    expect(db.message).toMatch(/^Each of the 3 replicas of db is a single point of failure/);
    expect(db.message).toMatch(/Add a spare\.$/);
    expect(db.titles).toEqual(['Run 4 replicas of db']);
  });

  it('a cache that carries load: what cannot do without it, and how much that is', () => {
    const text = `system Cached
client u { peak: 1x }
service app { managed: yes }
cache c { replicas: 1, hit-ratio: 90% }
database db { managed: yes, capacity: 20/s }
flow F from u at 100/s {
  u -> app
  app -> c read 1 KB
  app -> db read 1 KB on miss
}
`;
    const [cache] = points(text);
    expect(cache?.element).toBe('c');
    expect(cache?.message).toContain(
      'c is optional on paper, but db cannot carry the load without it: 100/s instead of 10/s, 500 % of its capacity against a max-utilization of 70 %',
    );
    expect(summary(text.replace('20/s', '200/s'))).toEqual([]);
  });

  const servers = (rate: number) => `system Tight
client u { peak: 1x }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 6, cores: 1, cpu-time: 10 ms, health: http "/healthz" every 5 s }
flow F from u at ${rate}/s {
  u -> lb -> api
}
`;
  it('six servers of which the peak needs five are enough; of which it needs six, there is no spare', () => {
    expect(summary(servers(350))).toEqual([]);
    const [api] = points(servers(420));
    expect(api?.message).toMatch(/^Each of the 6 replicas of api is needed, 0 spare at peak: without it the others would run at 84 %/);
    expect(api?.fixes?.map((f) => f.title)).toEqual(['Run 7 replicas of api']);
    const over = points(servers(420).replace('replicas: 6', 'replicas: 6, max-utilization: 95%').replace('420', '560'));
    expect(over[0]?.message).toContain('There is 0 spare at peak: add one.');
  });

  it('redundancy whose branches all need the same is illusory: copies, alternatives, a fallback', () => {
    const cells = (auth: string) => `system Cells
client u { peak: 1x }
region us { zones: a, b }
region eu { zones: a, b }
dns names { managed: yes }
service auth { ${auth}, health: tcp }
loadbalancer front: haproxy { replicas: 2 in us.a, us.b, mode: active-passive, failover: automatic }
group cell across us, eu {
  loadbalancer lb: haproxy { replicas: 2 across zones, mode: active-passive, failover: automatic }
  service api { replicas: 3 across zones, health: tcp }
}
flow F from u at 1/s {
  u -> names -> lb -> api
  api -> auth
}
`;
    const one = points(cells('replicas: 1 in us.a'));
    expect(one.map((f) => f.element)).toEqual(['auth']);
    expect(one[0]?.message).toContain('us and eu both need auth: their redundancy is illusory.');
    const region = points(cells('replicas: 2 across us, failover: automatic').replace(/loadbalancer front.*\n/, ''));
    expect(region.map((f) => f.element)).toEqual(['us']);
    expect(region[0]?.message).toContain(
      'us and eu both need auth: their redundancy is illusory. Run auth in each of them, or let them do without.',
    );
    const more = 'service tax { health: tcp }\nservice flat { health: tcp }\nservice rates';
    const shared = (steps: string) => points(design(more, steps)).find((f) => f.element === 'rates')?.message;
    expect(shared('api -> tax | flat\n  tax -> rates\n  flat -> rates')).toContain(
      'tax and flat both need rates: their redundancy is illusory.',
    );
    expect(shared('api -> tax\n  else api -> flat\n  tax -> rates\n  flat -> rates')).toContain(
      'api → tax and api → flat both need rates: their redundancy is illusory.',
    );
    expect(shared('api -> rates')).not.toContain('illusory');
  });

  it('regions of which the peak needs both', () => {
    const cells = (rate: number, more = '') => `system Two
client u { peak: 1x }
region us
region eu
dns names { managed: yes }
group cell across us, eu {
  service api { replicas: 2, cores: 1, cpu-time: 10 ms, health: tcp${more} }
}
flow F from u at ${rate}/s {
  u -> names -> api
}
`;
    expect(summary(cells(140))).toEqual([]);
    const both = points(cells(150));
    expect(both.map((f) => `${f.severity} ${f.element}`).sort()).toEqual(['warning eu', 'warning us']);
    expect(both.find((f) => f.element === 'eu')?.message).toContain(
      'The peak needs us and eu at once, 0 spare: without eu, api cannot carry it. Add instances of api, so that the others carry the peak.',
    );
    // An autoscaler replaces what is lost.
    expect(summary(cells(150).replace('replicas: 2', 'autoscale: 2..8 at cpu 60%'))).toEqual([]);
    // What copies share is what stands outside of them, or under them.
    const [host] = points(cells(140, ', host: rack-1'));
    expect(host?.message).toContain('us and eu both need host rack-1: their redundancy is illusory.');
  });

  it('a region does not lack instances where what it stops is something that all need', () => {
    // Three of api carry 150/s alone, so it is db, which stands in eu only.
    const [eu, ...more] = points(`system Two
client u { peak: 1x }
region us
region eu
dns names { managed: yes }
group cell across us, eu {
  service api { replicas: 3, cores: 1, cpu-time: 10 ms, health: tcp }
}
database db: postgres { replicas: 3 in eu, eu, eu, failover: automatic, backup: every 1 day }
api -> db { pool: 5 }
flow F from u at 150/s {
  u -> names -> api
  api -> db read 1 KB
}
`).filter((f) => f.element === 'eu');
    expect(more).toEqual([]);
    expect(eu?.message).toContain('us and eu both need db: their redundancy is illusory. Run db in each of them');
  });

  it('a single store has no other instance', () => {
    expect(said('database db: postgres', 'api -> db write 1 KB', 'db').message).toContain('(db has no other instance)');
  });
});

describe('fixes', () => {
  const cases: [string, string][] = [
    ['one load balancer, placed', design('', '').replace('2 across us, mode: active-passive, failover: automatic', '1 across us')],
    [
      'one service in one zone',
      design(
        'service tax { replicas: 1 in us.a }\nloadbalancer inner: haproxy { replicas: 2 across us, mode: active-passive, failover: automatic }',
        'api -> inner -> tax',
      ),
    ],
    [
      'a postgres with failover by hand',
      design('database db: postgres { replicas: 2 across us, failover: manual }', 'api -> db write 1 KB'),
    ],
    ['a single cassandra', design('database db: cassandra', 'api -> db write 1 KB')],
    ['a single mongodb', design('database db: mongodb', 'api -> db write 1 KB')],
    ['a single rabbitmq', design('queue q: rabbitmq\nworker w { replicas: 3 across us }', 'api ~> q publish 1 KB\n  q ~> w')],
    ['a single kafka', design('stream q: kafka\nworker w { replicas: 3 across us }', 'api ~> q publish 1 KB\n  q ~> w')],
    ['a strong read of a single postgres', design('database db: postgres', 'api -> db read 1 KB requires: strong')],
    ['all in one zone', design('database db: postgres { replicas: 3 in us.a, failover: automatic }', 'api -> db write 1 KB')],
    [
      'two at peak, two there',
      design('', '').replace('replicas: 3 across us, health', 'replicas: 2 across us, cores: 4, cpu-time: 170 ms, health'),
    ],
  ];
  for (const [title, text] of cases) {
    it(title, () => {
      expect(points(text).length).toBeGreaterThan(0);
      expect(RULES.flatMap((rule) => checkFixes(rule, { title, text })).length).toBeGreaterThan(0);
    });
  }
});

it.each([
  ['queue x: rabbitmq', 'api ~> x publish 1 KB', 'Run 3 of them: a majority of 3 goes on when one fails, of two it does not.'],
  ['database x: cassandra { write-quorum: majority }', 'api -> x write 1 KB', 'Run 3 of them: a majority of 3 goes on'],
  ['registry x: etcd', 'api -> x read 1 KB', 'Run 3 of them: a majority of 3 goes on'],
  ['database x: postgres', 'api -> x write 1 KB', 'Run 3 of them, and let somebody notice and switch over.'],
  ['service x { cores: 1, cpu-time: 50 ms, max-utilization: 90% }', 'api -> x', 'and let somebody notice and switch over.'],
  ['loadbalancer x: haproxy', 'api -> x', 'Run a second one, and let somebody notice and switch over.'],
])('says of one of %s to run as many as its fix does', (declaration, step, said) => {
  const finding = points(design(declaration, step)).find((f) => f.element === 'x');
  expect(finding?.message).toContain(said);
  const count = /Run (\d+|a second)/.exec(finding?.message ?? '')?.[1]?.replace('a second', '2');
  expect(finding?.fixes?.[0]?.title).toBe(`Run ${count} replicas of x`);
});
