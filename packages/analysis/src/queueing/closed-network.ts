import { type NotEstimated, notEstimated } from '@sysd/core';
import { firstProblem, nonNegative, positive, whole } from './domain.ts';

/** Users who work, think, and work again: sessions instead of a stream of arrivals. */
export interface ClosedNetwork {
  /** Each station: mean service time of one visit, s, and mean visits of one interaction. */
  readonly stations: readonly { readonly serviceTime: number; readonly visits: number }[];
  /** Z: mean time between an answer and the user's next request, s, at least 0. */
  readonly thinkTime: number;
  /** N: users, a whole number from 1. */
  readonly population: number;
}

/** Why a closed network is outside the domain, or undefined. */
export function closedNetworkProblem({ stations, thinkTime, population }: ClosedNetwork, most?: number): NotEstimated | undefined {
  const problem = firstProblem([
    nonNegative('the think time', thinkTime),
    whole('the population', population, 1, most),
    ...stations.flatMap(({ serviceTime, visits }, i) => [
      nonNegative(`the service time of station ${i + 1}`, serviceTime),
      nonNegative(`the visits to station ${i + 1}`, visits),
    ]),
  ]);
  if (problem) return problem;
  if (stations.every(({ serviceTime, visits }) => serviceTime * visits === 0)) {
    return notEstimated('no station has any work: it needs a station with a service time and visits above 0');
  }
  return firstProblem([positive('the total demand (Σ service time × visits)', totalDemand(stations))]);
}

/** D = Σ V·S: what an interaction takes with nobody else there, s. */
export function totalDemand(stations: ClosedNetwork['stations']): number {
  return stations.reduce((sum, s) => sum + s.serviceTime * s.visits, 0);
}
