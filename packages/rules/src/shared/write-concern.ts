import { COUNT, type Component, type Design, type Property, type PropertyValue, property, replicasPerCopy } from '@sysd/core';
import { majorityOf } from './quorum.ts';

/**
 * How many members confirm a write: as written, else the default. That is `majority`, and 1 where arbiters vote and no more members hold data
 * than a majority has votes: a majority of those with data might then not be there (MongoDB manual, Default MongoDB Read Concerns/Write
 * Concerns). Who decides on the failover (`failover: automatic via NAME`) is an arbiter.
 */
export function writeConcernOf(design: Design, component: Component): Property<PropertyValue<'write-concern'>> | undefined {
  const { properties } = component;
  const concern = property(properties, 'write-concern');
  if (concern?.value !== 'majority' || concern.origin.kind !== 'technology') return concern;
  const arbiter = design.components.get(property(properties, 'failover')?.value.via?.name ?? '');
  const arbiters = arbiter ? replicasPerCopy(arbiter) : 0;
  const members = replicasPerCopy(component);
  if (arbiters === 0 || members > majorityOf(members + arbiters)) return concern;
  return { ...concern, value: { value: 1, dimension: COUNT }, text: '1 (the default with an arbiter)' };
}
