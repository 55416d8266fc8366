import { type ElementId, type Group, property } from '@sysd/core';
import type { Group as GroupNode } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, spanOfPart } from './context.ts';
import { elementParts } from './elements.ts';
import type { Elements, LowerInput } from './elements-input.ts';

/** A group; nothing where its name belongs to another. `parent`: the group in whose body it stands. */
export function lowerGroup({ context, scope, values }: LowerInput, at: At<GroupNode>, parent: ElementId | undefined): Group | undefined {
  const { node, file } = at;
  if (node.name === undefined || !scope.counts(node.name, node)) return undefined;
  const properties = declaredBag(context, values, at, { owners: ['group'], words: 'a group' });
  const across: ElementId[] = [];
  node.places.forEach((place, i) => {
    const found = scope.resolve(place, file, spanOfPart(node, 'places', i), ['region', 'zone'], 'a region or zone');
    if (found && across.includes(found.id)) {
      const message = `there is one copy of ${node.name} per place: ${place} is named twice`;
      context.report('invalid-placement', spanOfPart(node, 'places', i), message);
    } else if (found) across.push(found.id);
  });
  return {
    ...elementParts(at, node.name),
    ...(parent === undefined ? {} : { parent }),
    across,
    pinned: property(properties, 'pinned')?.value === 'yes',
  };
}

/** The innermost group with copies (`across`) that the group is or lies in. */
export function stampOf(groups: Elements<Group>, group: ElementId | undefined): Group | undefined {
  for (let at = group === undefined ? undefined : groups.get(group); at; at = at.parent === undefined ? undefined : groups.get(at.parent)) {
    if (at.across.length > 0) return at;
  }
  return undefined;
}
