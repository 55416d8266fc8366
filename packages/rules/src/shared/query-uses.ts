import { type Analysis, addTo, type ElementId, type Flow, formatQuantity, type Hop, known, type Pieces, RATE } from '@sysd/core';
import type { DesignIndex } from './design-index.ts';
import { flowWithShare } from './load-text.ts';

/** A step that runs a query. */
export interface QueryUse {
  readonly flow: Flow;
  readonly hop: Hop;
}

/** Steps that run the query, in text order. */
export function usesOf(index: DesignIndex, query: ElementId): readonly QueryUse[] {
  return index.queryUses.get(query) ?? [];
}

/** The steps of a flow by the query that they run. */
export function usesIn(flow: Flow): Pieces<QueryUse> {
  const uses = new Map<ElementId, QueryUse[]>();
  for (const hop of flow.hops) if (hop.query !== undefined) addTo(uses, hop.query, { flow, hop });
  return uses;
}

/** What the scatter over so many shards costs: `run by Feed (every request, 2.3 k/s at peak): 74 k/s on the shards, 32 times as much`; who runs it where it asks one, or the rate is not known. */
export function scatterCost(analysis: Analysis, shards: number, uses: readonly QueryUse[]): string {
  if (uses.length === 0) return 'no flow runs it yet';
  const names = uses.map(({ flow, hop }) => flowWithShare(analysis, flow, hop.index)).join('; ');
  const rates = uses.map(({ flow, hop }) => known(analysis.traffic.flows.get(flow.id)?.hops[hop.index]?.rate.peak));
  if (shards <= 1 || rates.some((r) => r === undefined)) return `run by ${names}`;
  const peak = rates.reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
  return `run by ${names}: ${formatQuantity(peak * shards, RATE)} on the shards, ${shards} times as much`;
}
