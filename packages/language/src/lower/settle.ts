/**
 * Visits a node and all that it needs, what is needed first: Tarjan's strongly connected components, without recursion, so that a chain of
 * needs may be as long as a file. Each group is called back once: a node alone, or nodes that need each other in a circle (`circular`; also
 * a node that needs itself). O(nodes + needs). Source: Tarjan, Depth-first search and linear graph algorithms, 1972.
 */
export function inDependencyOrder<T extends { readonly node: object }>(
  start: T,
  needsOf: (of: T) => readonly T[],
  settle: (group: readonly T[], circular: boolean) => void,
): void {
  const visits = new Map<object, Visit<T>>();
  const open: Visit<T>[] = [];
  const path: Visit<T>[] = [];
  const enter = (of: T): void => {
    const visit: Visit<T> = { of, needs: needsOf(of), next: 0, index: visits.size, low: visits.size, isOpen: true };
    visits.set(of.node, visit);
    open.push(visit);
    path.push(visit);
  };
  enter(start);
  for (let at = path.at(-1); at; at = path.at(-1)) {
    const need = at.needs[at.next++];
    if (need) {
      const known = visits.get(need.node);
      if (!known) enter(need);
      else if (known.isOpen) at.low = Math.min(at.low, known.index);
      continue;
    }
    path.pop();
    const above = path.at(-1);
    if (above) above.low = Math.min(above.low, at.low);
    if (at.low !== at.index) continue;
    const group = open.splice(open.lastIndexOf(at));
    for (const visit of group) visit.isOpen = false;
    const { of, needs } = at;
    settle(
      group.map((v) => v.of),
      group.length > 1 || needs.some((n) => n.node === of.node),
    );
  }
}

interface Visit<T> {
  readonly of: T;
  readonly needs: readonly T[];
  next: number;
  readonly index: number;
  low: number;
  isOpen: boolean;
}
