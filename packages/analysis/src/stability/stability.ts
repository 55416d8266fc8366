import { addTo, COUNT, type Connection, type Design, type Figure, isFigure, RATE, type Stability, type Traffic } from '@sysd/core';
import { compute, leaf, product } from '../figure/make.ts';
import { type RetryStability, retryStability } from './retry-stability.ts';
import { settledRetries } from './settled.ts';

/**
 * Where each component stands that is called with retries, in text order; the same judgement as the rule `metastable-retries`. What nobody retries, and
 * what has no utilisation, is left out. Source: Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.
 */
export function stabilityOf(design: Design, traffic: Traffic): readonly Stability[] {
  const into = new Map<string, Connection[]>();
  for (const connection of design.connections.values()) addTo(into, connection.to, connection);
  return [...design.components.values()].flatMap((component): Stability[] => {
    const { id } = component;
    const load = traffic.components.get(id);
    const atPeak = load?.utilization;
    const found = retryStability(component, into.get(id) ?? [], traffic);
    if (!found || !load || !isFigure(atPeak) || atPeak.value === 0) return [];
    const utilization = withAll(id, atPeak, found);
    const { state, calls, tipping } = found;
    const attempts: Figure = {
      value: found.disturbed / found.utilization,
      dimension: COUNT,
      label: `attempts per call of ${id} when all fail`,
      formula: '1 + retries, no more than 1 + budget, 1 behind a circuit breaker; in the mean over the calls, by what each of them loads',
      inputs: found.retrying.map((c) => leaf(`retries of ${c.connection.id}`, c.retries, COUNT)),
    };
    const disturbed = product(`load of ${id} when all calls are retried, over its capacity`, 'utilisation × attempts', [
      utilization,
      attempts,
    ]);
    const threshold = compute(
      `calls of ${id} above which it is vulnerable`,
      'calls ÷ (utilisation × attempts): the capacity ÷ attempts',
      [leaf(`calls of ${id} at peak`, calls, RATE), ...(isFigure(disturbed) ? [disturbed] : [])],
      RATE,
      (rate, load = Number.NaN) => rate / load,
    );
    const surge = compute(`growth of the load that fills ${id}`, '1 ÷ utilisation − 1', [utilization], COUNT, (u) => 1 / u - 1);
    const share: Figure | undefined =
      tipping === undefined
        ? undefined
        : {
            value: tipping,
            dimension: COUNT,
            label: `share of failing calls of ${id} that tips it`,
            formula: 'where utilisation × attempts at that share is 100 %',
            inputs: [utilization, attempts],
          };
    const triggers = share ? { tipping: share, surge } : {};
    const settled = settledRetries({ design, traffic }, component, load, utilization, found);
    const scaledTo = found.scaledTo === undefined ? {} : { scaledTo: found.scaledTo };
    return [{ component: id, state, utilization, ...scaledTo, attempts, disturbed, threshold, ...triggers, ...settled }];
  });
}

/** The utilisation with all instances that may run, as retries bring the autoscaler to the top of its range. */
function withAll(id: string, atPeak: Figure, { utilization, scaledTo }: RetryStability): Figure {
  if (scaledTo === undefined) return atPeak;
  return {
    value: utilization,
    dimension: COUNT,
    label: `utilisation of ${id} at peak with all instances of its range`,
    formula: 'utilisation × instances at peak ÷ most instances of the range',
    inputs: [atPeak, leaf(`most instances of ${id}`, scaledTo, COUNT)],
  };
}
