import { type Estimated, finite, firstProblem, nonNegative, whole } from '../queueing/domain.ts';

/**
 * Connections that a database serves best: 2·cores + effective spindles (0 where all data is in memory), a starting point to measure from.
 * Whole numbers. Source: HikariCP wiki, About Pool Sizing (PostgreSQL project): 4 cores, one disk: 9.
 */
export function poolSize(cores: number, spindles: number): Estimated<number> {
  const problem = firstProblem([whole('the number of cores', cores, 1), nonNegative('the number of spindles', spindles)]);
  return problem ?? finite('the size of the pool', 2 * cores + spindles);
}

/**
 * Connections with which threads that hold several at once cannot deadlock: threads·(connections − 1) + 1.
 * Source: HikariCP wiki, About Pool Sizing: 3 threads of 4 need 10, 8 of 3 need 17.
 */
export function deadlockFreePoolSize(threads: number, connectionsPerThread: number): Estimated<number> {
  const problem = firstProblem([whole('the number of threads', threads, 1), whole('the connections per thread', connectionsPerThread, 1)]);
  return problem ?? finite('the size of the pool', threads * (connectionsPerThread - 1) + 1);
}
