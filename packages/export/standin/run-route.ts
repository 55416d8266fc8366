import type { Call, Route, Step } from '../src/standin/config.ts';
import type { Metrics } from './metrics.ts';

/** What a call came to; `miss` only for reads of a cache. */
export type Outcome = 'ok' | 'hit' | 'miss';

export interface Surroundings {
  /** Makes the call; rejects when it fails. The signal fires at the step's timeout. */
  readonly perform: (call: Call, stepId: string, signal: AbortSignal) => Promise<Outcome>;
  readonly turns: (id: string, share: number) => number;
  readonly metrics: Metrics;
  readonly sleep: (ms: number) => Promise<void>;
  readonly burn: (ms: number) => void;
}

/** Where no timeout is declared: long enough not to decide anything, short enough that nothing hangs for ever. */
const LONGEST_MS = 30_000;

/**
 * Does what the flow's stop does: burns the CPU time, then takes the steps in order, neighbours of one `parallel` block together.
 * Rejects with the first failure of a step that is waited for and neither optional nor replaced.
 */
export async function runRoute(route: Route, world: Surroundings): Promise<void> {
  world.burn(route.cpuMs);
  const missed = new Map<string, boolean>();
  for (let at = 0; at < route.steps.length; ) {
    const step = route.steps[at]!;
    let end = at + 1;
    if (step.parallel !== undefined) while (route.steps[end]?.parallel === step.parallel) end++;
    const results = await Promise.allSettled(route.steps.slice(at, end).map((each) => takeStep(route, each, missed, world)));
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    at = end;
  }
}

async function takeStep(route: Route, step: Step, missed: Map<string, boolean>, world: Surroundings): Promise<void> {
  if (step.onMiss.some((id) => missed.get(id) !== true)) return;
  const key = `${route.path} ${step.id}`;
  if (world.turns(`${key} when`, step.when) === 0) return;
  const times = world.turns(`${key} times`, step.times);
  const loadedBehind = route.steps.some((other) => other.onMiss.includes(step.id));
  const work = async (): Promise<void> => {
    for (let n = 0; n < times; n++) {
      try {
        const outcome = await attempts(route, step, key, world);
        if (outcome !== 'ok') missed.set(step.id, outcome === 'miss');
      } catch (error) {
        // a cache that fails is a cache that misses, when the flow says what to do on a miss
        if (loadedBehind) missed.set(step.id, true);
        else if (step.otherwise !== undefined) await takeStep(route, step.otherwise, missed, world);
        else if (!step.optional) throw error;
      }
    }
  };
  if (!step.background) return work();
  work().catch(() => {}); // counted already; nobody waits for it
}

async function attempts(route: Route, step: Step, key: string, world: Surroundings): Promise<Outcome> {
  const first = firstChoice(step, key, world);
  for (let attempt = 0; ; attempt++) {
    const { call } = step.choices[(first + attempt) % step.choices.length]!;
    const signal = AbortSignal.timeout(step.timeoutMs ?? LONGEST_MS);
    try {
      const outcome = await within(world.perform(call, step.id, signal), signal);
      world.metrics.count('sysd_steps_total', { flow: route.flow, step: step.id, outcome });
      return outcome;
    } catch (error) {
      world.metrics.count('sysd_steps_total', { flow: route.flow, step: step.id, outcome: signal.aborted ? 'timeout' : 'error' });
      // alternatives replace each other, so each is tried at least once
      if (attempt >= Math.max(step.retries, step.choices.length - 1)) throw error;
      const wait = step.backoffMs * (step.growth === 'exponential' ? 2 ** attempt : attempt + 1);
      if (wait > 0) await world.sleep(wait);
    }
  }
}

/** The alternative whose turn it is. Each is offered its share of what the ones before it left. */
function firstChoice({ choices }: Step, key: string, world: Surroundings): number {
  if (choices.length === 1) return 0;
  let left = 1;
  const at = choices.findIndex((choice, index) => {
    const share = left > choice.share ? choice.share / left : 1;
    left -= choice.share;
    return world.turns(`${key} choice ${index}`, share) > 0;
  });
  return Math.max(at, 0);
}

/** Rejects when the signal fires, for clients that cannot be interrupted. */
function within<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = (): void => reject(new Error('no answer in time'));
    signal.addEventListener('abort', late, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', late));
  });
}
