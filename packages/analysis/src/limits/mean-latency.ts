import { type Component, type Estimate, notEstimated, property, TIME } from '@sysd/core';
import { compute, leaf } from '../figure/make.ts';

/** Standard normal quantile of 99 %. */
const Z99 = 2.3263478740408408;

/**
 * Mean time of one answer, without the calls that it makes. Of a p50 and a p99 that of the log-normal distribution through both:
 * p50 × e^(σ²/2) with σ = ln(p99 ÷ p50) ÷ 2.326. Of a p50 alone that of the exponential distribution with that median: p50 ÷ ln 2.
 */
export function meanLatency(component: Component): Estimate {
  const latency = property(component.properties, 'latency');
  if (!latency) return notEstimated(`${component.id} has no latency`);
  const { value } = latency;
  if ('mean' in value) return leaf(`${component.id}.latency`, value.mean.value, TIME, latency);
  const p50 = leaf(`${component.id}.latency p50`, value.p50.value, TIME, latency);
  const tail = value.p99?.value;
  if (tail === undefined) {
    return compute(`mean latency of ${component.id}`, 'p50 ÷ ln 2: exponential', [p50], TIME, (median) => median / Math.LN2);
  }
  if (tail < p50.value) return notEstimated(`the p99 of ${component.id}.latency is below its p50`);
  if (tail === p50.value || p50.value <= 0) return p50;
  const p99 = leaf(`${component.id}.latency p99`, tail, TIME, latency);
  return compute(
    `mean latency of ${component.id}`,
    'p50 × e^(σ² ÷ 2), σ = ln(p99 ÷ p50) ÷ 2.326: log-normal',
    [p50, p99],
    TIME,
    (a, b) => a * Math.exp((Math.log(b / a) / Z99) ** 2 / 2),
  );
}
