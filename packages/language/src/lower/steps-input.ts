import type { Component, ElementId, Group } from '@sysd/core';
import type { Reads } from './cache-misses.ts';
import type { ConnectionUse } from './connections.ts';
import type { Context, FileRef } from './context.ts';
import type { Elements } from './elements-input.ts';
import type { Scope } from './scope.ts';
import type { Stops } from './stops.ts';
import type { Values } from './values.ts';

/** What reading the steps of one flow needs. */
export interface StepsInput {
  readonly context: Context;
  readonly scope: Scope;
  readonly values: Values;
  readonly components: Elements<Component>;
  readonly groups: Elements<Group>;
  /** Where the hops note which connections they use. */
  readonly uses: ConnectionUse[];
  readonly flow: ElementId;
  readonly file: FileRef;
  readonly stops: Stops;
  readonly reads: Reads;
}
