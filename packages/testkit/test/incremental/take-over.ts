import type { Design, SourceBlock } from '@sysd/core';

/**
 * The design with every element of the one before that says the same, as incremental lowering hands it over: the same object, whose
 * blocks of text have moved to where they are now.
 */
export function takeOver(before: Design | undefined, now: Design): Design {
  if (!before) return now;
  const map = <T>(old: ReadonlyMap<string, T>, next: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...next].map(([id, element]) => [id, keep(old.get(id), element)]));
  const list = <T>(old: readonly T[], next: readonly T[]): T[] =>
    next.map((element) => {
      const same = old.find((o) => alike(o, element));
      return same === undefined ? element : keep(same, element);
    });
  return {
    ...now,
    places: map(before.places, now.places),
    groups: map(before.groups, now.groups),
    components: map(before.components, now.components),
    connections: map(before.connections, now.connections),
    flows: map(before.flows, now.flows),
    technologies: map(before.technologies, now.technologies),
    accepts: list(before.accepts, now.accepts),
    failed: list(before.failed, now.failed),
  };
}

function keep<T>(old: T | undefined, now: T): T {
  if (old === undefined || !alike(old, now)) return now;
  // Parsing moves its blocks itself; these two texts were parsed apart.
  alike(old, now, (a, b) => void Object.defineProperty(a, 'offset', { value: b.offset, configurable: true, enumerable: true }));
  return old;
}

const isBlock = (value: object): value is SourceBlock => 'offset' in value && 'uri' in value;

function alike(a: unknown, b: unknown, visit: (a: SourceBlock, b: SourceBlock) => void = () => {}): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (isBlock(a) && isBlock(b)) {
    visit(a, b);
    return a.uri === b.uri;
  }
  if (a instanceof Map && b instanceof Map) return alike([...a], [...b], visit);
  const [x, y] = [Object.entries(a), Object.entries(b)];
  return x.length === y.length && x.every(([key, value], i) => key === y[i]?.[0] && alike(value, y[i]?.[1], visit));
}
