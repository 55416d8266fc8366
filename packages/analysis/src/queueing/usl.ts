import { notEstimated } from '@sysd/core';
import { type Estimated, finite, firstProblem, nonNegative, positive, share } from './domain.ts';

/** Coefficients of the Universal Scalability Law, fitted to measurements. */
export interface Scalability {
  /** Throughput of one, λ, 1/s, above 0. */
  readonly throughputOfOne: number;
  /** Contention σ: share of the work that is serial, 0 to 1. */
  readonly contention: number;
  /** Coherency κ: cost of keeping each pair consistent, at least 0. */
  readonly coherency: number;
}

/**
 * Universal Scalability Law: throughput of N instances (or clients), X(N) = λ·N / (1 + σ·(N − 1) + κ·N·(N − 1)), 1/s. N ≥ 1.
 * Source: N. J. Gunther, Guerrilla Capacity Planning, chapter 4; B. Schwartz, Practical Scalability Analysis with the USL.
 */
export function scaledThroughput(law: Scalability, instances: number): Estimated<number> {
  const problem = lawProblem(law) ?? firstProblem([atLeastOne(instances)]);
  return problem ?? finite('the throughput', throughput(law, instances));
}

/** The point beyond which more instances make it slower. */
export interface ScalabilityOptimum {
  /** N* = √((1 − σ)/κ), a real number, at least 1; Gunther rounds it down. */
  readonly instances: number;
  /** The whole number of instances with the greatest throughput, and that throughput, 1/s. */
  readonly wholeInstances: number;
  readonly throughput: number;
}

/** The optimum of the law; not estimated without coherency cost (κ = 0), where throughput only ever grows, towards λ/σ. */
export function scalabilityOptimum(law: Scalability): Estimated<ScalabilityOptimum> {
  const problem = lawProblem(law);
  if (problem) return problem;
  if (law.coherency === 0) {
    return notEstimated('there is no optimum: without coherency cost (κ = 0) each further instance adds throughput');
  }
  const instances = Math.max(1, Math.sqrt((1 - law.contention) / law.coherency));
  const below = Math.floor(instances);
  const wholeInstances = throughput(law, below + 1) > throughput(law, below) ? below + 1 : below;
  return finite('the optimum', { instances, wholeInstances, throughput: throughput(law, wholeInstances) });
}

function throughput({ throughputOfOne, contention, coherency }: Scalability, n: number): number {
  return throughputOfOne * (n / (1 + contention * (n - 1) + coherency * n * (n - 1)));
}

function lawProblem({ throughputOfOne, contention, coherency }: Scalability) {
  return firstProblem([
    positive('the throughput of one', throughputOfOne),
    share('the contention σ', contention),
    nonNegative('the coherency κ', coherency),
  ]);
}

function atLeastOne(instances: number): string | undefined {
  return Number.isFinite(instances) && instances >= 1
    ? undefined
    : `the number of instances is ${instances}: it must be finite and 1 or more`;
}
