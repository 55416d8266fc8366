import { latencyOf } from '@sysd/analysis';
import { type Estimate, type FlowLatency, isFigure } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { lowerText } from '../src/index.ts';

const latencies = (
  text: string,
  options: { readonly scenario?: string; readonly fail?: readonly string[] } = {},
): readonly FlowLatency[] => {
  const { design, diagnostics } = lowerText(`system S\nclient u { daily-active: 86400, peak: 1x }\n${text}`, options);
  expect(diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  return latencyOf(design).flows;
};
/** Of services whose time does not vary, 0.25 ms apart unless they stand somewhere. */
const answer = (declarations: string, steps: string, options?: Parameters<typeof latencies>[1]): FlowLatency =>
  latencies(`${declarations}\nflow F from u at 1/day each {\n${steps}\n}`, options)[0] as FlowLatency;
const completion = (declarations: string, steps: string): FlowLatency =>
  latencies(`${declarations}\nflow F from u at 1/day each {\n${steps}\n}`)[1] as FlowLatency;
const service = (name: string, ms: number, more = ''): string => `service ${name} { latency: p50 ${ms} ms p99 ${ms} ms${more} }`;
const store = (kind: string, name: string, ms: number, more = ''): string =>
  `${kind} ${name} { latency: p50 ${ms} ms p99 ${ms} ms${more} }`;
const lines = (...all: string[]): string => all.join('\n');

function ms(estimate: Estimate): number {
  if (!isFigure(estimate)) throw new Error(estimate.notEstimated);
  return Number((estimate.value * 1000).toPrecision(4));
}
const quantiles = (f: FlowLatency): number[] => [f.p50, f.p95, f.p99].map(ms);

it('an optional step is waited for once for each attempt', () => {
  const of = (retries: string) =>
    answer(lines(service('a', 1), service('b', 900), `a -> b { timeout: 200 ms${retries} }`), lines('u -> a', 'a -> b optional'));
  expect(quantiles(of(''))).toEqual([201, 201, 201]);
  // 1 + 4 × 200 ms: the answer would take 900.
  expect(quantiles(of(', retries: 3'))).toEqual([801, 801, 801]);
});

describe('composition, by hand', () => {
  it('-> adds the round trip and what the target waits for', () => {
    const f = answer(lines(service('a', 1), service('b', 2), service('c', 3)), lines('u -> a', 'a -> b', 'b -> c', 'a -> c'));
    // 1 + (0.25 + 2 + (0.25 + 3)) + (0.25 + 3)
    expect(quantiles(f)).toEqual([9.75, 9.75, 9.75]);
    expect(ms(f.mean)).toBe(9.75);
    expect(f.waterfall.map((s) => [s.component, s.depth, s.start * 1000, (s.duration ?? 0) * 1000])).toEqual([
      ['u', 0, 0, expect.closeTo(9.75)],
      ['a', 1, 0, expect.closeTo(9.75)],
      ['b', 2, 1, expect.closeTo(5.5)],
      ['c', 3, expect.closeTo(3.25), expect.closeTo(3.25)],
      ['c', 2, expect.closeTo(6.5), expect.closeTo(3.25)],
    ]);
  });

  it('what is called by a visit that two steps enter happens twice', () => {
    const f = answer(
      lines(service('a', 1), service('b', 2), service('c', 3)),
      lines('u -> a', 'a -> b', 'a -> b when 50%', 'b -> c times 2'),
    );
    // 1 + 1.5 × (0.25 + 2 + 2 × (0.25 + 3))
    expect(f.mean).toHaveProperty('value', expect.closeTo(14.125e-3, 6));
    expect(f.waterfall.map((s) => [s.component, s.visits])).toEqual([
      ['u', 1],
      ['a', 1],
      ['b', 1],
      ['c', 3],
      ['b', 0.5],
    ]);
    expect(f.contributions.map((c) => [c.what, c.component, ms(c.time)])).toEqual([
      ['own', 'c', 9],
      ['own', 'b', 3],
      ['own', 'a', 1],
      ['network', 'c', 0.75],
      ['network', 'b', 0.375],
    ]);
  });

  it.each([
    ['right behind their read', 'a -> k 40% | e 60% read 1 KB\na -> d read 1 KB on miss of k'],
    ['apart from their read', 'a -> k 40% | e 60% read 1 KB when 50% times 2\nparallel {\na -> d read 1 KB on miss of k\na -> e\n}'],
  ])('steps on misses happen as often as the cache is asked and misses: %s', (_, steps) => {
    const f = answer(
      lines(service('a', 1), store('cache', 'k', 0.75, ', hit-ratio: 80%'), store('database', 'd', 9.75), service('e', 0)),
      lines('u -> a', steps),
    );
    // 40 % × 20 % of the requests.
    expect(f.waterfall.find((s) => s.component === 'd')?.visits).toBeCloseTo(0.08, 12);
  });

  it('~> does not wait, a broker is handed over to; the completion waits for all of it', () => {
    const declarations = lines(service('a', 1), service('b', 2), store('queue', 'q', 3), store('worker', 'w', 50));
    const steps = lines('u -> a', 'a ~> b', 'a ~> q publish 1 KB', 'q ~> w');
    // 1 + (0.25 + 3)
    expect(quantiles(answer(declarations, steps))).toEqual([4.25, 4.25, 4.25]);
    // 1 + (0.25 + 2) + (0.25 + 3 + (0.25 + 50))
    expect(quantiles(completion(declarations, steps))).toEqual([56.75, 56.75, 56.75]);
  });

  it('a lookup is one round trip, an else nothing', () => {
    const f = answer(
      lines(service('a', 1), service('b', 2), service('c', 100), 'dns names { latency: 30 ms }'),
      lines('u -> a', 'a -> names -> b', 'else a -> c'),
    );
    // 1 + 0.25 + (0.25 + 2)
    expect(quantiles(f)).toEqual([3.5, 3.5, 3.5]);
  });

  it('when, alternatives and misses are mixtures by share', () => {
    const when = answer(lines(service('a', 1), service('b', 9.75)), lines('u -> a', 'a -> b when 10%'));
    expect([ms(when.p50), ms(when.p99), ms(when.mean)]).toEqual([1, expect.closeTo(11, 1), 2]);
    const either = answer(lines(service('a', 1), service('b', 1.75), service('c', 9.75)), lines('u -> a', 'a -> b 96% | c 4%'));
    expect([ms(either.p50), ms(either.p95), ms(either.p99)]).toEqual([expect.closeTo(3, 2), expect.closeTo(3, 2), expect.closeTo(11, 1)]);
    const cached = answer(
      lines(service('a', 1), store('cache', 'k', 0.75, ', hit-ratio: 90%'), store('database', 'd', 9.75)),
      lines('u -> a', 'a -> k read 1 KB', 'a -> d read 1 KB on miss', 'a -> k write 1 KB on miss'),
    );
    // 1 + 1 + a tenth of the time 10 and 1 more
    expect([ms(cached.p50), ms(cached.p99), ms(cached.mean)]).toEqual([expect.closeTo(2, 2), expect.closeTo(13, 1), 3.1]);
    expect(cached.waterfall.map((s) => [s.component, s.visits])).toEqual([
      ['u', 1],
      ['a', 1],
      ['k', 1],
      ['d', expect.closeTo(0.1)],
      ['k', expect.closeTo(0.1)],
    ]);
  });

  it('what is read on a miss of a read on a miss comes to the same requests', () => {
    const f = answer(
      lines(
        service('a', 1),
        store('cache', 'l1', 0.75, ', hit-ratio: 98%'),
        store('cache', 'l2', 9.75, ', hit-ratio: 0%'),
        store('database', 'd', 99.75),
      ),
      lines('u -> a', 'a -> l1 read 1 KB', 'a -> l2 read 1 KB on miss of l1', 'a -> d read 1 KB on miss of l2'),
    );
    // 2 % of the requests take both: 1 + 1 + 10 + 100.
    expect([ms(f.p50), ms(f.p95), ms(f.p99)]).toEqual([expect.closeTo(2, 2), expect.closeTo(2, 2), expect.closeTo(112, 0)]);
    expect(ms(f.mean)).toBeCloseTo(1 + 1 + 0.02 * 110, 3);
  });

  it('each of two caches has misses of its own', () => {
    const f = answer(
      lines(
        service('a', 1),
        store('cache', 'k', 0.75, ', hit-ratio: 0%'),
        store('cache', 'l', 0.75, ', hit-ratio: 100%'),
        store('database', 'd', 9.75),
        store('database', 'e', 99.75),
      ),
      lines('u -> a', 'a -> k 90% | l 10% read 1 KB', 'a -> d read 1 KB on miss of k', 'a -> e read 1 KB on miss of l'),
    );
    // 90 %: 1 + 1 + 10; 10 %: 1 + 1.
    expect([ms(f.p50), ms(f.mean)]).toEqual([expect.closeTo(12, 1), 11]);
  });

  it('a content network passes its misses on', () => {
    const f = answer(
      lines('cdn e { latency: p50 1 ms p99 1 ms, hit-ratio: 90% }', store('blobstore', 'b', 9.75)),
      lines('u -> e read 1 MB', 'e -> b read 1 MB on miss'),
    );
    expect([ms(f.p50), ms(f.p95), ms(f.mean)]).toEqual([1, expect.closeTo(11, 1), 2]);
  });

  it('times repeats one after another, in parallel at once', () => {
    const declarations = lines(service('a', 1), service('b', 1.75), service('c', 4.75));
    expect(quantiles(answer(declarations, lines('u -> a', 'a -> b times 200')))).toEqual([401, 401, 401]);
    const together = lines('u -> a', 'parallel {', '  a -> b times 200', '  a -> c', '}', 'a -> b');
    // 1 + the slowest of 2 and 5 + 2
    expect(quantiles(answer(declarations, together))).toEqual([8, 8, 8]);
    // Of exponential times: the slowest of 100 is 100 % sure below t with (1 − e^(−t/2))^100.
    const slow = answer(lines(service('a', 1), 'service x { latency: 2 ms }'), lines('u -> a', 'parallel {', '  a -> x times 100', '}'));
    expect(ms(slow.p99)).toBeCloseTo(1.25 + -2 * Math.log(1 - 0.99 ** (1 / 100)), 1);
  });

  it('a scatter waits for the slowest shard', () => {
    const f = answer(
      lines(
        service('a', 1),
        'database d {',
        '  latency: 2 ms',
        '  shards: 16 by hash(k)',
        '  table t { shard-key: k, row: 1 KB }',
        '  query q { where t.z }',
        '}',
      ),
      lines('u -> a', 'a -> d read q 1 KB'),
    );
    expect(ms(f.p99)).toBeCloseTo(1.25 + -2 * Math.log(1 - 0.99 ** (1 / 16)), 2);
  });

  it('optional has its timeout as ceiling', () => {
    const declarations = lines(service('a', 1), service('b', 100), 'a -> b { timeout: 20 ms }');
    expect(quantiles(answer(declarations, lines('u -> a', 'a -> b optional')))).toEqual([21, 21, 21]);
    expect(quantiles(answer(declarations, lines('u -> a', 'a -> b optional times 3')))).toEqual([61, 61, 61]);
    expect(quantiles(answer(declarations, lines('u -> a', 'a -> b')))).toEqual([101.3, 101.3, 101.3]);
  });

  it('bytes take their time over the narrower end', () => {
    const f = answer(
      lines(service('a', 1, ', bandwidth: 10 Gbps'), store('blobstore', 'b', 2, ', bandwidth: 8 Mbps')),
      lines('u -> a', 'a -> b read 2 MB'),
    );
    // 2 MB at 1 MB/s: 2 s.
    expect(ms(f.p50)).toBeCloseTo(2003, 0);
  });
});

describe('times of components', () => {
  it('cpu-time waits in M/M/c at peak: 8/s on 4 cores of 0.4 s', () => {
    // The same station as in queueing: E[W] = 0.5964 × 0.4 / 0.8, p99 of the time from its closed form.
    const f = latencies('service a { cpu-time: 400 ms, cores: 4 }\nflow F from u at 8/s {\n  u -> a\n}')[0] as FlowLatency;
    expect(ms(f.mean)).toBeCloseTo(400 + (596.4284 * 0.4) / 0.8, 0);
    const survival = (t: number) => Math.exp(-t / 0.4) + (0.5964284 * (Math.exp(-t / 0.5) - Math.exp(-t / 0.4))) / (1 - 0.4 / 0.5);
    expect(survival(ms(f.p99) / 1000)).toBeCloseTo(0.01, 4);
    expect(ms(f.waterfall[1]?.wait as Estimate)).toBeCloseTo(298.2, 1);
  });

  it('a latency with a capacity waits, too; with its spread by Allen–Cunneen', () => {
    // M/M/1 at 80 % of 100/s: W = ρ/(1 − ρ) × 10 ms = 40 ms.
    const one = latencies('service a { latency: 5 ms, capacity: 100/s }\nflow F from u at 80/s {\n  u -> a\n}')[0] as FlowLatency;
    expect(ms(one.mean)).toBe(45);
    // Log-normal with p50 2 and p99 20: σ = ln 10 / 2.32635, Cs² = e^σ² − 1 = 1.6637; × (1 + Cs²)/2.
    const spread = latencies(
      'service a { latency: p50 2 ms p99 20 ms, capacity: 100/s }\nflow F from u at 80/s {\n  u -> a\n}',
    )[0] as FlowLatency;
    const variation = Math.exp((Math.LN10 / 2.3263478740408408) ** 2) - 1;
    expect(ms(spread.waterfall[1]?.wait as Estimate)).toBeCloseTo((40 * (1 + variation)) / 2, 1);
  });

  it('the log-normal of p50 and p99 gives them back; one number is the mean of an exponential time, and said to be', () => {
    const f = latencies('external x { latency: p50 20 ms p99 300 ms }\nflow F from u at 1/s {\n  u -> x\n}')[0] as FlowLatency;
    expect([ms(f.p50), ms(f.p99), f.assumed]).toEqual([20, 300, []]);
    const one = latencies('external x { latency: 20 ms }\nflow F from u at 1/s {\n  u -> x\n}')[0] as FlowLatency;
    expect([ms(one.mean), ms(one.p99), one.assumed]).toEqual([20, expect.closeTo(20 * Math.log(100), 1), ['x']]);
  });

  it('what is said counts before what the technology says', () => {
    const f = latencies(
      'loadbalancer l: haproxy { cpu-time: 1 ms }\nservice a: go { latency: 7 ms, cpu-time: 1 ms, cores: 4 }\nflow F from u at 1/s {\n  u -> l -> a\n}',
    );
    expect(ms(f[0]?.mean as Estimate)).toBeCloseTo(1 + 0.25 + 7, 3);
  });

  it.each([
    ['service a', 'a has no latency and no cpu-time'],
    ['service a { cpu-time: 10 ms }', 'a has no cores'],
    ['service a { cpu-time: 100 ms, cores: 1 }', 'a is over capacity (500 % at peak), so that its queue grows without end'],
    ['service a { latency: p50 3 ms p99 2 ms }', 'a.latency is p50 3 ms, p99 2 ms: p50 must be above 0 and p99 no less'],
  ])('not estimated: %s', (declaration, reason) => {
    const f = latencies(
      `${declaration}\n${service('b', 2)}\nflow F from u at 50/s {\n  u -> a\n  a -> b\n  slo: p99 <= 1 s\n}`,
    )[0] as FlowLatency;
    expect(f.p99).toEqual({ notEstimated: reason });
    expect(f.objectives[0]?.verdict).toBe('not-estimated');
    // What is known is shown all the same.
    expect(f.waterfall.map((s) => [s.component, (s.duration ?? 0) * 1000])).toEqual([
      ['u', 0],
      ['a', 0],
      ['b', expect.closeTo(2.25)],
    ]);
  });

  it('what is not counted is said', () => {
    const f = latencies(`blobstore s: s3\n${service('a', 1)}\nflow F from u at 1/s {\n  u -> a\n  a -> s read 1 MB\n}`)[0] as FlowLatency;
    expect(f.leftOut).toEqual([
      { what: 'network', elements: ['u'], reason: 'nobody says where they stand' },
      { what: 'wait', elements: ['a'], reason: 'a has no cpu-time and no capacity' },
      { what: 'transfer', elements: ['a->s'], reason: 'neither end has a bandwidth' },
      { what: 'wait', elements: ['s'], reason: 's is managed by its provider' },
    ]);
  });
});

describe('behind queues, where the completion is not estimated', () => {
  const behind = (declarations: string, steps: string) => completion(declarations, steps).afterQueues;
  const steps = lines('u -> a', 'a ~> q publish', 'q ~> b', 'b -> c');
  const services = lines(service('a', 1), service('b', 2), service('c', 3));

  it('of a queue without latency, what follows is told: 0.25 + 2 + 0.25 + 3 ms', () => {
    const [after, ...more] = behind(lines(services, 'queue q'), steps);
    expect(more).toEqual([]);
    expect(after && [after.queue, ms(after.mean), ms(after.p50), ms(after.p99)]).toEqual(['q', 5.5, 5.5, 5.5]);
  });

  it('with the wait of the consumers that share the queue: M/M/4 at a half, C = 4/23', () => {
    const flow = `u ~> q publish\nq ~> w`;
    const text = `queue q\nworker w { cores: 1, cpu-time: 100 ms, replicas: 4 }\nflow F from u at 20/s {\n${flow}\n}`;
    const [after] = (latencies(text)[1] as FlowLatency).afterQueues;
    expect(after && ms(after.mean)).toBeCloseTo(0.25 + 100 + (4 / 23) * 50, 0);
    expect(isFigure(after?.mean) && after.mean.inputs?.map((i) => i.label)).toEqual(['mean wait for w', 'w.cpu-time']);
  });

  it('says what is missing there', () => {
    const [after] = behind(lines(service('a', 1), service('c', 3), 'worker b', 'queue q'), steps);
    expect(after?.p99).toEqual({ notEstimated: 'b has no latency and no cpu-time' });
  });

  it('tells each part once, and nothing where the completion is known', () => {
    const chain = lines('u ~> q publish', 'q ~> a', 'a ~> p publish', 'p ~> b', 'b ~> r publish', 'r ~> c');
    const queues = (q: string, p: string, r: string) =>
      behind(lines(services, `queue q ${q}`, `queue p ${p}`, `queue r ${r}`), chain).map(({ queue, mean }) => [
        queue,
        isFigure(mean) ? ms(mean) : mean.notEstimated,
      ]);
    const one = '{ latency: p50 1 ms p99 1 ms }';
    // Five round trips of 0.25 ms and 1 + 1 + 2 + 1 + 3 ms; from p on three and 2 + 1 + 3.
    expect(queues('', one, one)).toEqual([['q', 9.25]]);
    expect(queues(one, '', one)).toEqual([
      ['q', 'p has no latency'],
      ['p', 6.75],
    ]);
    expect(queues(one, one, one)).toEqual([]);
    expect(answer(lines(services, 'queue q'), steps).afterQueues).toEqual([]);
  });
});

describe('timeouts, and what a full queue refuses', () => {
  const late = (more: string, step = 'a -> b') =>
    answer(lines(service('a', 1), 'service b { latency: 100 ms }', `a -> b { ${more} }`), lines('u -> a', step)).leftOut.filter(
      ({ what }) => what === 'timeout',
    );

  it('says which share of the calls comes after its timeout, from a thousandth on', () => {
    // 0.25 ms to get there: e^(−(460.75 − 0.25) ÷ 100) = 1 %.
    expect(late('timeout: 460.75 ms, retries: 2')).toEqual([
      {
        what: 'timeout',
        elements: ['a->b'],
        share: expect.closeTo(0.01, 5),
        reason: 'exceeds its timeout of 461 ms in 1 % of the calls: what that cuts off and retries add is not counted',
      },
    ]);
    expect(late('timeout: 200 ms')[0]?.reason).toBe(
      'exceeds its timeout of 200 ms in 13.6 % of the calls: what that cuts off is not counted',
    );
    expect(late('timeout: 700 ms')).toEqual([]);
    expect(late('timeout: 1 s')).toEqual([]);
    expect(late('retries: 2')).toEqual([]);
  });

  it('an optional step is cut off in the figure, and one that is never taken says nothing', () => {
    expect(late('timeout: 200 ms', 'a -> b optional')).toEqual([]);
    expect(late('timeout: 200 ms', 'a -> b when 0%')).toEqual([]);
  });

  it('a connection is told once, with its latest step, and one that nobody waits for only where it is waited for', () => {
    const flows = latencies(
      lines(
        'service a { latency: 1 ms }',
        'service b { latency: 100 ms }',
        'service c { latency: 100 ms }',
        'a -> b { timeout: 200 ms }',
        'b -> c { timeout: 200 ms }',
        'flow F from u at 1/s {',
        '  u -> a',
        '  a -> b',
        '  a ~> b',
        '  b -> c',
        '}',
      ),
    );
    const said = flows.map(({ leftOut }) => leftOut.filter((l) => l.what === 'timeout').map((l) => l.elements[0]));
    expect(said[0]?.filter((e) => e === 'a->b')).toHaveLength(1);
    expect(said[1]).toContain('b->c');
  });

  it('of a full queue the times are those of what it takes', () => {
    const declarations = 'queue q { latency: 1 ms, max-length: 2 }\nworker w { cores: 4, cpu-time: 100 ms }';
    const flows = latencies(`${declarations}\nflow F from u at 50/s {\n  u ~> q publish\n  q ~> w\n}`);
    expect(flows.map(({ leftOut }) => leftOut.filter((l) => l.what === 'refused'))).toEqual([
      [],
      [
        {
          what: 'refused',
          elements: ['q'],
          share: expect.closeTo(0.293543, 5),
          reason: 'refuses 29.4 % of the messages: the times are those of the others',
        },
      ],
    ]);
  });
});

describe('round trips', () => {
  const regions =
    'region us { zones: a, b, round-trip: 2 ms between zones, 80 ms to eu }\nregion eu { zones: a, b }\nregion ap { zones: a }';
  const between = (a: string, b: string, options?: Parameters<typeof latencies>[1]): FlowLatency =>
    answer(lines(regions, service('x', 1, `, ${a}`), store('database', 'y', 1, `, ${b}`)), lines('u -> x', 'x -> y write 1 KB'), options);

  it('in a zone, between zones, between regions in either direction', () => {
    expect(ms(between('replicas: 1 in us.a', 'replicas: 1 in us.a').p50)).toBe(2.25);
    expect(ms(between('replicas: 1 in us.a', 'replicas: 1 in us.b').p50)).toBe(4);
    expect(ms(between('replicas: 1 in eu.a', 'replicas: 1 in eu.b').p50)).toBe(3);
    expect(ms(between('replicas: 1 in us.a', 'replicas: 1 in eu.b').p50)).toBe(82);
    expect(ms(between('replicas: 1 in eu.a', 'replicas: 1 in us.b').p50)).toBe(82);
  });

  it('between all instances that may be meant: writes go to the primary', () => {
    // Half of the callers stand in the zone of the primary: 2 + (0.25 + 2)/2.
    expect(ms(between('replicas: 2 across us', 'replicas: 2 across us').mean)).toBe(3.125);
  });

  it('how far regions are apart is not guessed', () => {
    expect(between('replicas: 1 in us.a', 'replicas: 1 in ap.a').p50).toEqual({
      notEstimated: 'nobody says how far us is from ap: round-trip: 80 ms to ap (on us) would',
    });
  });

  it('a stamp calls inside of its copy', () => {
    const f = latencies(`${regions}
group cell across us, eu {
  ${service('x', 1)}
  ${service('y', 1)}
}
flow F from u at 1/s {
  u -> x
  x -> y
}`)[0] as FlowLatency;
    expect(ms(f.p99)).toBeLessThan(5);
  });
});

describe('scenarios', () => {
  const declarations = lines(
    service('a', 1),
    service('b', 1),
    service('c', 5),
    'a -> b { timeout: 30 ms, retries: 1 }',
    'scenario "gone" { fail b }',
  );

  it('what fails is waited for until its timeout, then comes the else', () => {
    const f = answer(declarations, lines('u -> a', 'a -> b', 'else a -> c'), { scenario: 'gone' });
    // 1 + 2 × 30 + (0.25 + 5)
    expect(ms(f.p50)).toBe(66.25);
  });

  it('without an else there is no answer', () => {
    expect(answer(declarations, lines('u -> a', 'a -> b'), { scenario: 'gone' }).p50).toEqual({
      notEstimated: 'a → b fails in this scenario',
    });
  });

  it('a dead cache misses every time', () => {
    const f = answer(
      lines(service('a', 1), store('cache', 'k', 1, ', hit-ratio: 100%'), store('database', 'd', 5), 'a -> k { timeout: 3 ms }'),
      lines('u -> a', 'a -> k read 1 KB', 'a -> d read 1 KB on miss'),
      { fail: ['k'] },
    );
    // 1 + 3 + (0.25 + 5)
    expect(ms(f.p50)).toBe(9.25);
  });
});

describe('objectives', () => {
  it('of the answer and of the completion', () => {
    const flows = latencies(
      lines(
        service('a', 1),
        store('queue', 'q', 1),
        store('worker', 'w', 10),
        'flow F from u at 1/s {',
        '  u -> a',
        '  a ~> q publish 1 KB',
        '  q ~> w',
        '  slo: p99 <= 2 ms, p50 <= 3 ms, completion p99 <= 12.5 ms',
        '}',
      ),
    );
    expect(flows.map((f) => f.objectives.map((o) => [o.objective.metric, o.verdict]))).toEqual([
      [
        ['p99', 'missed'],
        ['p50', 'met'],
      ],
      [['p99', 'met']],
    ]);
  });
});

it('a chain of 3,000 services and names like __proto__ are nothing special', () => {
  const chain = Array.from({ length: 3000 }, (_, i) => service(`s${i}`, 1)).join('\n');
  const steps = Array.from({ length: 2999 }, (_, i) => `  s${i} -> s${i + 1}`).join('\n');
  const f = latencies(`${chain}\nflow __proto__ from u at 1/s {\n  u -> s0\n${steps}\n}`)[0] as FlowLatency;
  expect(ms(f.p50)).toBe(3750);
  const odd = latencies(
    `${service('__proto__', 1)}\n${service('constructor', 2)}\nflow F from u at 1/s {\n  u -> __proto__\n  __proto__ -> constructor\n}`,
  );
  expect(ms(odd[0]?.p99 as Estimate)).toBe(3.25);
});
