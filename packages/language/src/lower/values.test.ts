import type { Quantity } from '@sysd/core';
import { check } from '@sysd/testkit';
import { describe, expect, it } from 'vitest';
import { assess } from '../assess.ts';
import { lowerText } from '../lower-text.ts';

const language = { rules: false };
const lets = (text: string) => new Map(lowerText(text).design.lets.map((l) => [l.id, l]));

describe('expressions', () => {
  it('compute with units, whatever the order of declarations', () => {
    const values = lets(`
let total = photos * photo-size + 1 MB
let photos = users.daily-active * 10%
let photo-size = 2 MB
let half = (1 + 2) ^ 2 / 2
let right = 2 ^ 3 ^ 2
let left = 10 - 4 - 3
let posts = Post
let most = max(3, ceil(2.1), 80M..120M)
client users { daily-active: 100M }
service api
flow Post from users at 10/day each { users -> api }
`);
    const value = (name: string) => values.get(name)?.value?.value;
    expect(value('total')).toBe(2e13 + 1e6);
    expect(value('half')).toBe(4.5);
    expect(value('right')).toBe(512);
    expect(value('left')).toBe(3);
    expect(value('posts')).toBeCloseTo(11_574.074, 3);
    expect(values.get('most')?.value).toMatchObject({ value: 1e8, low: 8e7, high: 1.2e8 });
    expect(values.get('total')).toMatchObject({
      text: 'photos * photo-size + 1 MB',
      inputs: [
        { name: 'photos', value: { value: 1e7 } },
        { name: 'photo-size', value: { value: 2e6 } },
      ],
    });
  });

  it('say what is wrong where it is wrong', () => {
    check(
      `
      system S
      let a = 3 MB + 2 * (4 s)
              ~~~~~~~~~~~~~~~~ unit-mismatch: a time cannot be added to an amount of data
      let b = 10 mins
              ~~~~~~~ syntax: mins is no unit: write 10 min
      let c = 10mins
              ~~~~~~ invalid-value: unknown unit "mins"; did you mean "min"?
      let d = 1 / 0
              ~~~~~ invalid-value: the result is not a finite number (division by zero, or too large)
      let e = cail(2.5)
              ~~~~~~~~~ unknown-name: there is no function cail; did you mean ceil?
      let f = followrs * 2
              ~~~~~~~~ unknown-name: nothing called followrs has a number: an expression may use a let, component.property or the name of a flow; did you mean followers?
      let followers = 200
      let g = h + 1
              ~ circular-value: h is needed to compute itself; give one of the values involved as a number
      let h = g + 1
              ~ circular-value: g is needed to compute itself; give one of the values involved as a number
      service api
      let i = api.cpu-time * 2
              ~~~~~~~~~~~~ invalid-value: api has no cpu-time, so api.cpu-time has no value
      let j = api.mode
              ~~~~~~~~ invalid-value: api has no mode, so api.mode has no value
      `,
      language,
    );
  });

  it('are compared by expect', () => {
    const { design } = check(
      `
      system S
      let images = 500 TB
      let disks = ceil(images / 20 TB)
      expect disks <= 20 "one shelf"
      ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ expectation-failed: expected disks <= 20 (one shelf), but disks is 25: not <= 20
      expect disks == 25
      expect images > 3
             ~~~~~~~~~~ unit-mismatch: images is an amount of data, 3 is a count: they cannot be compared
      expect disks
      ~~~~~~~~~~~~ invalid-value: expect compares two values: expect disks <= 3000 "why"
      `,
      language,
    );
    expect(design.expectations.map((e) => e.holds)).toEqual([false, true, undefined, undefined]);
  });
});

