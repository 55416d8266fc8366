import { describe, expect, it } from 'vitest';
import type { Call, Route, Step } from '../../src/standin/config.ts';
import { createMetrics } from '../../standin/metrics.ts';
import { type Outcome, runRoute } from '../../standin/run-route.ts';
import { createTurns } from '../../standin/turns.ts';

const http = (target: string): Call => ({ kind: 'http', target, path: '/flow/F', sends: 0, receives: 0 });
const step = (id: string, more: Partial<Step> = {}): Step => ({
  id,
  when: 1,
  times: 1,
  background: false,
  optional: false,
  onMiss: [],
  retries: 0,
  backoffMs: 0,
  growth: 'linear',
  choices: [{ share: 1, call: http(id) }],
  ...more,
});
const route = (...steps: Step[]): Route => ({ path: '/flow/F', flow: 'F', cpuMs: 3, steps });

function world(answer: (target: string, n: number) => Outcome | Error | Promise<Outcome> = () => 'ok') {
  const log: string[] = [];
  const made = new Map<string, number>();
  const metrics = createMetrics();
  const surroundings = {
    metrics,
    turns: createTurns(),
    sleep: async (ms: number) => void log.push(`sleep ${ms}`),
    burn: (ms: number) => void log.push(`burn ${ms}`),
    perform: async (call: Call) => {
      const target = call.kind === 'http' ? call.target : call.kind;
      const n = (made.get(target) ?? 0) + 1;
      made.set(target, n);
      log.push(target);
      const outcome = await answer(target, n);
      if (outcome instanceof Error) throw outcome;
      return outcome;
    },
  };
  return { log, metrics, made, surroundings };
}
const down = new Error('down');

describe('runRoute', () => {
  it('burns the CPU time and then takes the steps in order', async () => {
    const { log, surroundings } = world();
    await runRoute(route(step('a'), step('b')), surroundings);
    expect(log).toEqual(['burn 3', 'a', 'b']);
  });

  it('makes as many calls as when × times says, over many requests', async () => {
    const { made, surroundings } = world();
    const one = route(step('sometimes', { when: 0.1 }), step('often', { times: 2.5 }), step('never', { when: 0 }));
    for (let n = 0; n < 1000; n++) await runRoute(one, surroundings);
    expect([...made]).toEqual(
      [
        ['sometimes', 100],
        ['often', 2500],
      ].reverse(),
    );
  });

  it('takes a step on miss only after a miss, or when the read failed', async () => {
    const outcomes: (Outcome | Error)[] = ['hit', 'miss', down];
    const { log, surroundings } = world((target, n) => (target === 'cache' ? outcomes[n - 1]! : 'ok'));
    const one = route(step('cache'), step('store', { onMiss: ['cache'] }));
    for (let n = 0; n < 3; n++) await runRoute(one, surroundings);
    expect(log.filter((entry) => !entry.startsWith('burn'))).toEqual(['cache', 'cache', 'store', 'cache', 'store']);
  });

  it('chains misses: the second level is asked only when the first missed, the store only when both did', async () => {
    const { log, surroundings } = world((target) => (target === 'l1' ? 'miss' : target === 'l2' ? 'hit' : 'ok'));
    await runRoute(route(step('l1'), step('l2', { onMiss: ['l1'] }), step('store', { onMiss: ['l1', 'l2'] })), surroundings);
    expect(log).toEqual(['burn 3', 'l1', 'l2']);
  });

  it('fails when a step fails, and takes no further step', async () => {
    const { log, surroundings } = world((target) => (target === 'a' ? down : 'ok'));
    await expect(runRoute(route(step('a'), step('b')), surroundings)).rejects.toThrow('down');
    expect(log).toEqual(['burn 3', 'a']);
  });

  it('goes on when an optional step fails, and runs the fallback of one that has it', async () => {
    const { log, surroundings } = world((target) => (target === 'a' || target === 'b' ? down : 'ok'));
    await runRoute(route(step('a', { optional: true }), step('b', { otherwise: step('instead') }), step('c')), surroundings);
    expect(log).toEqual(['burn 3', 'a', 'b', 'instead', 'c']);
  });

  it('retries as often as declared, waiting twice as long each time', async () => {
    const { log, surroundings } = world((_, n) => (n < 3 ? down : 'ok'));
    await runRoute(route(step('a', { retries: 2, backoffMs: 50, growth: 'exponential' })), surroundings);
    expect(log).toEqual(['burn 3', 'a', 'sleep 50', 'a', 'sleep 100', 'a']);
  });

  it('spreads over alternatives by share and replaces one that fails', async () => {
    const choices = [
      { share: 0.75, call: http('b') },
      { share: 0.25, call: http('c') },
    ];
    const { made, surroundings } = world();
    for (let n = 0; n < 100; n++) await runRoute(route(step('a', { choices })), surroundings);
    expect(made).toEqual(
      new Map([
        ['b', 75],
        ['c', 25],
      ]),
    );
    const broken = world((target) => (target === 'b' ? down : 'ok'));
    for (let n = 0; n < 100; n++) await runRoute(route(step('a', { choices })), broken.surroundings);
    expect(broken.made.get('c')).toBe(100);
  });

  it('gives up at the timeout and counts it as such', async () => {
    const { metrics, surroundings } = world(() => new Promise(() => {}));
    await expect(runRoute(route(step('a', { timeoutMs: 5 })), surroundings)).rejects.toThrow('no answer in time');
    expect(metrics.text()).toContain('sysd_steps_total{flow="F",step="a",outcome="timeout"} 1');
  });

  it('does not wait for a background step, whose failure fails nothing', async () => {
    const { log, surroundings } = world((target) => (target === 'a' ? down : 'ok'));
    await runRoute(route(step('a', { background: true }), step('b')), surroundings);
    expect(log).toEqual(['burn 3', 'a', 'b']);
  });

  it('starts the steps of a parallel block together', async () => {
    let release: (outcome: Outcome) => void = () => {};
    const { log, surroundings } = world((target) => {
      if (target === 'a') return new Promise<Outcome>((resolve) => (release = resolve));
      release('ok'); // were they one after another, a would never end
      return 'ok';
    });
    await runRoute(route(step('a', { parallel: 1 }), step('b', { parallel: 1 }), step('c')), surroundings);
    expect(log).toEqual(['burn 3', 'a', 'b', 'c']);
  });
});
