import { type ElementId, type Group, property } from '@sysd/core';
import { type Group as GroupNode, isGroup } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, type Context, spanOfPart } from './context.ts';
import { elementParts, isDeclared } from './elements.ts';
import type { Scope } from './scope.ts';
import type { Placed } from './statements.ts';
import type { Values } from './values.ts';

/** Groups, outer ones before inner ones. */
export function lowerGroups(context: Context, scope: Scope, values: Values, statements: readonly Placed[]): Map<ElementId, Group> {
  const groups = new Map<ElementId, Group>();
  for (const { node, file, group } of statements) {
    if (!isGroup(node) || !isDeclared(scope, node)) continue;
    const at: At<GroupNode> = { node, file };
    const properties = declaredBag(context, values, at, { owners: ['group'], words: 'a group' });
    const across: ElementId[] = [];
    node.places.forEach((place, i) => {
      const found = scope.resolve(place, file, spanOfPart(at.node, 'places', i), ['region', 'zone'], 'a region or zone');
      if (found && across.includes(found.id)) {
        context.report(
          'invalid-placement',
          spanOfPart(at.node, 'places', i),
          `there is one copy of ${node.name} per place: ${place} is named twice`,
        );
      } else if (found) across.push(found.id);
    });
    groups.set(node.name, {
      ...elementParts(at, node.name),
      ...(group?.name === undefined ? {} : { parent: group.name }),
      across,
      pinned: property(properties, 'pinned')?.value === 'yes',
    });
  }
  return groups;
}

/** The innermost group with copies (`across`) that the group is or lies in. */
export function stampOf(groups: ReadonlyMap<ElementId, Group>, group: ElementId | undefined): Group | undefined {
  for (let at = group === undefined ? undefined : groups.get(group); at; at = at.parent === undefined ? undefined : groups.get(at.parent)) {
    if (at.across.length > 0) return at;
  }
  return undefined;
}
