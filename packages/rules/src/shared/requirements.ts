import { type Requirement, requirementOf } from '@sysd/analysis';
import { type Component, type Design, type Flow, type Hop, STORES } from '@sysd/core';
import { perDesign } from './per-design.ts';

/** A step's read or write of a store, with all that decides how consistent it is. */
export interface Access {
  readonly flow: Flow;
  readonly hop: Hop;
  readonly component: Component;
  readonly side: 'read' | 'write';
  readonly requirement: Requirement;
}

/** Every access to a store by every flow, in text order. */
export const accesses = perDesign((design): readonly Access[] =>
  [...design.flows.values()].flatMap((flow) =>
    flow.hops.flatMap((hop) =>
      hop.to.flatMap((target): Access[] => {
        const component = design.components.get(flow.stops[target.stop]?.component ?? '');
        if (!component || !STORES.includes(component.kind)) return [];
        const side = hop.operation === 'read' ? 'read' : hop.operation === 'write' || hop.operation === 'update' ? 'write' : undefined;
        return side ? [{ flow, hop, component, side, requirement: requirementOf(design, flow, hop) }] : [];
      }),
    ),
  ),
);

/** The connection that an access uses. */
export function connectionOf(design: Design, access: Access) {
  return design.connections.get(`${access.flow.stops[access.hop.from]?.component}->${access.component.id}`);
}
