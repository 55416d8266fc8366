import { BROKERS, type Design, type Flow } from '@sysd/core';

/** What of a flow can be available: its answer, and its completion where something goes on after the answer. */
export function partsOf(design: Design, flow: Flow): readonly { readonly completion: boolean }[] {
  return hasLaterWork(design, flow) ? [{ completion: false }, { completion: true }] : [{ completion: false }];
}

/** Whether anything of a flow goes on after the answer, so that its completion is something else than its answer. */
export function hasLaterWork(design: Design, flow: Flow): boolean {
  return flow.hops.some((hop) => {
    const target = design.components.get(flow.stops[hop.to[0]?.stop ?? 0]?.component ?? '');
    return !hop.sync || (target !== undefined && BROKERS.includes(target.kind));
  });
}
