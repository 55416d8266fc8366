import type { Component, Design, ElementId } from '@sysd/core';

/**
 * The design as if these components stood nowhere in particular. What a place or host still fails there, it fails by itself; what it
 * no longer fails was only the same single instance, told twice.
 */
export function unplaced(design: Design, ids: ReadonlySet<ElementId>): Design {
  const components = new Map([...design.components].map(([id, c]): [ElementId, Component] => [id, ids.has(id) ? floating(c) : c]));
  return { ...design, components };
}

function floating(component: Component): Component {
  const properties = new Map(component.properties);
  properties.delete('host');
  properties.delete('shares');
  const copies = component.copies.map((copy) => ({
    instances: copy.instances.map(({ count }) => ({ count })),
    ...(copy.place === undefined || component.copies.length === 1 ? {} : { place: copy.place }),
  }));
  return { ...component, properties, copies };
}
