import type { Flow, Quantity } from '@sysd/core';
import { check } from '@sysd/testkit';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const language = { rules: false };

const PARTS = `
client users { daily-active: 1M }
dns names
loadbalancer lb
service api
service b
service c
service d
external psp
cache l1 { hit-ratio: 90% }
cache l2 { hit-ratio: 80% }
cdn edge { hit-ratio: 95% }
database db {
  table t { row: 500 B }
  query q { from t where t.x }
}
stream log
worker w
let followers = 200
`;

function flow(steps: string, header = 'flow F from users at 10/day each'): Flow {
  const { design, diagnostics } = lowerText(`${PARTS}${header} {\n${steps}\n}`);
  expect(diagnostics.map((d) => d.message)).toEqual([]);
  return design.flows.get('F')!;
}

/** Hops as `from#stop op to#stop …`. */
function hops(f: Flow): string[] {
  const stop = (i: number) =>
    `${f.stops[i]!.component}${f.stops.slice(0, i).filter((s) => s.component === f.stops[i]!.component).length || ''}`;
  return f.hops.map((h) => `${stop(h.from)} ${h.operation} ${h.to.map((t) => stop(t.stop)).join('|')}`);
}

describe('stops', () => {
  it('hops into a component with no step from it between them enter the same stop', () => {
    expect(hops(flow('users -> api\napi -> b\napi -> c\nb -> d\nc -> d\nd -> db read t'))).toEqual([
      'users call api',
      'api call b',
      'api call c',
      'b call d',
      'c call d',
      'd read db',
    ]);
    expect(flow('users -> api\napi -> b\napi -> c\nb -> d\nc -> d\nd -> db read t').stops).toHaveLength(6);
  });

  it('a callback opens a second stop, to which later steps belong', () => {
    expect(hops(flow('users -> api -> psp\npsp ~> api\napi -> db write t'))).toEqual([
      'users call api',
      'api call psp',
      'psp call api1',
      'api1 write db',
    ]);
  });

  it('a step behind alternatives that both called d belongs to one stop of d', () => {
    const f = flow('users -> api\napi -> b 80% | c\nb -> d\nc -> d\nd -> db read t');
    expect(hops(f)[1]).toBe('api call b|c');
    expect(f.hops[1]!.to.map((t) => t.share)).toEqual([0.8, expect.closeTo(0.2)]);
    expect(f.stops.filter((s) => s.component === 'd')).toHaveLength(1);
    expect(hops(flow('users -> api -> b | c -> d'))).toEqual(['users call api', 'api call b|c', 'b call d', 'c call d']);
  });

  it('form no circle where a component calls itself', () => {
    expect(hops(flow('users -> api\napi -> api\napi -> db read t'))).toEqual(['users call api', 'api call api1', 'api1 read db']);
    expect(hops(flow('users -> b | c -> c -> db read t'))).toEqual(['users call b|c', 'b call c1', 'c call c1', 'c1 read db']);
    expect(flow(`users${' -> b | c'.repeat(50)} -> db read t`).hops).toHaveLength(1 + 49 * 2 + 2);
  });

  it('are in text order: when a hop is reached, every hop into its source has been seen', () => {
    const f = flow('users -> api -> psp\npsp ~> api\napi -> b | c\nb -> d\nc -> d\nd -> api\napi -> db read t');
    for (const hop of f.hops) for (const into of f.stops[hop.from]!.incoming) expect(into).toBeLessThan(hop.index);
  });

  it('a dns in a chain is looked up, not passed through; modifiers hold for the hops from the line’s source', () => {
    const f = flow('users -> names -> lb -> api 2 KB when 10%');
    expect(hops(f)).toEqual(['users resolve names', 'users call lb', 'lb call api']);
    expect(f.hops.map((h) => h.lookup)).toEqual([true, false, false]);
    expect(f.hops.map((h) => h.when?.value)).toEqual([0.1, 0.1, undefined]);
    expect(f.hops.map((h) => h.request?.value)).toEqual([undefined, 2000, 2000]);
  });

  it('of copies: lb@eu is that one', () => {
    const { design, diagnostics } = lowerText(`
region us
region eu
client users
group cell across us, eu { loadbalancer lb; service api }
flow F from users at 1/s {
  users -> lb@eu
  lb@eu -> api
}`);
    expect(diagnostics).toEqual([]);
    expect(design.flows.get('F')!.stops.map((s) => [s.component, s.copy])).toEqual([
      ['users', undefined],
      ['lb', 'eu'],
      ['api', undefined],
    ]);
  });
});

