import type { Component, Design, ElementId } from '@sysd/core';

/** The innermost stamp (group `across` places) that a component lies in. */
export function stampOf(design: Design, component: Component): ElementId | undefined {
  const seen = new Set<ElementId>();
  for (let id = component.group; id !== undefined && !seen.has(id); id = design.groups.get(id)?.parent) {
    seen.add(id);
    if ((design.groups.get(id)?.across.length ?? 0) > 0) return id;
  }
  return undefined;
}

/** Whether a call from one component to the other stays inside the copy of their stamp. */
export function sameStamp(design: Design, a: Component, b: Component): boolean {
  const stamp = stampOf(design, a);
  return stamp !== undefined && stamp === stampOf(design, b);
}
