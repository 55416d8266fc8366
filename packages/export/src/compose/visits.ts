import type { Design, Flow } from '@sysd/core';
import type { Part, Visit } from './project.ts';
import { isProxy } from './role.ts';

/**
 * The paths by which requests reach each stop. A stop has a path of its own: `/flow/F` where the flow enters the design, elsewhere
 * `/flow/F/host`. Proxies do not rewrite: what lies behind one is also reached by the proxy's paths. Each path belongs to one origin, so
 * that no stop is mistaken for another of the same component.
 */
export function visitsOf(design: Design, parts: ReadonlyMap<string, Part>): Visit[] {
  const taken = new Set<string>();
  const unique = (wanted: string): string => {
    let path = wanted;
    for (let n = 2; taken.has(path); n++) path = `${wanted}-${n}`;
    taken.add(path);
    return path;
  };
  return [...design.flows.values()].flatMap((flow) => visitsOfFlow(flow, parts, unique));
}

function visitsOfFlow(flow: Flow, parts: ReadonlyMap<string, Part>, unique: (wanted: string) => string): Visit[] {
  const name = flow.id.replace(/[^\w-]/g, '-');
  const visits: Visit[] = [];
  const pathsAt = new Map<number, readonly string[]>();
  let entered = false;
  for (const stop of flow.stops) {
    const part = parts.get(stop.component);
    if (part === undefined || part.role === 'none') continue;
    const sources = stop.incoming.map((index) => flow.stops[flow.hops[index]!.from]!);
    const proxies = sources.filter((source) => isProxy(parts.get(source.component)?.role ?? 'none'));
    const paths = [...new Set(proxies.flatMap((source) => pathsAt.get(source.index) ?? []))];
    if (sources.length === 0 || proxies.length < sources.length) {
      const lookedUp = stop.incoming.length > 0 && stop.incoming.every((index) => flow.hops[index]!.lookup);
      paths.unshift(unique(entered || lookedUp ? `/flow/${name}/${part.host}` : `/flow/${name}`));
      entered ||= !lookedUp;
    }
    pathsAt.set(stop.index, paths);
    visits.push({ flow, stop: stop.index, part, paths });
  }
  return visits;
}