describe('properties', () => {
  const api = (text: string) => lowerText(text).design.components.get('api')!.properties;

  it('come from the author, else from the technology, with its source', () => {
    const bag = api('database api: postgres { port: 6000 }');
    expect(bag.get('port')).toMatchObject({ origin: { kind: 'declared' }, text: '6000' });
    expect(bag.get('max-connections')).toMatchObject({
      origin: { kind: 'technology', technology: 'postgres', source: expect.stringContaining('PostgreSQL') },
    });
  });

  it('of a technology are those of the author’s file before the library’s', () => {
    const bag = api('technology postgres: database { max-connections: 500 source "our DBA" }\ndatabase api: postgres');
    expect((bag.get('max-connections')!.value as Quantity).value).toBe(500);
    expect(bag.get('max-connections')?.origin).toMatchObject({ source: 'our DBA' });
    expect(bag.get('port')?.text).toBe('5432');
  });

  it('take lets, expressions and ranges where they take numbers', () => {
    const bag = api('let n = 3\nregion us { zones: a }\nservice api { replicas: n * 2 across us, cores: n, cpu-time: 10..20 ms }');
    expect((bag.get('replicas')!.value as { count: Quantity }).count).toMatchObject({ value: 6, text: 'n * 2' });
    expect(bag.get('cores')?.value).toMatchObject({ value: 3, text: 'n' });
    expect(bag.get('cpu-time')?.value).toMatchObject({ value: 0.015, low: 0.01, high: 0.02 });
  });

  it('that do not fit are explained with an example', () => {
    check(
      `
      system S
      service api {
        cpu-time: 10 MB
                  ~~~~~ unit-mismatch: cpu-time: 10 MB is an amount of data, but a time is due here; for example cpu-time: 10 ms
        replicas:
        ~~~~~~~~ syntax: replicas has no value yet; for example replicas: 3 across us
        replicas: 1B
        ~~~~~~~~ duplicate-name: replicas is given twice; the last one counts: remove one of them
                  ~~ unit-mismatch: replicas: B is bytes; a billion is G; did you mean 1G?
        health: htp "/x"
                ~~~ invalid-value: health: expected http "text" | command "text" | tcp, found htp; for example health: http "/healthz" every 5 s
        failover: automatik
                  ~~~~~~~~~ invalid-value: failover: expected automatic | manual | none, found automatik; did you mean automatic?
        managed: true
                 ~~~~ invalid-value: managed: expected yes | no, found true; did you mean yes?
        host: 3
              ~ invalid-value: host: expected a name, found 3; for example host: rack-7
      }
      monitor m { scrapes: api, apis }
                                ~~~~ unknown-name: nothing is called apis, but a component is due here; did you mean api?
      `,
      language,
    );
  });
});

describe('a share', () => {
  it('of more than all is taken for a percentage without its sign', () => {
    check(
      `
      system S
      client users { daily-active: 1M }
      service api { availability: 99.9, failover-success: 1.5 }
                                  ~~~~ invalid-value: availability: 99.9 is more than all: a share is due here, at most 100%; did you mean 99.9%?
                                                          ~~~ invalid-value: failover-success: 1.5 is more than all: a share is due here, at most 100%; did you mean 1.5%?
      service b
      service c
      cache hot { hit-ratio: 900 }
                             ~~~ invalid-value: hit-ratio: 900 is more than all: a share is due here, at most 100%; for example hit-ratio: 90%
      cache warm { hit-ratio: 90 + 5 }
                              ~~~~~~ invalid-value: hit-ratio: 90 + 5 is more than all: a share is due here, at most 100%; for example hit-ratio: 90%
      flow F from users at 10/day each {
        users -> api
        api -> b 80 | c 20%
                 ~~ invalid-step: a share is at most 100%: 80; did you mean 80%?
        api -> hot read 1 KB when 10
                                  ~~ invalid-step: when takes a share of at most 100%; for that share of the requests say when 10%, for more than once per request say times 10
        slo: availability >= 99.9, availability >= 100%, availability >= 250
                             ~~~~ invalid-value: availability is a share of the time, at most 100%; 99.9 is more. Did you mean 99.9%?
                                                                         ~~~ invalid-value: availability is a share of the time, at most 100%; 250 is more
      }
      `,
      { rules: false },
    );
  });

  it('is the number that the percentage says, to the last digit', () => {
    const { design } = lowerText('system S\nservice a { availability: 99.9% }\nservice b { availability: 70% }\n');
    const values = [...design.components.values()].map((c) => c.properties.get('availability')?.value);
    expect(values).toMatchObject([{ value: 0.999 }, { value: 0.7 }]);
  });
});

