import { COUNT, sameDimension, valueIn } from '@sysd/core';
import type { QueueLimit } from '../standin/config.ts';
import type { Part } from './project.ts';

/** `max-length` of a queue as a broker takes it; undefined where none is said. */
export function queueLimitOf({ component }: Pick<Part, 'component'>): QueueLimit | undefined {
  const length = component.kind === 'queue' ? valueIn(component.properties, 'max-length') : undefined;
  if (length === undefined) return undefined;
  const whole = Math.min(Number.MAX_SAFE_INTEGER, Math.floor(length.value));
  return sameDimension(length.dimension, COUNT) ? { messages: whole } : { bytes: whole };
}
