import type { Component, ElementId, Group } from '@sysd/core';
import type { SourceFile } from '../project/source-file.ts';
import type { Reads } from './cache-misses.ts';
import type { Connections } from './connections.ts';
import type { Context } from './context.ts';
import type { Scope } from './scope.ts';
import type { Stops } from './stops.ts';
import type { Values } from './values.ts';

/** What reading the steps of one flow needs. */
export interface StepsInput {
  readonly context: Context;
  readonly scope: Scope;
  readonly values: Values;
  readonly components: ReadonlyMap<ElementId, Component>;
  readonly groups: ReadonlyMap<ElementId, Group>;
  readonly connections: Connections;
  readonly flow: ElementId;
  readonly file: SourceFile;
  readonly stops: Stops;
  readonly reads: Reads;
}
