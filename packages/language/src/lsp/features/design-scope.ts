import type { Design } from '@sysd/core';
import type { NamedTechnology, Scope } from '../completion/scope.ts';

/** Names of a design for completion. */
export function scopeOfDesign(design: Design, technologies: readonly NamedTechnology[]): Scope {
  const components = [...design.components.values()];
  const described = (e: { readonly id: string; readonly title?: string; readonly doc?: string }) => ({
    name: e.id,
    ...((e.doc ?? e.title) ? { doc: [e.title, e.doc].filter((t) => t !== undefined).join('\n\n') } : {}),
  });
  return {
    components: components.map((c) => ({
      ...described(c),
      kind: c.kind,
      ...(c.technology === undefined ? {} : { technology: c.technologyTitle ?? c.technology }),
    })),
    places: [...design.places.values()].map((p) => ({ ...described(p), detail: p.kind })),
    groups: [...design.groups.values()].map((g) => ({ ...described(g), detail: 'group' })),
    lets: design.lets.map((l) => ({ ...described(l), detail: l.text })),
    flows: [...design.flows.values()].map((f) => ({ ...described(f), detail: 'flow' })),
    tables: components.flatMap((c) => c.tables.map((t) => ({ ...described(t), name: t.name, store: c.id, detail: `table of ${c.id}` }))),
    queries: components.flatMap((c) => c.queries.map((q) => ({ ...described(q), name: q.name, store: c.id, detail: `query of ${c.id}` }))),
    columns: components.flatMap((c) =>
      c.tables.flatMap((t) =>
        (['key', 'shard-key', 'index'] as const).flatMap((name) => {
          const columns = (t.properties.get(name)?.value ?? []) as readonly { readonly name: string }[];
          return columns.map((column) => ({ name: `${t.name}.${column.name}`, store: c.id, detail: name }));
        }),
      ),
    ),
    technologies,
  };
}
