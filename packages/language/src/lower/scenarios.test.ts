import type { Quantity } from '@sysd/core';
import { check } from '@sysd/testkit';
import { expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const TEXT = `
system S
let followers = 200
let doubled = followers * 2
client users { peak: 3x, daily-active: 1M }
region us { zones: a }
service api { replicas: 4 in us.a }
cache c { hit-ratio: 90% }
flow F from users at 10/day each { users -> api when 10% }
scenario "Black Friday" { users.peak: users.peak * 3; followers: followers + 50; F.at: 20/day each }
scenario "Cold cache"   { c.hit-ratio: 0%, fail us.a, api 2 }
`;

it('a scenario sets properties, lets and rates, and may use what it replaces', () => {
  const base = lowerText(TEXT);
  expect(base.diagnostics).toEqual([]);
  expect(base.design.scenarios.map((s) => [s.id, s.overrides.map((o) => `${o.path}: ${o.text}`), s.fails.length])).toEqual([
    ['Black Friday', ['users.peak: users.peak * 3', 'followers: followers + 50', 'F.at: 20/day each'], 0],
    ['Cold cache', ['c.hit-ratio: 0%'], 2],
  ]);
  const { design, diagnostics } = lowerText(TEXT, { scenario: 'Black Friday' });
  expect(diagnostics).toEqual([]);
  expect(design.scenario).toBe('Black Friday');
  const peak = design.components.get('users')?.properties.get('peak');
  expect((peak!.value as Quantity).value).toBe(9);
  expect(peak?.origin).toEqual({ kind: 'scenario', scenario: 'Black Friday' });
  expect(design.lets.map((l) => l.value?.value)).toEqual([250, 500]);
  expect(design.flows.get('F')?.demand).toMatchObject({ kind: 'rate', each: true, rate: { value: 20 / 86_400 } });
  expect((base.design.components.get('users')!.properties.get('peak')!.value as Quantity).value).toBe(3);
});

it('a scenario fails places and instances', () => {
  const { design } = lowerText(TEXT, { scenario: 'Cold cache' });
  expect(design.failed.map((f) => [f.element, f.instances])).toEqual([
    ['us.a', undefined],
    ['api', 2],
  ]);
  expect((design.components.get('c')!.properties.get('hit-ratio')!.value as Quantity).value).toBe(0);
  expect(lowerText(TEXT, { scenario: 'nope' }).design).toMatchObject({ failed: [] });
});

it('what does not fit is explained', () => {
  check(
    `
    system S
    client users { peak: 3x }
    service api
    scenario "x" {
      users.peak: 3 MB
                  ~~~~ unit-mismatch: peak: 3 MB is an amount of data, but a count is due here; for example peak: 3x
      users.cores: 3
      ~~~~~~~~~~~ unknown-property: cores is no property of a client; it is one of dns, cdn, loadbalancer, gateway, service, worker, function, cache, database, search, queue, stream, blobstore, external, mesh, registry, scheduler, monitor
      userz.peak: 3
      ~~~~~ unknown-name: nothing is called userz, but a component, flow, place or table is due here; did you mean users?
      follower: 3
      ~~~~~~~~ unknown-name: nothing is called follower, but a let, component.property or FLOW.at is due here
      fail apj
           ~~~ unknown-name: nothing is called apj, but a component, region or zone is due here; did you mean api?
      fail api 2 MB
               ~~~~ invalid-value: 2 MB is no number of instances: fail api 2
      service y
      ~~~~~~~~~ misplaced-statement: a scenario sets values (users.peak: 10x) and fails things (fail us.a)
    }
    scenario "x"
             ~~~ duplicate-name: there is a scenario "x" already
    accept some-rule on apy because "x"
                        ~~~ unknown-name: nothing is called apy, but an element of the design is due here; did you mean api?
    accept some-rule on api
    ~~~~~~~~~~~~~~~~~~~~~~~ invalid-value: say why: accept some-rule on api because "reason"
    accept some-rule on users -> api because "x"
    view "v" { include: api, apx; rnk: api }
                             ~~~ unknown-name: nothing is called apx, but a component, group or flow is due here; did you mean api?
                                  ~~~ unknown-property: a view has include, exclude and rank, not rnk; did you mean rank?
    `,
    { rules: false },
  );
});

it('a scenario that sets an unknown property is an error, in its own evaluation as well', () => {
  const text = 'system X\nservice api { replicas: 2 }\nscenario "A" { api.nonsense: 10x }\n';
  expect(lowerText(text, { scenario: 'A' }).diagnostics.map((d) => d.rule)).toEqual(['unknown-property']);
});

it('a scenario sets properties of places and tables as well', () => {
  const text = `system X
region us { zones: a, b, availability: 99.9% }
database tweets: postgres { table tweet { key: id, row: 500 B, rows: 1M } }
scenario "Later" { us.availability: 99%; us.a.availability: 98%; tweets.tweet.rows: 2G }
`;
  expect(lowerText(text).diagnostics).toEqual([]);
  const { design, diagnostics } = lowerText(text, { scenario: 'Later' });
  expect(diagnostics).toEqual([]);
  expect(design.places.get('us')?.properties.get('availability')).toMatchObject({ value: { value: 0.99 }, origin: { kind: 'scenario' } });
  expect(design.places.get('us.a')?.properties.get('availability')).toMatchObject({ value: { value: 0.98 } });
  expect(design.places.get('us.b')?.properties.get('availability')).toBeUndefined();
  expect(design.components.get('tweets')?.tables[0]?.properties.get('rows')).toMatchObject({ value: { value: 2e9 } });
});

it('what cannot fail is no scenario', () => {
  check(
    `
    system S
    client users { peak: 3x }
    region us { zones: a, b }
    region eu { zones: a }
    let n = 3
    service api { replicas: n across us }
    service scaled { replicas: 2, autoscale: 2..8 at cpu 60% }
    database db { replicas: 3, shards: 4 by hash(id) }
    group cell across us, eu { service lb { replicas: 2 } }
    scenario "too many" { fail api 4, scaled 8, lb 3, lb@eu 2 }
                                   ~ invalid-value: 4 instances of api cannot fail: api has 3 instances. Without a number all of them fail
                                                   ~ invalid-value: 3 instances of lb cannot fail: lb has 2 instances of each copy. Without a number all of them fail
    scenario "of a shard" { fail db 4 }
                                    ~ invalid-value: 4 instances of db cannot fail: db has 3 instances of each shard. Without a number all of them fail
    scenario "grown" { n: 5; db.replicas: 5; fail api 5, db 5 }
    scenario "who asks" { fail users }
                               ~~~~~ invalid-value: users is a client: who asks never fails, only what is asked. Fail what users calls
    scenario "part" { fail a, b }
                           ~ unknown-name: nothing is called a, but a component, region or zone is due here; did you mean eu.a or us.a?
                              ~ unknown-name: nothing is called b, but a component, region or zone is due here; did you mean us.b?
    scenario "no copies" { fail api@us, us@a }
                                    ~~ invalid-placement: api has no copies: only what lies in a group across places has one in each of them. Fail a place (fail us), api as a whole, or some of its instances (fail api 1)
                                           ~ invalid-placement: us is a region, and only components have copies: fail us
    `,
    { rules: false },
  );
});

it('a scenario does not move zones', () => {
  const { diagnostics } = lowerText('system X\nregion us { zones: a, b }\nscenario "A" { us.zones: c }\n');
  expect(diagnostics.map((d) => [d.rule, d.message])).toEqual([
    ['invalid-value', 'a scenario does not move zones, in which things stand; it may fail one: fail us.a'],
  ]);
});

it('more may fail in a scenario than there are while another is applied, or arguments set how many', () => {
  const text = `system X
service api { replicas: 3 }
scenario "Small" { api.replicas: 1 }
scenario "Loss"  { fail api 2 }
`;
  expect(lowerText(text).diagnostics).toEqual([]);
  expect(lowerText(text, { scenario: 'Small' }).diagnostics).toEqual([]);
  expect(lowerText(text, { set: ['api.replicas=1'] }).diagnostics).toEqual([]);
  expect(lowerText(text, { set: ['api.cores=1'], fail: ['api 4'] }).diagnostics.map((d) => d.message)).toEqual([
    '4 instances of api cannot fail: api has 3 instances. Without a number all of them fail',
  ]);
});

it.each([
  ['a circle', 'F * 2 s', 'F is needed to compute itself'],
  ['no number', '"x"', 'daily-active: expected a count'],
])('a scenario that sets a value to %s is told of, where what it replaces needs that itself', (_, value, told) => {
  const text = `
system S
client users { daily-active: F * 3 s }
service api
flow F from users at 1/s each { users -> api }
scenario "S" { users.daily-active: ${value} }
`;
  const { diagnostics } = lowerText(text, { scenario: 'S' });
  expect(diagnostics.some((d) => d.message.startsWith(told))).toBe(true);
});
