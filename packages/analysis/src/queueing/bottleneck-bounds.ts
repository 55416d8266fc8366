import { type ClosedNetwork, closedNetworkProblem, totalDemand } from './closed-network.ts';
import { type Estimated, finite } from './domain.ts';

export interface BottleneckBounds {
  /** Interactions/s: at least and at most. */
  readonly throughput: { readonly least: number; readonly most: number };
  /** Mean response time without thinking, s. */
  readonly responseTime: { readonly least: number; readonly most: number };
  /** N* = (D + Z)/Dmax: users from which they must queue at the bottleneck. */
  readonly saturationPopulation: number;
  /** Index of the station with the greatest demand; the first of equals. */
  readonly bottleneck: number;
}

/**
 * Asymptotic bounds of a closed network, with D = Σ V·S and Dmax its greatest term, whatever the distributions:
 * N/(N·D + Z) ≤ X ≤ min(1/Dmax, N/(D + Z)) and max(D, N·Dmax − Z) ≤ R ≤ N·D.
 * Source: Denning & Buzen, The Operational Analysis of Queueing Network Models, ACM Computing Surveys 10(3), 1978; Lazowska et al.,
 * Quantitative System Performance, chapter 5.
 */
export function bottleneckBounds(network: ClosedNetwork): Estimated<BottleneckBounds> {
  const problem = closedNetworkProblem(network);
  if (problem) return problem;
  const { stations, thinkTime, population } = network;
  const demand = totalDemand(stations);
  const demands = stations.map((s) => s.serviceTime * s.visits);
  const greatest = demands.reduce((a, b) => Math.max(a, b));
  return finite('a bound', {
    throughput: {
      least: population / (population * demand + thinkTime),
      most: Math.min(1 / greatest, population / (demand + thinkTime)),
    },
    responseTime: { least: Math.max(demand, population * greatest - thinkTime), most: population * demand },
    saturationPopulation: (demand + thinkTime) / greatest,
    bottleneck: demands.indexOf(greatest),
  });
}
