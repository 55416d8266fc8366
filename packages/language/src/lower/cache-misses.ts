import type { Component, ElementId, Hop } from '@sysd/core';
import type { Modifier } from '../generated/ast.ts';
import { type At, spanOf, spanOfPart } from './context.ts';
import type { StepsInput } from './steps-input.ts';

/** Kinds that may answer from what they hold. */
const holdsCopies = (component: Component | undefined): boolean =>
  component?.kind === 'cache' || component?.kind === 'cdn' || component?.kind === 'gateway';

/** The reads of a flow so far: what `on miss` looks back to. */
export interface Reads {
  add(hop: Hop, targets: readonly Component[]): void;
  /** The latest hop by which a stop reads that component, or any cache where none is named. */
  latest(stop: number, component?: ElementId): Hop['miss'];
}

export function createReads(): Reads {
  const latest = new Map<string, Hop['miss']>();
  return {
    add({ index, from, operation }, targets) {
      if (operation !== 'read') return;
      for (const { id } of targets) latest.set(`${from} ${id}`, { cache: id, read: index });
      const cache = targets.find((t) => t.kind === 'cache');
      if (cache) latest.set(`${from}`, { cache: cache.id, read: index });
    },
    latest: (stop, component) => latest.get(component === undefined ? `${stop}` : `${stop} ${component}`),
  };
}

/** The cache whose misses a step takes: the nearest earlier read by this stop, else the source itself where it is one that caches. */
export function missOf(
  input: StepsInput,
  from: number,
  source: Component,
  at: At<Modifier & { $type: 'OnMiss' }>,
): Hop['miss'] | undefined {
  const { context, scope, file } = input;
  const wanted =
    at.node.cache === undefined
      ? undefined
      : scope.resolve(at.node.cache, file, spanOfPart(at.node, 'cache'), ['component'], 'a cache')?.id;
  if (at.node.cache !== undefined && wanted === undefined) return undefined;
  const read = input.reads.latest(from, wanted);
  if (read) return read;
  const itself = wanted === undefined ? holdsCopies(source) && source.properties.has('hit-ratio') : wanted === source.id;
  if (itself || (wanted === undefined && source.kind === 'cdn')) return { cache: source.id };
  const what = wanted === undefined ? `${source.id} reads no cache above` : `${source.id} does not read ${wanted} above`;
  context.report('invalid-step', spanOf(at.node), `on miss of what? ${what}: add a step such as ${source.id} -> ${wanted ?? 'CACHE'} read`);
  return undefined;
}
