import { type ClosedNetwork, closedNetworkProblem } from './closed-network.ts';
import { type Estimated, finite, MAX_STEPS } from './domain.ts';

export interface ClosedNetworkState {
  /** X: interactions/s. */
  readonly throughput: number;
  /** R: mean time from request to answer, without thinking, s. */
  readonly responseTime: number;
  readonly stations: readonly {
    readonly utilization: number;
    /** Of one interaction, all its visits, s. */
    readonly residenceTime: number;
    /** Of one visit, s. */
    readonly timePerVisit: number;
    /** Requests at the station in the mean, in service and waiting. */
    readonly queueLength: number;
  }[];
}

/**
 * Exact mean value analysis of a closed network, one class of users, stations with one server (FCFS exponential, or processor sharing).
 *
 * For n = 1 … N: R(i) = V(i)·S(i)·(1 + Q(i)), X = n / (Z + Σ R(i)), Q(i) = X·R(i), which only adds, multiplies and divides positive
 * numbers. N × stations at most 10^7.
 * Source: Reiser & Lavenberg, Mean-Value Analysis of Closed Multichain Queuing Networks, Journal of the ACM 27(2), 1980.
 */
export function meanValueAnalysis(network: ClosedNetwork): Estimated<ClosedNetworkState> {
  const { stations, thinkTime, population } = network;
  const problem = closedNetworkProblem(network, Math.floor(MAX_STEPS / Math.max(1, stations.length)));
  if (problem) return problem;
  const demands = stations.map((s) => s.serviceTime * s.visits);
  const queues = demands.map(() => 0);
  const residences = demands.map(() => 0);
  let throughput = 0;
  let responseTime = 0;
  for (let n = 1; n <= population; n++) {
    responseTime = 0;
    for (let i = 0; i < demands.length; i++) {
      residences[i] = demands[i]! * (1 + queues[i]!);
      responseTime += residences[i]!;
    }
    throughput = n / (thinkTime + responseTime);
    for (let i = 0; i < demands.length; i++) queues[i] = throughput * residences[i]!;
  }
  return finite('the state of the network', {
    throughput,
    responseTime,
    stations: stations.map(({ serviceTime, visits }, i) => ({
      utilization: throughput * demands[i]!,
      residenceTime: residences[i]!,
      timePerVisit: visits === 0 ? serviceTime : residences[i]! / visits,
      queueLength: queues[i]!,
    })),
  });
}
