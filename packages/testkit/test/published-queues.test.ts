// Queues that others have published, as designs: what an instance is asked, how long that waits, and what a full queue refuses.
import { analyse, latencyOf, waitingOf } from '@sysd/analysis';
import { type Design, type Estimate, known, type Waiting } from '@sysd/core';
import { lowerText } from '@sysd/language';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Answer {
  readonly waiting: (component: string) => Record<keyof Omit<Waiting, 'component' | 'queue'>, number | undefined>;
  readonly latency: Record<'mean' | 'p50' | 'p95' | 'p99', number | undefined>;
  readonly refused: (broker: string) => number | undefined;
}

function answerOf(text: string): Answer {
  const lowered = lowerText(`system S\nclient users { peak: 1x }\n${text}`);
  expect(lowered.diagnostics.filter((d) => d.severity === 'error').map((d) => d.message)).toEqual([]);
  const design = lowered.design as Design;
  const analysis = analyse(design);
  const queues = waitingOf(design, analysis.traffic);
  const flow = latencyOf(design).flows[0];
  return {
    waiting: (id) => {
      const { component: _, queue: __, ...figures } = queues.find((q) => q.component === id) as Waiting;
      return Object.fromEntries(Object.entries(figures).map(([name, estimate]) => [name, known(estimate)])) as ReturnType<
        Answer['waiting']
      >;
    },
    latency: { mean: known(flow?.mean), p50: known(flow?.p50), p95: known(flow?.p95), p99: known(flow?.p99) },
    refused: (id) => known(analysis.limits.get(id)?.backlogs[0]?.refused),
  };
}

function analysed(text: string) {
  const { design } = lowerText(`system S\nclient users { peak: 1x }\n${text}`);
  const { traffic, limits } = analyse(design as Design);
  return { queues: waitingOf(design as Design, traffic), backlogs: limits.get('q')?.backlogs ?? [] };
}

function near(actual: number | undefined, expected: number, relative: number): void {
  expect(actual).toBeDefined();
  expect(Math.abs((actual as number) - expected) / expected, `${actual} against ${expected}`).toBeLessThanOrEqual(relative);
}

/** One instance that is asked so often and takes so long; `cores` work at once. */
const oneOf = (rate: string, cores: number, time: string): Answer =>
  answerOf(`
service s { cores: ${cores}, cpu-time: ${time} }
flow F from users at ${rate} {
  users -> s
}`);

describe('M/M/c: cores of an instance that take an exponential time', () => {
  it('Gunther, Analyzing Computer System Performance with Perl::PDQ, sections 4.6.1 and 8.5.2: one cashier, 0.75/s of 1 s', () => {
    const { waiting, latency } = oneOf('0.75/s', 1, '1 s');
    near(waiting('s').utilization, 0.75, 1e-12);
    near(waiting('s').inSystem, 3, 1e-9);
    near(waiting('s').mean, 3, 1e-9);
    near(latency.mean, 4, 1e-3);
    // The time is exponential: −ln(0.05) × 4 s.
    near(latency.p95, 11.982929, 2e-3);
  });

  it('Gunther, Perl::PDQ, section 4.7: three servers, 2/s of 1 s', () => {
    const { waiting, latency } = oneOf('2/s', 3, '1 s');
    near(waiting('s').utilization, 2 / 3, 1e-12);
    near(waiting('s').probability, 4 / 9, 1e-9);
    near(waiting('s').inSystem, 2.8888889, 1e-7);
    near(latency.mean, 1.4444444, 1e-3);
  });

  it('octave-queueing 1.2.7 (qsmmm): 10,000/s of 10 ms on 107 cores', () => {
    const { waiting, latency } = oneOf('10000/s', 107, '10 ms');
    near(waiting('s').utilization, 0.93457944, 1e-7);
    near(waiting('s').probability, 0.38351196, 1e-7);
    near(latency.mean, 0.010547874, 1e-3);
  });

  it('10 erlangs on 12 servers: 44.9 % wait (Erlang C tables; octave-queueing 1.2.7)', () => {
    near(oneOf('10/s', 12, '1 s').waiting('s').probability, 0.44938822, 1e-7);
  });

  it('a call centre of 720 calls an hour of 4 minutes and 55 agents: 23.9 % wait, answered in 8.18 s, 84.6 % within 15 s (Erlang C tables)', () => {
    const { probability, mean, meanOfWaiting } = oneOf('720/h', 55, '4 min').waiting('s');
    near(probability, 0.2387, 1e-3);
    near(mean, 8.18, 1e-3);
    near(1 - (probability as number) * Math.exp(-15 / (meanOfWaiting as number)), 0.846, 1e-3);
  });

  it('Jain, The Art of Computer Systems Performance Analysis, example 31.2: a gateway of 125 packets/s of 2 ms: a quarter busy, 2.66 ms', () => {
    const { waiting, latency } = oneOf('125/s', 1, '2 ms');
    near(waiting('s').utilization, 0.25, 1e-12);
    near(waiting('s').inSystem, 0.33, 2e-2);
    near(latency.mean, 2.66e-3, 5e-3);
  });
});

