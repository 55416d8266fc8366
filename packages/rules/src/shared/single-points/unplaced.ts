import type { Component, Design, ElementId } from '@sysd/core';

/** Versions of a design in which some components stand nowhere in particular. What did not change stays the same object. */
export function unplacer(): (design: Design, ids: ReadonlySet<ElementId>) => Design {
  const floats = new WeakMap<Component, Component>();
  let before:
    | { readonly from: Design['components']; readonly ids: ReadonlySet<ElementId>; readonly made: Design['components'] }
    | undefined;
  const floatingOf = (component: Component): Component => {
    let made = floats.get(component);
    if (!made) {
      made = floating(component);
      floats.set(component, made);
    }
    return made;
  };
  return (design, ids) => {
    if (before?.from !== design.components || before.ids !== ids) {
      const made = new Map([...design.components].map(([id, c]): [string, Component] => [id, ids.has(id) ? floatingOf(c) : c]));
      before = { from: design.components, ids, made };
    }
    return { ...design, components: before.made };
  };
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
