import { isFigure, known } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';
import { fanOutsOf } from './fan-out.ts';

const found = (design: ReturnType<DesignBuilder['build']>) => fanOutsOf(design, analyse(design).traffic);
const users = () => new DesignBuilder().component('client', 'u', { peak: '1x' });

describe('the largest fan-out of a step', () => {
  // By hand: 30M × 1 ms ÷ (10 × 4 cores) = 750 s of all of them; 2/s × 10,000 × 1 ms keep 20 of the 40 cores busy, so it takes twice that.
  it('is the work for all cores, and that over what the load leaves', () => {
    const [one, ...more] = found(
      users()
        .component('service', 'api', { cores: '1', 'cpu-time': '1 ms' })
        .component('service', 'timelines', { cores: '4', 'cpu-time': '1 ms', replicas: '10' })
        .flow('Post', 'u', '2/s', (f) => f.step('u -> api').step('api ~> timelines', 'call', { times: '10000', max: '30M' }))
        .build(),
    );
    expect(more).toEqual([]);
    expect(one).toMatchObject({ flow: 'Post', hop: 1, step: 'api → timelines', whole: true });
    expect(one?.slowest?.component).toBe('timelines');
    expect(known(one?.slowest?.work)).toBeCloseTo(750, 9);
    expect(known(one?.time)).toBeCloseTo(1500, 9);
  });

  // By hand: 1M messages; worker 1M × 2 ms ÷ 8 cores = 250 s; one in ten is written: 100k ÷ (2 shards × 1k/s) = 50 s. The api is not called for each.
  it('counts what is called for each repetition, below the step and not beside it', () => {
    const [one] = found(
      users()
        .component('service', 'api', { cores: '1', 'cpu-time': '1 s' })
        .component('queue', 'q', { capacity: '1M/s' })
        .component('worker', 'w', { cores: '4', 'cpu-time': '2 ms', replicas: '2' })
        .component('database', 'db', { shards: '2 by hash(id)', capacity: '1k/s' })
        .flow('Post', 'u', '0/s', (f) =>
          f
            .step('u -> api')
            .step('api ~> q', 'publish', { times: '1', max: '1M' })
            .step('api -> db', 'read')
            .step('q ~> w')
            .step('w -> db', 'write', { when: '10%' }),
        )
        .build(),
    );
    expect(one?.parts.map((p) => [p.component, known(p.requests), known(p.time)])).toEqual([
      ['q', 1e6, 1],
      ['db', 1e5, 50],
      ['w', 1e6, 250],
    ]);
    expect(one?.slowest?.component).toBe('w');
  });

  // By hand: one request is in one of the two copies, so it has 2 of the 4 instances.
  it('stays in the copy of a stamp that the request is in', () => {
    const [one] = found(
      users()
        .zone('a')
        .zone('b')
        .stamp('cell', ['a', 'b'])
        .component('service', 'api', { cores: '1', 'cpu-time': '1 ms' }, { group: 'cell' })
        .component('service', 't', { capacity: '1k/s' }, { group: 'cell', count: 2 })
        .flow('F', 'u', '0/s', (f) => f.step('u -> api').step('api -> t', 'call', { times: '1', max: '10k' }))
        .build(),
    );
    expect(known(one?.time)).toBeCloseTo(5, 9);
  });

  it('runs on the instances that an autoscaler has at peak', () => {
    const [one] = found(
      users()
        .component('service', 'api', { cores: '1', 'cpu-time': '1 ms' })
        .component('service', 't', { capacity: '100/s', autoscale: '2..50 at cpu 50%' })
        .flow('F', 'u', '10/s', (f) => f.step('u -> api').step('api -> t', 'call', { times: '10', max: '1000' }))
        .build(),
    );
    // 100/s at 50 % of 100/s are 2 instances; 1000 ÷ 200/s = 5 s, over the half that is left.
    expect(known(one?.slowest?.work)).toBeCloseTo(5, 9);
    expect(known(one?.time)).toBeCloseTo(10, 9);
  });

  it('says what it lacks: a capacity, or capacity to spare', () => {
    const at = (rate: string, timelines: Record<string, string>) =>
      found(
        users()
          .component('service', 'api', {})
          .component('service', 'timelines', timelines)
          .component('service', 'log', {})
          .flow('F', 'u', rate, (f) =>
            f.step('u -> api').step('api -> timelines', 'call', { times: '1', max: '1M' }).step('timelines -> log'),
          )
          .build(),
      )[0];
    expect(at('1/s', { capacity: '1k/s' })).toMatchObject({ whole: false, slowest: { component: 'timelines' } });
    expect(at('1/s', {})?.time).toEqual({
      notEstimated: 'timelines has no cpu-time and no capacity; log has no cpu-time and no capacity',
    });
    expect(at('1k/s', { capacity: '1k/s' })?.time).toEqual({ notEstimated: 'timelines has no capacity to spare at peak' });
  });

  it('never throws, grows with the largest, and is no shorter than the work', () => {
    const number = fc.double({ min: 0, max: 1e300, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0, max: 2, noNaN: true }), (a, b, load) => {
        const at = (max: number) =>
          found(
            users()
              .component('service', 'api', {})
              .component('service', 't', { capacity: '1000/s', replicas: '3' })
              .flow('F', 'u', `${load * 3000}/s`, (f) => f.step('u -> api').step('api -> t', 'call', { times: '1', max: String(max) }))
              .build(),
          )[0];
        const [small, large] = [at(Math.min(a, b)), at(Math.max(a, b))];
        expect(large === undefined).toBe(Math.max(a, b) === 0);
        for (const one of [small, large]) {
          if (one && isFigure(one.time)) expect(one.time.value).toBeGreaterThanOrEqual((known(one.slowest?.work) ?? 0) * (1 - 1e-12));
        }
        const [s, l] = [known(small?.time), known(large?.time)];
        if (s !== undefined && l !== undefined) expect(l).toBeGreaterThanOrEqual(s * (1 - 1e-12));
      }),
      { numRuns: 60 },
    );
  });
});
