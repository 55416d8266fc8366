import type { LowerOptions } from '@sysd/language';

/** Of a command's options, or of a design that was lowered with some, those that say what is lowered; what was not given is left out. */
export function lowerOptionsOf({ scenario, set, fail, traffic, horizon }: LowerOptions): LowerOptions {
  return {
    ...(scenario === undefined ? {} : { scenario }),
    ...(set ? { set } : {}),
    ...(fail ? { fail } : {}),
    ...(traffic === undefined ? {} : { traffic }),
    ...(horizon ? { horizon } : {}),
  };
}
