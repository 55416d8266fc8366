import {
  COUNT,
  type Component,
  type ComponentLoad,
  type Design,
  type Figure,
  isFigure,
  type NotEstimated,
  property,
  RATE,
  type SettledRetries,
  type Traffic,
} from '@sysd/core';
import { boundedAttempts } from '../estimation/retries.ts';
import { type CallClass, retryFixpoint } from '../estimation/retry-fixpoint.ts';
import { leaf, product, propertyLeaf, quotient } from '../figure/make.ts';
import { ownMean } from '../latency/own-time.ts';
import { type Estimated, isNotEstimated } from '../queueing/domain.ts';
import { type CallsOfStep, failuresOf, type ResponseAt, responseOf } from './call-failure.ts';
import { refusalsOf } from './refusals.ts';
import type { RetryStability } from './retry-stability.ts';

/** Where retries and failures settle. */
export interface Settled {
  readonly calm: SettledRetries;
  readonly afterDisturbance: SettledRetries;
}

/**
 * The load at which retries of all callers and the failures that cause them settle, from a calm start and after a disturbance in which all calls
 * failed. Failures follow from the load: time-outs in the queue that latencies count, and all calls above its capacity (`failuresOf`); retried calls count
 * as random arrivals. Some hundred evaluations of that queue, so it is for commands and not for every keystroke.
 */
export function settledRetries(
  context: { readonly design: Design; readonly traffic: Traffic },
  component: Component,
  load: ComponentLoad,
  utilization: Figure,
  stability: RetryStability,
): Settled {
  const { calls } = stability;
  const classes = classesOf(context, component, load, utilization, stability);
  if (isNotEstimated(classes)) return { calm: unknown(classes), afterDisturbance: unknown(classes) };
  const capacity = calls / utilization.value;
  const found = retryFixpoint({ classes, ...(classes.every((c) => c.convex) ? { convexBelow: capacity } : {}) });
  if (isNotEstimated(found)) return { calm: unknown(found), afterDisturbance: unknown(found) };
  const length = property(component.properties, 'max-length');
  const refusing = length ? ', and what the full queue refuses (M/M/c/K)' : '';
  const own = ownMean(component);
  const timed = isFigure(own) && stability.into.some(({ connection }) => connection.properties.has('timeout'));
  const inputs = [
    utilization,
    ...(timed ? [own] : []),
    ...(length ? [propertyLeaf(`${component.id}.max-length`, length)] : []),
    ...stability.into.flatMap(({ connection, rate }) => inputsOf(connection, rate)),
  ];
  const alike = classes.every((c) => c.rate === c.calls);
  const at = (offered: number, from: string, which: string): SettledRetries => {
    const { tries, failed } = attemptsAt(classes, offered);
    const settled: Figure = {
      value: alike ? offered : tries,
      dimension: RATE,
      label: `calls of ${component.id} with retries, ${from}`,
      formula: `the ${which} λ′ = Σ calls × attempts at the share that fails at λ′: P(time > timeout), all above the capacity${refusing}`,
      inputs,
    };
    const overCapacity = `load of ${component.id} with retries over its capacity, ${from}`;
    const attempts = quotient(
      `attempts per call of ${component.id}, ${from}`,
      'calls with retries ÷ calls',
      settled,
      leaf(`calls of ${component.id} at peak`, calls, RATE),
    );
    return {
      load: settled,
      utilization: alike
        ? product(overCapacity, 'utilisation × attempts', [utilization, attempts])
        : {
            value: (utilization.value * offered) / calls,
            dimension: COUNT,
            label: overCapacity,
            formula: 'Σ utilisation by the calls of each × their attempts',
            inputs,
          },
      attempts,
      failing: {
        value: tries > 0 ? failed / tries : 0,
        dimension: COUNT,
        label: `share of the attempts at ${component.id} that fails, ${from}`,
        formula: `P(time > timeout) at that load, all above the capacity${refusing}; in the mean over the attempts`,
        inputs: [settled, ...inputs],
      },
    };
  };
  return {
    calm: at(found.calm, 'from a calm start', 'least'),
    afterDisturbance: at(found.disturbed, 'after all have failed', 'greatest'),
  };
}

const unknown = (why: NotEstimated): SettledRetries => ({ load: why, utilization: why, attempts: why, failing: why });

/** Calls that take the same way; their `rate` is in calls/s of the mean weight, so that the load of the component is in proportion to it. */
interface SettlingCalls extends CallClass, Pick<CallsOfStep, 'convex'> {
  readonly calls: number;
}

/** Calls by connection and by the way that they take. */
function classesOf(
  context: { readonly design: Design; readonly traffic: Traffic },
  component: Component,
  load: ComponentLoad,
  utilization: Figure,
  { into, calls }: RetryStability,
): Estimated<SettlingCalls[]> {
  const refusedAt = component.properties.has('max-length') ? refusalsOf(context, component) : undefined;
  if (isNotEstimated(refusedAt)) return refusedAt;
  let known: Estimated<ResponseAt> | undefined;
  const response = (): Estimated<ResponseAt> => (known ??= responseOf(component, load, utilization));
  const classes: SettlingCalls[] = [];
  for (const { connection, rate, weighed, ...bounds } of into) {
    if (rate === 0) continue;
    const steps = failuresOf(context, component, connection, response);
    if (isNotEstimated(steps)) return steps;
    for (const { share, convex, failureAt } of steps) {
      const shareAt = (offered: number): number => {
        const late = failureAt((utilization.value * offered) / calls);
        return refusedAt ? Math.min(1, late + (1 - late) * refusedAt(offered / calls)) : late;
      };
      classes.push({ ...bounds, rate: weighed * share, calls: rate * share, convex: convex && !refusedAt, failureAt: shareAt });
    }
  }
  return classes;
}

/** Attempts/s at a load, and those of them that fail. */
function attemptsAt(classes: readonly SettlingCalls[], offered: number): { readonly tries: number; readonly failed: number } {
  let [tries, failed] = [0, 0];
  for (const c of classes) {
    const p = c.failureAt(offered);
    const own = c.calls * boundedAttempts(p, c);
    tries += own;
    failed += own * p;
  }
  return { tries, failed };
}

/** What the share of failing calls of a connection follows from. */
function inputsOf(connection: RetryStability['into'][number]['connection'], rate: number): Figure[] {
  const timeout = property(connection.properties, 'timeout');
  const retries = property(connection.properties, 'retries');
  return [
    leaf(`first tries of ${connection.id}`, rate, RATE),
    ...(retries ? [propertyLeaf(`retries of ${connection.id}`, retries)] : []),
    ...(timeout ? [propertyLeaf(`timeout of ${connection.id}`, timeout)] : []),
  ];
}
