import { type Graph, groupsByFile, type Layout, type Workspace } from './graph.ts';

const MARK = '//@@EDIT@@';

/** The graph in `.sysd`: a group of services and databases each with properties, connections, and six flows that give the analyses work. */
export function sysdWorkspace(graph: Graph, layout: Layout): Workspace {
  const name = ([g, m]: readonly [number, number]) => graph.groups[g]?.members[m] ?? '';
  const middle = Math.floor(graph.groups.length / 2);
  const group = (g: number) =>
    [
      `/// Synthetic system number ${g}`,
      `group ${graph.groups[g]?.id} "System ${g}" {`,
      ...(graph.groups[g]?.members ?? []).map((m, i) =>
        i % 5 === 4
          ? `  database ${m}: postgres "Component ${g}-${i}" { replicas: 2, failover: automatic }`
          : `  service ${m} "Component ${g}-${i}" {\n    replicas: 2\n    cpu-time: 2 ms\n    health: http "/healthz"\n  }`,
      ),
      '}',
    ].join('\n');
  const edge = (e: Graph['edges'][number]) => `${name(e.from)} -> ${name(e.to)} { timeout: 200 ms }`;
  const insides = Map.groupBy(
    graph.edges.filter((e) => e.from[0] === e.to[0]),
    (e) => e.from[0],
  );
  const inside = (g: number) => (insides.get(g) ?? []).map(edge);
  const across = graph.edges.filter((e) => e.from[0] !== e.to[0]).map(edge);
  const flows = Array.from({ length: 6 }, (_, k) => {
    const g = Math.floor((k * graph.groups.length) / 6);
    const m = graph.groups[g]?.members ?? [];
    return `flow Flow${k} from users at 10/day each {\n  users -> ${m[0]} -> ${m[1]}\n  ${m[1]} -> ${m[4]} read 2 KB\n  slo: availability >= 99.9%\n}`;
  });
  const head = ['system Bench', 'client users { daily-active: 1M, peak: 3x }'];
  const local = `  // placeholder ${MARK}`;
  const c = graph.groups[middle]?.members ?? [];
  const shared = { languageId: 'sysd', mark: MARK, good: () => `${c[0]} -> ${c[1]}`, bad: (i: number) => `${c[0]} -> nope_${i}` };

  const block = (g: number) => [group(g), ...inside(g), ...(g === middle ? [local] : [])].join('\n');

  if (layout === 'one') {
    const text = `${[...head, ...graph.groups.map((_, g) => block(g)), ...across, ...flows].join('\n')}\n`;
    return { ...shared, files: [{ path: 'model.sysd', text }], edited: 'model.sysd' };
  }
  const file = (i: number) => `groups_${String(i).padStart(4, '0')}.sysd`;
  const byFile = groupsByFile(graph, layout);
  const parts = byFile.map((groups, i) => ({ path: file(i), text: `${groups.map(block).join('\n')}\n` }));
  const imports = parts.map(({ path }) => `import "./${path}"`);
  const main = { path: 'model.sysd', text: `${[...imports, ...head, ...across, ...flows].join('\n')}\n` };
  return { ...shared, files: [main, ...parts], edited: file(byFile.findIndex((groups) => groups.includes(middle))) };
}
