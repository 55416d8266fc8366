import type { Kind } from '@sysd/core';

/** What a card stands for: a component of a kind, or a collapsed group. */
export type NodeKind = Kind | 'group';

/** The family of a kind gives its silhouette and colour. */
export type Family = 'plain' | 'entry' | 'compute' | 'data' | 'message';

export type SilhouetteName =
  | 'pill'
  | 'dashed'
  | 'octagon'
  | 'hexagon'
  | 'hexagon-inner'
  | 'box'
  | 'box-line'
  | 'box-fold'
  | 'cylinder'
  | 'cylinder-volatile'
  | 'cylinder-double'
  | 'bucket'
  | 'tube'
  | 'tube-double';

export const FAMILIES: readonly Family[] = ['plain', 'entry', 'compute', 'data', 'message'];

export const KIND_LOOKS: Readonly<Record<NodeKind, { readonly family: Family; readonly silhouette: SilhouetteName }>> = {
  group: { family: 'plain', silhouette: 'box' },
  client: { family: 'plain', silhouette: 'pill' },
  external: { family: 'plain', silhouette: 'dashed' },
  registry: { family: 'plain', silhouette: 'octagon' },
  scheduler: { family: 'plain', silhouette: 'octagon' },
  monitor: { family: 'plain', silhouette: 'octagon' },
  dns: { family: 'entry', silhouette: 'hexagon' },
  cdn: { family: 'entry', silhouette: 'hexagon' },
  loadbalancer: { family: 'entry', silhouette: 'hexagon' },
  gateway: { family: 'entry', silhouette: 'hexagon' },
  mesh: { family: 'entry', silhouette: 'hexagon-inner' },
  service: { family: 'compute', silhouette: 'box' },
  worker: { family: 'compute', silhouette: 'box-line' },
  function: { family: 'compute', silhouette: 'box-fold' },
  database: { family: 'data', silhouette: 'cylinder' },
  cache: { family: 'data', silhouette: 'cylinder-volatile' },
  search: { family: 'data', silhouette: 'cylinder-double' },
  blobstore: { family: 'data', silhouette: 'bucket' },
  queue: { family: 'message', silhouette: 'tube' },
  stream: { family: 'message', silhouette: 'tube-double' },
};
