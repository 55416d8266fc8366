import { COUNT, type Component, type Estimate, effective, notEstimated, property, RATE } from '@sysd/core';
import { compute, leaf, propertyLeaf } from '../figure/make.ts';

/** What is asked of an instance, as `capacity … for read|write` tells apart. */
export type Use = 'read' | 'write' | 'other';

/** Requests/s that one instance sustains at 100 % for a use: cores ÷ cpu-time, else the declared `capacity` (per core × cores). */
export function capacityOf(component: Component, use: Use): Estimate {
  const label = `capacity of one instance of ${component.id}${use === 'other' ? '' : ` for ${use}s`}`;
  const cpuTime = property(component.properties, 'cpu-time');
  const cores = property(component.properties, 'cores');
  const coresLeaf = cores ? propertyLeaf(`${component.id}.cores`, cores) : notEstimated(`${component.id} has no cores`);
  if (cpuTime && cpuTime.value.value > 0) {
    return compute(label, 'cores ÷ cpu-time', [coresLeaf, propertyLeaf(`${component.id}.cpu-time`, cpuTime)], RATE, (c, t) => c / t);
  }
  const capacity = property(component.properties, 'capacity');
  if (!capacity) return notEstimated(`${component.id} has no cpu-time and no capacity`);
  const entry = capacity.value.find((e) => e.for === use) ?? capacity.value.find((e) => e.for === undefined);
  if (!entry) return notEstimated(`${component.id} has no capacity for ${use === 'other' ? 'calls' : `${use}s`}`);
  const rate = leaf(`${component.id}.capacity${entry.perCore ? ' per core' : ''}`, entry.rate.value, RATE, capacity);
  return entry.perCore ? compute(label, 'capacity per core × cores', [rate, coresLeaf], RATE, (r, c) => r * c) : rate;
}

/** The share of its capacity up to which a component is planned. */
export function maxUtilization(component: Component): Estimate {
  const limit = effective(component.properties, 'max-utilization');
  return limit
    ? leaf(`${component.id}.max-utilization`, limit.value.value, COUNT, limit)
    : notEstimated(`${component.id} has no max-utilization`);
}

/** Why a component is not sized here at all; undefined where it is. */
export function notSized(component: Component): string | undefined {
  if (component.kind === 'client') return 'clients are not sized';
  const capacity = property(component.properties, 'capacity');
  const said = capacity && (capacity.origin.kind === 'declared' || capacity.origin.kind === 'scenario');
  if (property(component.properties, 'managed')?.value === 'yes' && !said) return `${component.id} is managed by its provider`;
  if (component.kind === 'external' && !capacity) return `${component.id} is run by others`;
  return undefined;
}