describe('steps', () => {
  it('have the size of the answer for a read, of the request for the others, of the table where none is given', () => {
    const sizes = (step: string) => {
      const h = flow(`users -> api\n${step}`).hops[1]!;
      return [h.request?.value, h.answer?.value];
    };
    expect(sizes('api -> db read t')).toEqual([undefined, 500]);
    expect(sizes('api -> db write t')).toEqual([500, undefined]);
    expect(sizes('api -> db read q 2 KB')).toEqual([undefined, 2000]);
    expect(sizes('api -> db read q')).toEqual([undefined, undefined]);
    expect(sizes('api -> b 8 B returns 2 KB')).toEqual([8, 2000]);
    expect(sizes('api -> b 100 B * followers')).toEqual([20_000, undefined]);
    expect(flow('users -> edge -> db read 2 MB').hops.map((h) => [h.operation, h.answer?.value])).toEqual([
      ['call', 2e6],
      ['read', 2e6],
    ]);
  });

  it('have operations that follow from the kinds', () => {
    const f = flow('users -> api\napi ~> log 1 KB\nlog ~> w\nw -> db update t times followers');
    expect(f.hops.map((h) => [h.operation, h.operationGiven, h.sync])).toEqual([
      ['call', false, true],
      ['publish', false, false],
      ['consume', false, false],
      ['update', true, true],
    ]);
    expect(f.hops[3]!.times?.value).toBe(200);
    expect(f.hops[3]!.max).toBeUndefined();
    expect(flow('users -> api\napi -> db update t times followers max 10 * followers').hops[1]!.max?.value).toBe(2000);
    expect(flow('users -> api\napi -> db update t max max(followers, 9) times min(followers, 9)').hops[1]).toMatchObject({
      times: { value: 9 },
      max: { value: 200 },
    });
  });

  it('on miss means the nearest earlier read of a cache by the same stop', () => {
    const f = flow(
      'users -> api\napi -> l1 read 1 KB\napi -> l2 read 1 KB on miss of l1\napi -> db read t on miss of l2\napi -> b on miss',
    );
    expect(f.hops.map((h) => h.miss)).toEqual([
      undefined,
      undefined,
      { cache: 'l1', read: 1 },
      { cache: 'l2', read: 2 },
      { cache: 'l2', read: 2 },
    ]);
    expect(flow('users -> edge read 2 MB\nedge -> db read t on miss').hops[1]!.miss).toEqual({ cache: 'edge' });
  });

  it('else belongs to the nearest step above from the same component, parallel steps share a number', () => {
    const f = flow('users -> api\nparallel {\n api -> b\n api -> c optional\n}\napi -> l1 read 1 KB\nelse api -> db read t\nelse api -> d');
    expect(f.hops.map((h) => [h.parallel, h.optional, h.fallbackOf])).toEqual([
      [undefined, false, undefined],
      [0, false, undefined],
      [0, true, undefined],
      [undefined, false, undefined],
      [undefined, false, 3],
      [undefined, false, 4],
    ]);
  });

  it('else is also the fallback of a step inside of a chain', () => {
    const f = flow('users -> api\napi -> l1 read 1 KB\nusers -> lb -> api -> db read t\nelse api -> d');
    expect(hops(f).slice(-2)).toEqual(['api1 read db', 'api1 call d']);
    expect(f.hops.at(-1)!.fallbackOf).toBe(4);
    expect(flow('users -> names -> lb\nelse users -> api').hops.at(-1)!.fallbackOf).toBe(1);
  });

  it('take the size of alternatives behind any of them', () => {
    expect(flow('users -> api\napi -> db read t | c').hops[1]).toMatchObject({ table: 'db.t', answer: { value: 500 } });
    expect(flow('users -> api -> b 8 B returns 2 KB | c').hops.map((h) => [h.request?.value, h.answer?.value])).toEqual([
      [8, 2000],
      [8, 2000],
    ]);
  });

  it('carry the consistency that they require', () => {
    expect(flow('requires: strong\nusers -> api -> db read t requires eventual').hops.map((h) => h.requires)).toEqual([
      'eventual',
      'eventual',
    ]);
    expect(flow('requires: strong\nusers -> api').requires).toBe('strong');
  });

  it('that do not fit are explained', () => {
    check(
      `
      system S
      client users
      service api
      database db { table tweet }
      database db2 { table tweet }
      queue q
      cache c
      let n = 3 MB
      flow F from users at 10/s {
        api -> db read
        ~~~ flow-source: nothing reaches api above this line: first a step into it, then its own steps
        users -> api
        api -> db
               ~~ invalid-step: db is a database: say what the step does there, read, write or update
        api -> db call
                  ~~~~ invalid-step: db is a database: say what the call does, read, write or update
        api -> q read
                 ~~~~ invalid-step: one publishes to a queue: read is not said of q
        api -> db publish
                  ~~~~~~~ invalid-step: publish is for queues and streams: db is a database
        api -> db read twet
                       ~~~~ unknown-name: db has no table or query twet; did you mean tweet?
        api -> db read 10% when n times -3
                                        ~~ syntax: no number is negative here: -3 is less than nothing
        api -> db read 10% when n
                       ~~~ unit-mismatch: 10% is a count, but a size is due here, such as 2 KB; for a share of the requests say when 10%, for repetitions times 5
                                ~ unit-mismatch: when takes a share, such as 10%; n is an amount of data
        api -> db read when 150%
                            ~~~~ invalid-step: when takes a share of at most 100%; for more than once per request say times 150%
        api -> db read times 200 max 30
                                     ~~ invalid-step: max 30 is less than times 200: the largest of some numbers is no less than their average
        api -> db read 2 KB max 30
                            ~~~~~~ invalid-step: max is the largest number of repetitions; rates need their average too: times 200 max 30
        api -> db read times 2 max 3 max 4
                                     ~~~~~ invalid-step: this modifier is given twice in the step
        api -> db read times 2 max n
                                   ~ unit-mismatch: max takes a number, such as 200; n is an amount of data
        api -> db read on miss
                       ~~~~~~~ invalid-step: on miss of what? api reads no cache above: add a step such as api -> CACHE read
        api -> db 70% | c 20% read
        ~~~~~~~~~~~~~~~~~~~~~~~~~~ invalid-step: the shares of the alternatives sum to 90%, not to 100%
        api -> db read 2 KB | c write
                                ~~~~~ invalid-step: alternatives are one step, here read: write needs a step of its own, with when and its share
        api -> db read 2 KB | c 3 KB
                              ~~~~~~ invalid-step: alternatives are one step with one size: for another size write a step of its own, with when and its share
        api -> db read tweet | db2 read tweet
                               ~~~~~~~~~~~~~~ invalid-step: alternatives are one step with one table or query, here db.tweet: db2.tweet needs a step of its own, with when and its share
        else users -> db read
        else db -> c read
             ~~ invalid-step: else is the fallback of the step above from the same component, but db has none
        api -> c read requires srtong
                               ~~~~~~ invalid-value: a step requires strong, read-your-writes, eventual; found srtong; did you mean strong?
      }
      `.replace('~~~~~~~~~~~~~~~~~~~~~~~~~~ invalid-step: the shares', '    ~~~~~~~~~~~~~~~~~~~~~~ invalid-step: the shares'),
      language,
    );
  });
});

