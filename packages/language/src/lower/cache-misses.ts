import type { Component, Hop } from '@sysd/core';
import type { Modifier } from '../generated/ast.ts';
import { type At, spanOf, spanOfPart } from './context.ts';
import type { StepsInput } from './steps-input.ts';

/** Kinds that may answer from what they hold. */
const holdsCopies = (component: Component | undefined): boolean =>
  component?.kind === 'cache' || component?.kind === 'cdn' || component?.kind === 'gateway';

/** The cache whose misses a step takes: the nearest earlier read by this stop, else the source itself where it is one that caches. */
export function missOf(
  input: StepsInput,
  hops: readonly Hop[],
  from: number,
  source: Component,
  at: At<Modifier & { $type: 'OnMiss' }>,
): Hop['miss'] | undefined {
  const { context, scope, components, stops, file } = input;
  const wanted =
    at.node.cache === undefined
      ? undefined
      : scope.resolve(at.node.cache, file, spanOfPart(at.node, 'cache'), ['component'], 'a cache')?.id;
  if (at.node.cache !== undefined && wanted === undefined) return undefined;
  for (let i = hops.length - 1; i >= 0; i--) {
    const hop = hops[i] as Hop;
    // A stop's hops are among those of the flow since it was entered.
    if (hop.to.some((t) => t.stop === from)) break;
    if (hop.from !== from || hop.operation !== 'read') continue;
    const cache = hop.to
      .map((t) => components.get(stops.component(t.stop)))
      .find((c) => (wanted === undefined ? c?.kind === 'cache' : c?.id === wanted));
    if (cache) return { cache: cache.id, read: hop.index };
  }
  const itself = wanted === undefined ? holdsCopies(source) && source.properties.has('hit-ratio') : wanted === source.id;
  if (itself || (wanted === undefined && source.kind === 'cdn')) return { cache: source.id };
  const what = wanted === undefined ? `${source.id} reads no cache above` : `${source.id} does not read ${wanted} above`;
  context.report('invalid-step', spanOf(at.node), `on miss of what? ${what}: add a step such as ${source.id} -> ${wanted ?? 'CACHE'} read`);
  return undefined;
}
