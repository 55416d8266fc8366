import {
  BANDWIDTH,
  BROKERS,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  findTable,
  type Hop,
  isWrite,
  notEstimated,
  type Quantity,
  sourceStop,
  valueIn,
} from '@sysd/core';
import { type DayPart, peakSum } from '../day/peak.ts';
import { product, quantityLeaf } from '../figure/make.ts';
import { hopName } from './flow-rates.ts';

/**
 * Bytes of one request and its answer, as the step or the table's row say; undefined where nobody does. A broker hands on what it was given,
 * where all that is published to it there is of one size.
 */
export function sizesOf(design: Design, flow: Flow, hop: Hop): { request?: Quantity; answer?: Quantity } {
  const source = sourceStop(flow, hop);
  if (hop.operation === 'consume' && !hop.request && isBroker(design, source.component)) {
    const given = source.incoming.map((i) => flow.hops[i]?.request);
    return given[0] && given.every((size) => size?.value === given[0]?.value) ? { request: given[0] } : {};
  }
  const table = hop.table === undefined ? undefined : findTable(design, hop.table);
  const row = table && valueIn(table.properties, 'row');
  const request = hop.request ?? (isWrite(hop.operation) ? row : undefined);
  const answer = hop.answer ?? (hop.operation === 'read' ? row : undefined);
  return { ...(request ? { request } : {}), ...(answer ? { answer } : {}) };
}

const isBroker = (design: Design, id: ElementId): boolean => BROKERS.includes(design.components.get(id)?.kind ?? 'service');

/** Bytes/s with or against a hop, at the rate given. */
export function bytesOf(design: Design, flow: Flow, hop: Hop, direction: 'request' | 'answer', rate: Estimate): Estimate {
  const size = sizesOf(design, flow, hop)[direction];
  if (!size) return notEstimated(`${hopName(flow, hop)} says no size of its ${direction}`);
  return product(`${direction} bytes of ${hopName(flow, hop)}`, 'peak rate × size', [rate, quantityLeaf('size', size)]);
}

/** One hop's part in a sum of bytes. */
export interface BytesPart extends DayPart {
  /** The hop says a size, if only for the other direction; then this direction is known to carry next to nothing worth saying. */
  readonly sized: boolean;
}

/**
 * Sum of bytes over hops. A hop that gives a size in the other direction only (a read gives its answer) is left out, and the formula says
 * so; a hop that gives none makes the sum unknown.
 */
export function sumBytes(label: string, parts: readonly BytesPart[], none: string): Estimate {
  const counts = (p: BytesPart): boolean => 'value' in p.value || !p.sized;
  const counted = parts.filter(counts);
  const left = parts.filter((p) => !counts(p)).map((p) => p.name);
  if (counted.length === 0) return notEstimated(parts[0] && 'notEstimated' in parts[0].value ? parts[0].value.notEstimated : none);
  const formula = [...new Set(counted.map((p) => p.name))].join(' + ');
  const note = left.length > 0 ? ` (sizes not said, not counted: ${[...new Set(left)].join(', ')})` : '';
  return peakSum(label, counted, BANDWIDTH, none, `${formula}${note}`);
}