it('a second visit without steps is hinted at', () => {
  const { diagnostics } = lowerText(`${PARTS}flow F from users at 1/s {\nusers -> api -> psp\npsp ~> api\n}`);
  expect(diagnostics.map((d) => [d.severity, d.message.split(' and ')[0]])).toEqual([['hint', 'api is reached a second time here']]);
});

describe('rates', () => {
  const demand = (header: string) =>
    lowerText(`${PARTS}flow Base from users at 5/s { users -> api }\n${header} { users -> api }`).design.flows.get('F')?.demand;

  it('are per user with each, total without, or follow another flow', () => {
    expect(demand('flow F from users at 10/day each')).toMatchObject({
      kind: 'rate',
      each: true,
      rate: { value: 10 / 86_400, text: '10/day' },
    });
    expect(demand('flow F from users at 2 * 5/s')).toMatchObject({ kind: 'rate', each: false, rate: { value: 10 } });
    expect(demand('flow F from users at Base * 97%')).toMatchObject({ kind: 'flow', flow: 'Base', factor: 0.97, text: 'Base * 97%' });
    expect(demand('flow F from users at Base')).toMatchObject({ kind: 'flow', factor: 1 });
    expect(demand('flow F from users')).toBeUndefined();
  });

  it('that are none are explained', () => {
    check(
      `
      system S
      client users
      service api
      flow A from users at 10 { users -> api }
                           ~~ unit-mismatch: 10 is a count, but a rate is due here, such as 10/s or 10/day
      flow B from users at A + 3 { users -> api }
                           ~~~~~ invalid-value: a flow follows another as in A * 97%: only multiples of its rate make sense
      flow G from users at H { users -> api }
                           ~ circular-value: the rate of G follows from itself (G → H → G); give one of them a rate of its own, such as at 10/s
      flow H from users at G * 50% { users -> api }
                           ~~~~~~~ circular-value: the rate of H follows from itself (H → G → H); give one of them a rate of its own, such as at 10/s
      flow C at 3/s { users -> api }
           ~ flow-source: the flow C does not say where it starts: flow C from users at 10/day each { … }
      flow D from usrs at 3/s { users -> api }
                  ~~~~ unknown-name: nothing is called usrs, but a component where the flow starts is due here; did you mean users?
      flow E from users at 3/s {
        slo: availability >= 99.9%, p99 <= 20, completion p99 <= 5 s
                                           ~~ unit-mismatch: p99 is a time such as 200 ms; 20 is a count
        slo: rto <= 15 min, rpo <= 1 min, rpo <= 5
                                                 ~ unit-mismatch: rpo is a time such as 1 min; 5 is a count
        slo: rto >= 15 min, completion rpo <= 1 min
                    ~~~~~~ invalid-value: rto is a time at most: write rto <= 15 min
                                              ~~~~~ invalid-value: rpo is of the flow as a whole, its answer and what goes on after it: write rpo <= 1 min, without completion
        slo: p99 >= 200ms
                    ~~~~~ invalid-value: p99 is a time at most: write p99 <= 200ms
        users -> api
      }
      `,
      language,
    );
  });
});

describe('connections', () => {
  it('come from statements and steps alike', () => {
    const { design } = check(
      `
      system S
      client users
      service api
      service b
      api -> b { timeout: 200 ms, retries: 2 }
      api -> b { pool: 3 }
      ~~~~~~~~~~~~~~~~~~~~ duplicate-name: the connection api -> b is described already; put all of it into one place
      b ~> api
      flow F from users at 1/s { users -> api -> b }
      `,
      language,
    );
    const all = [...design.connections.values()];
    expect(all.map((c) => [c.id, c.declared, c.sync, c.uses.length])).toEqual([
      ['api->b', true, true, 1],
      ['b->api', true, false, 0],
      ['users->api', false, true, 1],
    ]);
    expect((all[0]!.properties.get('timeout')!.value as Quantity).value).toBe(0.2);
  });
});
