import type { Component, Design, ElementId } from '@sysd/core';

/** Which card stands for each component: itself, or the collapsed group that it is in. */
export interface Collapse {
  readonly cardOf: ReadonlyMap<ElementId, ElementId>;
  readonly collapsed: ReadonlySet<ElementId>;
}

/** Groups around a component, innermost first. */
export function groupsOf(component: Component, design: Design): ElementId[] {
  return ancestors(component.group, design);
}

export function ancestors(group: ElementId | undefined, design: Design): ElementId[] {
  const path: ElementId[] = [];
  for (let id = group; id !== undefined && design.groups.has(id) && !path.includes(id); id = design.groups.get(id)?.parent) path.push(id);
  return path;
}

/**
 * Collapses groups, deepest first, until at most `limit` cards are left or nothing more can go. A group that holds something to
 * keep (an error, the selection) stays open.
 */
export function collapseGroups(design: Design, limit: number, keep: ReadonlySet<ElementId>): Collapse {
  const cardOf = new Map([...design.components.keys()].map((id) => [id, id]));
  const collapsed = new Set<ElementId>();
  const members = new Map<ElementId, ElementId[]>([...design.groups.keys()].map((id) => [id, []]));
  for (const component of design.components.values()) {
    for (const group of groupsOf(component, design)) members.get(group)?.push(component.id);
  }
  const candidates = [...design.groups.keys()]
    .filter((id) => !keep.has(id) && (members.get(id)?.length ?? 0) > 1 && !members.get(id)?.some((m) => keep.has(m)))
    .map((id) => ({ id, depth: ancestors(id, design).length }))
    .sort((a, b) => b.depth - a.depth);
  let cards = design.components.size;
  for (const { id } of candidates) {
    if (cards <= limit) break;
    const inside = members.get(id) ?? [];
    cards -= new Set(inside.map((m) => cardOf.get(m))).size - 1;
    for (const member of inside) {
      collapsed.delete(cardOf.get(member) ?? member);
      cardOf.set(member, id);
    }
    collapsed.add(id);
  }
  return { cardOf, collapsed };
}
