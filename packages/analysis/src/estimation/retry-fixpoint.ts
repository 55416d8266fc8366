import { notEstimated } from '@sysd/core';
import { type Estimated, firstProblem, isNotEstimated, nonNegative, share } from '../queueing/domain.ts';
import { attempts } from './retries.ts';

export interface RetryingClients {
  /** First tries/s, at least 0. */
  readonly load: number;
  /** Retries of a failed call at most, at least 0. */
  readonly retries: number;
  /** Share of calls that fail at an offered load (calls/s, retries included): 0 to 1, never falling as the load rises. */
  readonly failureAt: (offered: number) => number;
}

export interface RetryEquilibria {
  /** Calls/s reached from a calm start: the least fixpoint. */
  readonly calm: number;
  /** Calls/s at which it stays after a disturbance in which everything failed: the greatest fixpoint. */
  readonly disturbed: number;
}

const MAX_ROUNDS = 100_000;

/**
 * Load with retries, solved to the fixpoint λ' = λ·E[attempts(p(λ'))]: failures cause retries, retries cause load, load causes failures.
 * The right side rises with λ', so rounds from λ upwards reach the least fixpoint and from λ·(r + 1) downwards the greatest
 * (Knaster–Tarski). Where they differ, the service is metastable: a trigger takes it from one to the other, and it stays there.
 * Source: Bronson et al., Metastable Failures in Distributed Systems, HotOS 2021.
 */
export function retryFixpoint({ load, retries, failureAt }: RetryingClients): Estimated<RetryEquilibria> {
  const problem = firstProblem([
    nonNegative('the load', load),
    nonNegative('the number of retries', retries),
    nonNegative('the load with all retries', load * (retries + 1)),
  ]);
  if (problem) return problem;
  const round = (offered: number): Estimated<number> => {
    const p = failureAt(offered);
    return firstProblem([share(`the failure probability at ${offered}/s`, p)]) ?? load * attempts(p, retries);
  };
  const calm = settle(load, round);
  if (isNotEstimated(calm)) return calm;
  const disturbed = settle(load * (retries + 1), round);
  return isNotEstimated(disturbed) ? disturbed : { calm, disturbed };
}

function settle(start: number, round: (offered: number) => Estimated<number>): Estimated<number> {
  let offered = start;
  for (let i = 0; i < MAX_ROUNDS; i++) {
    const next = round(offered);
    if (isNotEstimated(next)) return next;
    if (Math.abs(next - offered) <= 1e-14 * next) return next;
    offered = next;
  }
  return notEstimated(
    `the load with retries does not settle within ${MAX_ROUNDS} rounds: it is at the edge of a collapse, near ${offered}/s`,
  );
}
