import { type Graph, groupsByFile, type Layout, type Workspace } from './graph.ts';

const MARK = '//@@EDIT@@';

/** The same graph for LikeC4: elements with technology and description, relationships, and six views. */
export function likec4Workspace(graph: Graph, layout: Layout): Workspace {
  const name = ([g, m]: readonly [number, number]) => `${graph.groups[g]?.id}.${graph.groups[g]?.members[m]}`;
  const middle = Math.floor(graph.groups.length / 2);
  const group = (g: number) =>
    [
      `  ${graph.groups[g]?.id} = system 'System ${g}' {`,
      `    description 'Synthetic system number ${g}'`,
      ...(graph.groups[g]?.members ?? []).map(
        (m, i) =>
          `    ${m} = ${i % 5 === 4 ? 'database' : 'service'} 'Component ${g}-${i}' {\n      technology 'Go'\n      description 'Synthetic component ${i} of system ${g}'\n    }`,
      ),
      '  }',
    ].join('\n');
  const edges = (g: number) =>
    graph.edges
      .filter((e) => e.from[0] === g)
      .map((e, i) => `  ${name(e.from)} -> ${name(e.to)} 'calls ${i}' {\n    technology 'gRPC'\n  }`);
  const block = (g: number) => [group(g), ...edges(g), ...(g === middle ? [`  // placeholder ${MARK}`] : [])].join('\n');
  const specification =
    'specification {\n  element system\n  element service { style { shape rectangle } }\n  element database { style { shape cylinder } }\n}\n';
  const views = [
    'views {',
    `  view index {\n    include ${graph.groups
      .slice(0, 12)
      .map((g) => g.id)
      .join(', ')}\n  }`,
  ];
  for (let k = 0; k < 5; k++) {
    const id = graph.groups[Math.floor((k * graph.groups.length) / 5)]?.id;
    views.push(`  view v_${id} of ${id} {\n    include *\n  }`);
  }
  views.push('}');
  const g = graph.groups[middle]?.id;
  const c = graph.groups[middle]?.members ?? [];
  const shared = {
    languageId: 'likec4',
    mark: MARK,
    good: (i: number) => `  ${g}.${c[0]} -> ${g}.${c[1]} 'edit ${i}'`,
    bad: (i: number) => `  ${g}.${c[0]} -> nope_${i} 'edit ${i}'`,
  };
  const config = { path: 'likec4.config.json', text: '{ "name": "bench" }\n' };
  if (layout === 'one') {
    const model = `model {\n${graph.groups.map((_, i) => block(i)).join('\n')}\n}\n`;
    return { ...shared, files: [{ path: 'model.c4', text: `${specification}${model}${views.join('\n')}\n` }, config], edited: 'model.c4' };
  }
  const file = (i: number) => `groups_${String(i).padStart(4, '0')}.c4`;
  const byFile = groupsByFile(graph, layout);
  const parts = byFile.map((groups, i) => ({ path: file(i), text: `model {\n${groups.map(block).join('\n')}\n}\n` }));
  return {
    ...shared,
    files: [{ path: '_specification.c4', text: specification }, ...parts, { path: 'views.c4', text: `${views.join('\n')}\n` }, config],
    edited: file(byFile.findIndex((groups) => groups.includes(middle))),
  };
}