describe('technologies', () => {
  it('of the library are without errors, every one of their facts fits its property', () => {
    const { declarations } = lowerText('system S');
    const components = [...declarations.values()]
      .filter((d) => d.kind === 'technology')
      .flatMap((d) => (d.node as unknown as { kinds: string[] }).kinds.map((kind) => ({ kind, technology: d.name })));
    expect(components.length).toBeGreaterThan(20);
    for (const { kind, technology } of components) {
      const { design, diagnostics } = lowerText(`${kind} x: ${technology}`);
      expect(diagnostics).toEqual([]);
      const facts = design.technologies.get(technology)!;
      expect(facts.kinds).toContain(kind);
      expect(facts.library).toBe(true);
    }
  });
});

describe('what people write', () => {
  it('is told in the units and signs of the language', () => {
    check(
      `
      system S
      client users { daily-active: 1 million }
                                   ~~~~~~~~~ invalid-value: daily-active: million is no unit; did you mean 1M?
      service api { cpu-time: 5 seconds }
                              ~~~~~~~~~ invalid-value: cpu-time: seconds is no unit; did you mean 5 s?
      service web { replicas = 4 }
                    ~~~~~~~~~~ syntax: a property is said with a colon: replicas:
      database db: mongo
                   ~~~~~ unknown-name: there is no technology mongo; did you mean mongodb?
      flow F from users at 3/hr {
                           ~~~~ invalid-value: unknown unit "hr"; did you mean "h"?
        users -> api
        api -> db write 1 mb
                        ~~~~ invalid-value: mb is no unit; did you mean 1 MB?
      }
      flow G from users at 500 rps {
                           ~~~~~~~ syntax: a rate is written with a slash: write 500/s
        users -> api
        api -> db insert
                  ~~~~~~ unknown-name: insert is no operation, and db has no table or query of that name; did you mean write?
        api --> db read
        ~~~~~~~~~~ syntax: arrows are -> (waits for the answer) and ~> (does not): write api -> db
      }
      flow H from users at 20 per day {
                           ~~~~~~~~~~ syntax: a rate is written with a slash: write 20/day
        users -> api
      }
      let z = 500 rps
              ~~~~~~~ syntax: a rate is written with a slash: write 500/s
      # a comment { with a brace
      ~~~~~~~~~~~~~~~~~~~~~~~~~~ syntax: comments begin with // and go to the end of the line
      zone a # one that ends its line
             ~~~~~~~~~~~~~~~~~~~~~~~~ syntax: comments begin with // and go to the end of the line
      `,
      language,
    );
  });

  it('is told of other notations', () => {
    check(
      `
      system S
      let msgs = 40
      let size = 1,5 KB
                 ~~~~~~ syntax: a decimal point is a .: write 1.5 KB
      client users { daily-active: 2,5M, peak: 1,250x, online: 2,000,000, growth: 5, think-time: 4 s }
                                   ~~~~ invalid-value: daily-active: 2,5M is two values: a decimal point is a .; did you mean 2.5M?
                                               ~~~~~~ invalid-value: peak: a decimal point is a . and digits are not grouped; did you mean 1250x or 1.250x?
                                                               ~~~~~~~~~ invalid-value: online: 2,000,000 is two values: digits are not grouped; did you mean 2000000?
                                                                                  ~ unit-mismatch: growth: 5 is a count, but a rate (per time) is due here; for example growth: 50%/year
      service api { instances: 2, cpu: 4, RAM: 4 GB, latency: p50 1,5 ms p99 5 ms, health: http /up/healthz every 5 s }
                    ~~~~~~~~~ unknown-property: a service has no property instances; did you mean replicas?
                                  ~~~ unknown-property: a service has no property cpu; did you mean cores?
                                          ~~~ unknown-property: a service has no property RAM; did you mean memory?
                                                                  ~~~~~~ invalid-value: latency: 1,5 ms is two values: a decimal point is a .; did you mean 1.5 ms?
                                                                                           ~~~~~~~~~~~~~~~~ invalid-value: text stands in double quotes; did you mean http "/up/healthz"?
      postgres db { backup: every day }
      ~~~~~~~~ unknown-kind: postgres is a technology and no kind of component; did you mean database db: postgres?
      cache hot { ttl: 3m, weights: 5,3 }
                       ~~ invalid-value: ttl: a minute is min; did you mean 3 min?
                           ~~~~~~~ unknown-property: a cache has no property weights; a cache has replicas, nodes, min-available, max-utilization, cores, memory …
      database copied { backup: every day }
                                      ~~~ invalid-value: backup: a unit stands behind its number; did you mean 1 day?
      flow F from users at msgs/day each {
                           ~~~~~~~~ unknown-name: a unit stands behind a number: write msgs * 1/day
        users -> api 5 KB when 2,5%
                               ~~~~ syntax: a decimal point is a .: write 2.5%
        slo: p99 <= 2 hours, availability >= 99,9%
                    ~~~~~~~ invalid-value: slo: hours is no unit; did you mean 2 h?
      }
      flow G from users at 2/s {
        users -> api => lb
                 ~~~~~~~~~ syntax: arrows are -> (waits for the answer) and ~> (does not): write api -> lb
      }
      flow H from users at 2/s {
        users → api
        ~~~~~~~~~~~ syntax: arrows are -> (waits for the answer) and ~> (does not): write users -> api
      }
      `,
      language,
    );
  });

  it('does not take lists for numbers', () => {
    const { design } = check(
      `
      system S
      loadbalancer lb { algorithm: weighted weights 5,3,2 }
      `,
      language,
    );
    expect(design.components.get('lb')?.properties.get('algorithm')).toBeDefined();
  });

  it('a word behind a number keeps its meaning where it has one', () => {
    const { design } = check(
      `
      system S
      client users { daily-active: 1k }
      service api { replicas: 3 in a, rate-limit: 100/min by ip }
      zone a
      database db { table kb { row: 2 KB } }
      flow F from users at 3/day each {
        users -> api
        api -> db write kb
      }
      `,
      language,
    );
    expect(design.flows.get('F')?.hops.at(-1)?.table).toBe('db.kb');
  });
});

