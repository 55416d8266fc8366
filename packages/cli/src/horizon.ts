import { parseQuantity, type Quantity, sameDimension, TIME } from '@sysd/core';
import { CouldNotRun } from './fail.ts';

/** Reads `--in "3 year"`: how far in the future a design is seen. */
export function horizonOf(text: string): Quantity {
  const read = parseQuantity(text.trim());
  if (read.ok && sameDimension(read.value.dimension, TIME) && read.value.low === undefined) return read.value;
  const why = read.ok ? 'is no single time' : `cannot be read (${read.error})`;
  throw new CouldNotRun(`--in ${text} ${why}. It says how far in the future the design is seen: --in "3 year"`);
}
