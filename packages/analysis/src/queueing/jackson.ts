import { type NotEstimated, notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, isNotEstimated, nonNegative } from './domain.ts';
import { multiServerQueue, type QueueState } from './mmc.ts';
import { type Routing, trafficEquations } from './traffic-equations.ts';

/** A station of a network; its arrival rate follows from the network. */
export interface NetworkStation {
  /** Mean service time of one visit, s, above 0. */
  readonly serviceTime: number;
  /** A whole number from 1 to 10^7. */
  readonly servers: number;
}

export interface OpenNetworkState {
  /** Requests/s that enter, and leave. */
  readonly throughput: number;
  /** Mean time of a request from entering to leaving, all visits to all stations, s. */
  readonly responseTime: number;
  readonly meanInSystem: number;
  /** Each station as M/M/c with its rate (1/s) and the mean number of visits of a request. */
  readonly stations: readonly (QueueState & { readonly rate: number; readonly visits: number })[];
}

/**
 * Open Jackson network: rates from the traffic equations, then each station is an M/M/c queue on its own (product form).
 * Not estimated, with the station's number, where one is saturated.
 * Source: J. R. Jackson, Networks of Waiting Lines, Operations Research 5(4), 1957.
 */
export function openNetwork(stations: readonly NetworkStation[], routing: Routing): Estimated<OpenNetworkState> {
  if (stations.length !== routing.arrivals.length) {
    return notEstimated(
      `there are ${stations.length} stations and arrivals for ${routing.arrivals.length}: each station needs an arrival rate`,
    );
  }
  const rates = trafficEquations(routing);
  if (isNotEstimated(rates)) return rates;
  const entering = routing.arrivals.reduce((a, b) => a + b, 0);
  return stateOf(
    stations,
    rates.map((rate) => (entering === 0 ? 0 : rate / entering)),
    entering,
  );
}

/**
 * The same for known visits: `visits[i]` is the mean number of visits of a request to station i, `arrivalRate` the requests/s that enter.
 * Source: Jain, The Art of Computer Systems Performance Analysis, box 34.1.
 */
export function openNetworkByVisits(
  stations: readonly NetworkStation[],
  visits: readonly number[],
  arrivalRate: number,
): Estimated<OpenNetworkState> {
  if (stations.length !== visits.length || visits.length === 0) {
    return notEstimated(`there are ${stations.length} stations and visits for ${visits.length}: it needs one or more, and as many of both`);
  }
  const problem = firstProblem([
    nonNegative('the arrival rate', arrivalRate),
    ...visits.map((v, i) => nonNegative(`the number of visits to station ${i + 1}`, v)),
  ]);
  return problem ?? stateOf(stations, visits, arrivalRate);
}

function stateOf(stations: readonly NetworkStation[], visits: readonly number[], entering: number): Estimated<OpenNetworkState> {
  const states: OpenNetworkState['stations'][number][] = [];
  for (const [i, station] of stations.entries()) {
    const visited = visits[i] as number;
    const rate = entering * visited;
    const state: QueueState | NotEstimated = multiServerQueue({ ...station, arrivalRate: rate });
    if (isNotEstimated(state)) return notEstimated(`station ${i + 1}: ${state.notEstimated}`);
    states.push({ ...state, rate, visits: visited });
  }
  return finite('the state of the network', {
    throughput: entering,
    responseTime: states.reduce((sum, s) => sum + s.visits * s.meanTime, 0),
    meanInSystem: states.reduce((sum, s) => sum + s.meanInSystem, 0),
    stations: states,
  });
}