describe('components of which something could not be read', () => {
  const findings = (api: string) =>
    assess(
      lowerText(`system S
client users { daily-active: 1k }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
${api}
flow F from users at 1/day each { users -> lb -> api }`).design,
    ).findings.map((f) => f.rule);

  it.each([
    ['a value that is not there yet', 'service api { replicas: }'],
    ['a value that cannot be', 'service api { replicas: 2.5 }'],
    ['a property that is misspelt', 'service api { replicsa: 3 }'],
    ['a statement that is none of it', 'service api { replicas = 3 }'],
    ['a technology that there is not', 'service api: nothing { cores: 1 }'],
  ])('raise no false alarms: %s', (_, api) => {
    expect(findings(api)).toEqual([]);
  });

  it('raise them again when it can be read', () => {
    expect(findings('service api { cores: 1 }')).toEqual(['single-point-of-failure']);
  });
});

it('a chain of values may be as long as a file', () => {
  const chain = (one: (i: number) => string) => Array.from({ length: 2000 }, (_, i) => one(i)).join('\n');
  const last = (i: number, next: string) => (i < 1999 ? next : '1');
  const forwards = lowerText(chain((i) => `let a${i} = ${last(i, `a${i + 1} + 1`)}`));
  expect(forwards.diagnostics).toEqual([]);
  expect(forwards.design.lets[0]?.value?.value).toBe(2000);
  const nested = lowerText(chain((i) => `let a${i} = ${last(i, `(${`a${i + 1}${' + 1'.repeat(30)}`})`)}`));
  expect(nested.design.lets[0]?.value?.value).toBe(1999 * 30 + 1);
  const properties = lowerText(chain((i) => `service a${i} { cores: ${last(i, `a${i + 1}.cores`)} }`));
  expect(properties.diagnostics).toEqual([]);
  expect(lets(chain((i) => `let a${i} = ${i > 0 ? `a${i - 1} + 1` : '1'}`)).get('a1999')?.value?.value).toBe(2000);
});

it('a circle of values is told at each of its values, whichever is asked first', () => {
  check(`
system S
let outside = a
let a = b + c
        ~ circular-value: b is needed to compute itself; give one of the values involved as a number
let b = a * 2
        ~ circular-value: a is needed to compute itself; give one of the values involved as a number
let c = 3
let d = d
        ~ circular-value: d is needed to compute itself; give one of the values involved as a number
service api { cores: api.memory, memory: api.cores }
                     ~~~~~~~~~~ circular-value: api.memory is needed to compute itself; give one of the values involved as a number
                                         ~~~~~~~~~ circular-value: api.cores is needed to compute itself; give one of the values involved as a number
`);
});