describe('M/M/c in textbooks and tables', () => {
  it('Gross and Harris, Fundamentals of Queueing Theory, the eye clinic: 6/h to three doctors of 20 min: 8/9 wait, 8.9 of 28.9 min', () => {
    const { waiting, latency } = oneOf('6/h', 3, '20 min');
    near(waiting('s').length, 8 / 9, 1e-9);
    near(waiting('s').inSystem, 26 / 9, 1e-9);
    near(waiting('s').mean, (8 / 54) * 3600, 1e-9);
    near(latency.mean, (26 / 54) * 3600, 1e-3);
  });

  it('Gross and Harris, the hair salon: 5/h of 10 min: five sixths busy, 50 min of wait, an hour in all', () => {
    const { waiting, latency } = oneOf('5/h', 1, '10 min');
    near(waiting('s').length, 25 / 6, 1e-9);
    near(waiting('s').inSystem, 5, 1e-9);
    near(waiting('s').mean, 3000, 1e-9);
    near(latency.mean, 3600, 1e-3);
  });

  it('Jain, chapter 31, a student centre: 10/h to five terminals of 20 min: a third wait, 0.65 of 4.0, 24 min; as printed, to two figures', () => {
    const { waiting, latency } = oneOf('10/h', 5, '20 min');
    near(waiting('s').utilization, 0.667, 1e-3);
    near(waiting('s').probability, 0.33, 0.02);
    near(waiting('s').length, 0.65, 0.01);
    near(waiting('s').inSystem, 4, 0.01);
    near(latency.mean, 24 * 60, 0.01);
  });

  it('100 calls of 3 min in half an hour, 14 agents: 17.4 % wait, 7.8 s, 88.8 % within 20 s (Erlang C calculators)', () => {
    const { waiting } = oneOf('200/h', 14, '3 min');
    const [share, mean, ofThose] = [waiting('s').probability, waiting('s').mean, waiting('s').meanOfWaiting as number];
    near(share, 0.174, 2e-3);
    near(mean, 7.8, 6e-3);
    near(1 - (share as number) * Math.exp(-20 / ofThose), 0.888, 1e-3);
  });
});

