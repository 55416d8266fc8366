import { type ConnectionLoad, type ElementId, notEstimated, RATE, type Rate } from '@sysd/core';
import { peakSum } from '../day/peak.ts';
import { sum } from '../figure/make.ts';
import { sumBytes } from './bytes.ts';
import type { ConnectionPart } from './flow-bytes.ts';

interface Line {
  readonly operation: string;
  readonly condition?: string;
  readonly parts: ConnectionPart[];
}

/** One line per operation and condition, in order of first use. */
function linesOf(parts: readonly ConnectionPart[]): Line[] {
  const lines = new Map<string, Line>();
  for (const part of parts) {
    const { operation, condition } = part;
    const key = `${operation} ${condition ?? ''}`;
    const line = lines.get(key);
    if (line) line.parts.push(part);
    else lines.set(key, { operation, parts: [part], ...(condition === undefined ? {} : { condition }) });
  }
  return [...lines.values()];
}

export function connectionLoad(id: ElementId, parts: readonly ConnectionPart[] | undefined): ConnectionLoad {
  const none = `no flow uses ${id.replace('->', ' → ')}`;
  if (!parts) {
    const no = notEstimated(none);
    return { connection: id, total: { average: no, peak: no }, operations: [], request: no, answer: no };
  }
  const add = (what: string, list: readonly ConnectionPart[]): Rate => {
    const one = (which: 'average' | 'peak') =>
      (which === 'peak' ? peakSum : sum)(
        `${which} rate of ${what}`,
        list.map((p) => ({ name: p.flow, value: p.rate[which], ...(p.profile ? { profile: p.profile } : {}) })),
        RATE,
        none,
      );
    return { average: one('average'), peak: one('peak') };
  };
  const lines = linesOf(parts);
  return {
    connection: id,
    total: add(
      id,
      lines.flatMap((l) => l.parts),
    ),
    operations: lines.map((l) => ({
      operation: l.operation,
      rate: add(`${l.operation} on ${id}`, l.parts),
      ...(l.condition === undefined ? {} : { condition: l.condition }),
    })),
    request: sumBytes(
      `request bytes of ${id}`,
      parts.map((p) => p.request),
      none,
    ),
    answer: sumBytes(
      `answer bytes of ${id}`,
      parts.map((p) => p.answer),
      none,
    ),
  };
}
