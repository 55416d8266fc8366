import type { Component, Design } from '@sysd/core';
import { lazyScope, type NamedComponent, type NamedInStore, type NamedTechnology, type Scope } from '../completion/scope.ts';

type Described = { readonly id: string; readonly title?: string; readonly doc?: string };

const described = (e: Described) => ({
  name: e.id,
  ...((e.doc ?? e.title) ? { doc: [e.title, e.doc].filter((t) => t !== undefined).join('\n\n') } : {}),
});

/** What a component adds to a scope. Made once for each: an edit leaves the components that it does not touch as they are. */
interface OfComponent {
  readonly component: NamedComponent;
  readonly tables: readonly NamedInStore[];
  readonly queries: readonly NamedInStore[];
  readonly columns: readonly NamedInStore[];
}

const known = new WeakMap<Component, OfComponent>();

function ofComponent(component: Component): OfComponent {
  let made = known.get(component);
  if (!made) {
    made = describe(component);
    known.set(component, made);
  }
  return made;
}

const NONE: readonly NamedInStore[] = [];

function describe(c: Component): OfComponent {
  const technology = c.technology === undefined ? {} : { technology: c.technologyTitle ?? c.technology };
  const component = { ...described(c), kind: c.kind, ...technology };
  if (c.tables.length + c.queries.length === 0) return { component, tables: NONE, queries: NONE, columns: NONE };
  return {
    component,
    tables: c.tables.map((t) => ({ ...described(t), name: t.name, store: c.id, detail: `table of ${c.id}` })),
    queries: c.queries.map((q) => ({ ...described(q), name: q.name, store: c.id, detail: `query of ${c.id}` })),
    columns: c.tables.flatMap((t) =>
      (['key', 'shard-key', 'index'] as const).flatMap((name) => {
        const columns = (t.properties.get(name)?.value ?? []) as readonly { readonly name: string }[];
        return columns.map((column) => ({ name: `${t.name}.${column.name}`, store: c.id, detail: name }));
      }),
    ),
  };
}

const scopes = new WeakMap<Design, Scope>();

/** Names of a design for completion. */
export function scopeOfDesign(design: Design, technologies: readonly NamedTechnology[]): Scope {
  let scope = scopes.get(design);
  if (!scope) {
    const lists = listsOf(design, technologies);
    scope = lazyScope((key) => lists[key]());
    scopes.set(design, scope);
  }
  return scope;
}

function listsOf(design: Design, technologies: readonly NamedTechnology[]): { readonly [K in keyof Scope]: () => Scope[K] } {
  const inStores = (part: 'tables' | 'queries' | 'columns') => () => {
    const found: NamedInStore[] = [];
    for (const c of design.components.values()) {
      if (c.tables.length + c.queries.length > 0) for (const one of ofComponent(c)[part]) found.push(one);
    }
    return found;
  };
  return {
    components: () => Array.from(design.components.values(), (c) => ofComponent(c).component),
    places: () => Array.from(design.places.values(), (p) => ({ ...described(p), detail: p.kind })),
    groups: () => Array.from(design.groups.values(), (g) => ({ ...described(g), detail: 'group' })),
    lets: () => design.lets.map((l) => ({ ...described(l), detail: l.text })),
    flows: () => Array.from(design.flows.values(), (f) => ({ ...described(f), detail: 'flow' })),
    tables: inStores('tables'),
    queries: inStores('queries'),
    columns: inStores('columns'),
    technologies: () => technologies,
  };
}
