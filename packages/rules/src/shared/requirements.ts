import { type Requirement, requirementOf } from '@sysd/analysis';
import { type Component, type Design, type ElementId, type Flow, type Hop, isWrite, STORES, sameData, sameFields } from '@sysd/core';
import type { DesignIndex } from './design-index.ts';

/** A step's read or write of a store, with all that decides how consistent it is. */
export interface Access {
  readonly flow: Flow;
  readonly hop: Hop;
  readonly component: Component;
  readonly side: 'read' | 'write';
  readonly requirement: Requirement;
}

/** Every access to a store by a flow, in text order. */
export function accessesIn(design: Design, flow: Flow): readonly Access[] {
  return flow.hops.flatMap((hop) =>
    hop.to.flatMap((target): Access[] => {
      const component = design.components.get(flow.stops[target.stop]?.component ?? '');
      if (!component || !STORES.includes(component.kind)) return [];
      const side = hop.operation === 'read' ? 'read' : isWrite(hop.operation) ? 'write' : undefined;
      return side ? [{ flow, hop, component, side, requirement: requirementOf(design, flow, hop) }] : [];
    }),
  );
}

export function sameAccess(a: Access, b: Access): boolean {
  const { requirement: x, ...one } = a;
  const { requirement: y, ...other } = b;
  return sameFields(one, other) && sameData(x, y);
}

/** Every access to the component, in text order. */
export function accessesOf(index: DesignIndex, component: ElementId): readonly Access[] {
  return index.accesses.get(component) ?? [];
}

/** The connection that an access uses. */
export function connectionOf(design: Design, access: Access) {
  return design.connections.get(`${access.flow.stops[access.hop.from]?.component}->${access.component.id}`);
}
