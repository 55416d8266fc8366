import { type Estimated, isNotEstimated } from '../domain.ts';

/** The result of a function in a test; throws with the reason where there is none. */
export function estimated<T>(result: Estimated<T>): T {
  if (isNotEstimated(result)) throw new Error(`not estimated: ${result.notEstimated}`);
  return result;
}
