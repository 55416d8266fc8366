import { type Distribution, partsOf } from './distribution.ts';

/**
 * Computes something of a distribution from that of its parts: each part that is shared once, and without recursion, since a chain of calls
 * may be thousands deep. A result is let go of after its last use; `visit` may change those results that it is the only one to use (`own`). What is `known` is not looked into: it is visited without parts.
 */
export function fold<T>(
  whole: Distribution,
  visit: (d: Distribution, parts: readonly T[], own: readonly boolean[]) => T,
  known: (d: Distribution) => boolean = () => false,
): T {
  const within = (d: Distribution): readonly Distribution[] => (known(d) ? NONE : partsOf(d));
  const uses = usesOf(whole, within);
  const results = new Map<Distribution, T>();
  const open: { readonly of: Distribution; readonly parts: readonly Distribution[]; next: number }[] = [];
  const enter = (of: Distribution): void => {
    if (!results.has(of)) open.push({ of, parts: within(of), next: 0 });
  };
  enter(whole);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const part = top.parts[top.next];
    if (part) {
      top.next++;
      enter(part);
      continue;
    }
    open.pop();
    if (results.has(top.of)) continue;
    const values: T[] = [];
    const own: boolean[] = [];
    for (const p of top.parts) {
      const left = (uses.get(p) ?? 1) - 1;
      uses.set(p, left);
      values.push(results.get(p) as T);
      own.push(left === 0);
      if (left === 0) results.delete(p);
    }
    results.set(top.of, visit(top.of, values, own));
  }
  return results.get(whole) as T;
}

const NONE: readonly Distribution[] = [];

/** How often each is a part of another. */
function usesOf(whole: Distribution, within: (d: Distribution) => readonly Distribution[]): Map<Distribution, number> {
  const uses = new Map<Distribution, number>();
  const open = [whole];
  for (let d = open.pop(); d; d = open.pop()) {
    for (const part of within(d)) {
      const known = uses.get(part);
      uses.set(part, (known ?? 0) + 1);
      if (known === undefined) open.push(part);
    }
  }
  return uses;
}