describe('one queue from which several instances take: M/M/(n·c)', () => {
  const work = (rate: string, declarations: string, steps = ''): Answer =>
    answerOf(`
${declarations}
flow F from users at ${rate} {
  users ~> q publish
  q ~> w
${steps}
}`);

  it.each([
    ['55 workers of one core', 'replicas: 55, cores: 1'],
    ['11 workers of five cores', 'replicas: 11, cores: 5'],
    ['as many as an autoscaler runs at peak', 'cores: 1, autoscale: 1..100 at cpu 87.3%'],
  ])('the call centre of 55 agents: 23.87 % wait, answered in 8.18 s (Erlang C tables): %s', (_, worker) => {
    const { servers, utilization, probability, mean, meanOfWaiting, length, inSystem } = work(
      '720/h',
      `queue q\nworker w { cpu-time: 4 min, ${worker} }`,
    ).waiting('w');
    expect(servers).toBe(55);
    near(utilization, 48 / 55, 1e-12);
    near(probability, 0.2387, 1e-3);
    near(mean, 8.18, 1e-3);
    near(1 - (probability as number) * Math.exp(-15 / (meanOfWaiting as number)), 0.846, 1e-3);
    near(length, 0.2 * (mean as number), 1e-12);
    near(inSystem, 48 + 0.2 * (mean as number), 1e-12);
  });

  it('octave-queueing 1.2.7 (qsmmm): 10,000/s of 10 ms on 107 workers of a core take 10.55 ms in the completion', () => {
    const text = (replicas: number, cores: number) => `
system S
client users { peak: 1x }
region here { round-trip: 0 s in zone }
queue q { latency: p50 1 ns p99 1 ns, replicas: 1 in here }
worker w { cpu-time: 10 ms, cores: ${cores}, replicas: ${replicas} in here }
flow F from users at 10000/s {
  users ~> q publish
  q ~> w
}`;
    const mean = (replicas: number, cores: number) => {
      const { design } = lowerText(text(replicas, cores));
      return known(latencyOf(design as Design).flows.find((f) => f.completion)?.mean);
    };
    near(mean(107, 1), 0.010547874, 1e-3);
    near(mean(1, 107), 0.010547874, 1e-3);
  });

  it.each([
    ['also called', 'queue q\nworker w { replicas: 2, cores: 1, cpu-time: 100 ms }', '  users -> w'],
    ['of two queues', 'queue q\nqueue p\nworker w { replicas: 2, cores: 1, cpu-time: 100 ms }', '  users ~> p publish\n  p ~> w'],
    ['of a stream', 'stream q { partitions: 4 }\nworker w { replicas: 2, cores: 1, cpu-time: 50 ms }', ''],
  ])('what is not sure to share it has a queue for each instance: %s', (_, declarations, steps) => {
    const { servers, utilization, probability } = work('5/s', declarations, steps).waiting('w');
    expect(servers).toBe(1);
    expect(probability).toBeCloseTo(utilization as number, 12);
  });

  it('one shared queue makes nobody wait longer than one for each', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 8 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (n, c, load) => {
          const rate = `${Math.max(1e-3, load * n * c * 10)}/s`;
          const of = (kind: string) => work(rate, `${kind} q\nworker w { replicas: ${n}, cores: ${c}, cpu-time: 100 ms }`).waiting('w');
          const [shared, own] = [of('queue'), of('stream')];
          expect([shared.servers, own.servers]).toEqual([n * c, c]);
          expect(shared.mean as number).toBeLessThanOrEqual((own.mean as number) * (1 + 1e-9));
          if (n === 1) expect(shared.mean).toBeCloseTo(own.mean as number, 12);
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('M/G/1: a capacity, and a time of which p50 and p99 are said', () => {
  const oneWith = (latency: string) =>
    answerOf(`
service s { capacity: 1/s, latency: ${latency} }
flow F from users at 0.8/s {
  users -> s
}`);

  it('Pollaczek–Khinchine, octave-queueing 1.2.7 (qsmg1): a constant second at 0.8/s waits 2 s, an exponential one 4 s', () => {
    const constant = oneWith('p50 1 s p99 1 s');
    near(constant.waiting('s').mean, 2, 1e-9);
    near(constant.waiting('s').length, 1.6, 1e-9);
    near(constant.waiting('s').inSystem, 2.4, 1e-9);
    near(constant.latency.mean, 3, 1e-3);
    const exponential = oneWith('1 s');
    near(exponential.waiting('s').mean, 4, 1e-9);
    near(exponential.latency.mean, 5, 1e-3);
  });
});

describe('M/M/c/K: a queue with a max-length', () => {
  it.each([
    ['cores of one worker', 'cores: 4, cpu-time: 100 ms'],
    ['four workers', 'replicas: 4, cores: 1, cpu-time: 100 ms'],
    ['two workers of two cores', 'replicas: 2, cores: 2, cpu-time: 100 ms'],
  ])('octave-queueing 1.2.7 (qsmmmk): 50/s on 4 servers of 10/s with 6 places lose 29.35 %: %s', (_, worker) => {
    const { refused } = answerOf(`
queue q { max-length: 2 }
worker w { ${worker} }
flow F from users at 50/s {
  users ~> q publish
  q ~> w
}`);
    near(refused('q'), 0.293543, 1e-5);
  });

  it.each([
    [
      "10 erlangs on 15 trunks, Erlang's B: 3.65 % (Erlang B tables)",
      '200/h',
      'max-length: 0',
      'replicas: 15, cores: 1, cpu-time: 3 min',
      0.0365,
      1e-3,
    ],
    [
      'one server, half busy, one place to wait: ρ²(1 − ρ) ÷ (1 − ρ³) = 1/7',
      '50/s',
      'max-length: 1',
      'cores: 1, cpu-time: 10 ms',
      1 / 7,
      1e-9,
    ],
  ] as const)('%s', (_, rate, queue, worker, expected, relative) => {
    const { refused } = answerOf(`
queue q { ${queue} }
worker w { ${worker} }
flow F from users at ${rate} {
  users ~> q publish
  q ~> w
}`);
    near(refused('q'), expected, relative);
  });

  const places = (worker: string, queue: string, rate: string, more = '') => {
    const { design } = lowerText(`
system S
client users { peak: 1x }
region here { round-trip: 0 s in zone }
queue q { latency: p50 1 ns p99 1 ns, replicas: 1 in here${queue} }
worker w { ${worker} in here }
flow F from users at ${rate} {
  users ~> q publish
  q ~> w
${more}
}`);
    const [waits] = waitingOf(design as Design, analyse(design as Design).traffic).filter((q) => q.component === 'w');
    return { waits: waits as Waiting, completion: latencyOf(design as Design).flows.find((f) => f.completion)?.mean };
  };

  // Gross, Shortle, Thompson & Harris, Fundamentals of Queueing Theory, the emission inspection station: 1/min to three stalls of 6 min, four cars wait
  // at most: 3.09 wait, 6.06 are there, 12.3 min in all, 30.3 cars an hour turned away.
  it('the inspection station: 3.09 of 6.06 cars wait, 12.3 min in all, 30.3 of 60 an hour are turned away (Gross and Harris)', () => {
    const { waits, completion } = places('cores: 1, cpu-time: 6 min, replicas: 3', ', max-length: 4', '60/h');
    near(known(waits.refused), 30.3 / 60, 2e-3);
    near(known(waits.length), 3.09, 2e-3);
    near(known(waits.inSystem), 6.06, 2e-3);
    // As printed, from rounded probabilities: 12.24 exactly.
    near(known(completion), 12.3 * 60, 5e-3);
    near((known(waits.mean) as number) + 360, known(completion) as number, 1e-3);
  });

  it('octave-queueing 1.2.7 (qsmmmk): 40/s to three servers of 30/s with 7 places take 36.5 ms in the completion', () => {
    near(known(places('cores: 3, cpu-time: 33.33333333 ms, replicas: 1', ', max-length: 4', '40/s').completion), 0.036517, 1e-3);
  });

  it('a queue that is never full waits as one without an end', () => {
    const [bounded, endless] = [', max-length: 1M', ''].map((q) => places('cores: 1, cpu-time: 4 min, replicas: 55', q, '720/h').waits);
    expect(known(bounded?.refused)).toBe(0);
    for (const figure of ['probability', 'mean', 'meanOfWaiting', 'length', 'inSystem'] as const)
      near(known(bounded?.[figure]), known(endless?.[figure]) as number, 1e-9);
    for (const figure of ['p95', 'p99'] as const) near(known(bounded?.[figure]), known(endless?.[figure]) as number, 1e-3);
  });

  const why = (estimate: Estimate | undefined) => (estimate && 'notEstimated' in estimate ? estimate.notEstimated : undefined);

  it('says what it cannot tell: a length in bytes, times of another shape, other work beside', () => {
    expect(why(places('cores: 1, cpu-time: 1 s, replicas: 2', ', max-length: 1 GB', '1/s').waits.mean)).toBe(
      'q says its max-length in bytes: how long messages wait in it is computed for one in messages',
    );
    expect(why(places('capacity: 1/s, latency: p50 1 s p99 2 s, replicas: 2', ', max-length: 2', '1.5/s').waits.mean)).toMatch(
      /^q has a max-length, and the latency of w says p50 and p99/,
    );
    expect(why(places('cores: 1, cpu-time: 1 s, replicas: 2', ', max-length: 2', '0.5/s', '  users -> w').waits.mean)).toMatch(
      /^q has a max-length, and w takes not all of its messages or not only those/,
    );
  });

  it('quantiles of a long queue that fills up are not told, of one that does not those of M/M/c are', () => {
    const { waits } = places('cores: 1, cpu-time: 1 ms, replicas: 1', ', max-length: 10000', '1500/s');
    near(known(waits.mean), 10, 1e-3);
    for (const figure of ['p95', 'p99'] as const)
      expect(why(waits[figure])).toBe('quantiles are computed for a max-length of up to 100, or one that is hardly ever reached');
    // M/M/1: the wait of those that wait is exponential with S ÷ (1 − ρ).
    for (const length of ['1k', '1e6', '1e16']) {
      const { p99, refused } = places('cores: 1, cpu-time: 1 ms, replicas: 1', `, max-length: ${length}`, '500/s').waits;
      near(known(p99), 2e-3 * Math.log(0.5 / 0.01), 1e-3);
      expect(known(refused)).toBeLessThan(1e-12);
    }
  });

  const twoTakers = (length: string) =>
    analysed(`
queue q { max-length: ${length} }
worker a { cores: 1, cpu-time: 100 ms }
worker b { cores: 1, cpu-time: 100 ms }
flow F from users at 5/s {
  users ~> q publish
  q ~> a
}
flow G from users at 5/s {
  users ~> q publish
  q ~> b
}`);

  it('two components that take from one queue have no queue of that length each', () => {
    const { queues, backlogs } = twoTakers('4');
    for (const { component, mean, refused } of queues) {
      expect(why(mean)).toMatch(new RegExp(`^q has a max-length, and ${component} takes not all of its messages`));
      expect(refused).toBeUndefined();
    }
    expect(queues.map((q) => q.component)).toEqual(['a', 'b']);
    expect(backlogs.map((b) => why(b.refused))).toEqual(
      Array(2).fill(
        'q has a max-length and several consumers: which share of its messages it refuses is computed (M/M/c/K) for a queue whose messages all go to one component',
      ),
    );
    // M/M/1 at 50 %: ρ ÷ (1 − ρ) × S.
    for (const { mean } of twoTakers('1k').queues) near(known(mean), 0.1, 1e-9);
  });

  it('where the end of the queue is never reached these are told as ever', () => {
    for (const [worker, more] of [
      ['capacity: 1/s, latency: p50 1 s p99 2 s, replicas: 2', ''],
      ['cores: 1, cpu-time: 1 s, replicas: 2', '  users -> w'],
    ] as const) {
      const [bounded, endless] = [', max-length: 10k', ''].map((q) => places(worker, q, '0.5/s', more).waits);
      expect(known(bounded?.mean)).toBe(known(endless?.mean));
      expect(bounded?.refused).toBeUndefined();
    }
  });
});

describe('open networks of queues', () => {
  it('Jain, example 34.1: three devices visited 16, 7 and 8 times by 3 requests a second: 1.406 s', () => {
    const { waiting, latency } = answerOf(`
region here { round-trip: 0 s in zone }
service cpu { cores: 1, cpu-time: 10 ms, replicas: 1 in here }
service disk-a { cores: 1, cpu-time: 20 ms, replicas: 1 in here }
service disk-b { cores: 1, cpu-time: 30 ms, replicas: 1 in here }
flow F from users at 3/s {
  users -> cpu times 16
  users -> disk-a times 7
  users -> disk-b times 8
}`);
    for (const [id, utilization, time, service] of [
      ['cpu', 0.48, 0.0192, 0.01],
      ['disk-a', 0.42, 0.0345, 0.02],
      ['disk-b', 0.72, 0.107, 0.03],
    ] as const) {
      near(waiting(id).utilization, utilization, 1e-12);
      near((waiting(id).mean as number) + service, time, 5e-3);
    }
    near(latency.mean, 1.4062145, 1e-3);
  });

  it('Bolch, Greiner, de Meer & Trivedi, Queueing Networks and Markov Chains, example 7.4: four stations, times of 0.2, 0.043, 0.15, 0.0625 s', () => {
    // Jobs enter at 4/s; half of what leaves the CPU goes to either device, and all comes back but 40 % of the printer's: 20, 10, 10 and 4/s.
    const { waiting } = answerOf(`
service entry { cores: 1, cpu-time: 50 ms }
service cpu { cores: 1, cpu-time: 40 ms }
service disk { cores: 1, cpu-time: 30 ms }
service printer { cores: 1, cpu-time: 60 ms }
flow Job from users at 4/s {
  users -> entry
  entry -> cpu times 5
  cpu -> disk when 50%
  cpu -> printer when 50%
}`);
    for (const [id, service, time] of [
      ['cpu', 0.04, 0.2],
      ['disk', 0.03, 0.043],
      ['printer', 0.06, 0.15],
      ['entry', 0.05, 0.0625],
    ] as const)
      near((waiting(id).mean as number) + service, time, 5e-3);
  });
});
