import { type Connection, type ElementId, InputMap, type RecordedDesign, RecordedMap, type Recorder } from '@sysd/core';

/** Connections by the components at their ends, in text order; nothing for a component without any. */
export class ConnectionsByEnd extends RecordedMap<readonly Connection[]> {
  readonly #lists = new Map<ElementId, readonly Connection[]>();

  get plain(): ReadonlyMap<ElementId, readonly Connection[]> {
    return this.#lists;
  }

  protected at(key: string): readonly Connection[] | undefined {
    return this.#lists.get(key);
  }

  /** Makes the lists of the ends of these connections (`from->to`) again: one pass over all connections, whatever has changed. */
  update(moved: readonly ElementId[], all: Iterable<Connection>): void {
    if (moved.length === 0) return;
    const lists = new Map<ElementId, Connection[]>();
    for (const id of moved) for (const end of endsOf(id)) lists.set(end, []);
    for (const connection of all) {
      lists.get(connection.from)?.push(connection);
      if (connection.to !== connection.from) lists.get(connection.to)?.push(connection);
    }
    for (const [end, list] of lists) {
      if (list.length > 0) this.#lists.set(end, list);
      else if (!this.#lists.delete(end)) continue;
      this.touch(end);
    }
    this.touchKeys();
    this.sweep();
  }
}

function endsOf(id: ElementId): readonly ElementId[] {
  const arrow = id.indexOf('->');
  return [id.slice(0, arrow), id.slice(arrow + 2)];
}

/** Components that flows visit, and all that these are connected to, directly or not. */
export class Reached {
  readonly #set: InputMap<true>;
  #connections: readonly ElementId[] | undefined;

  constructor(recorder: Recorder) {
    this.#set = new InputMap(recorder);
  }

  has(id: ElementId): boolean {
    return this.#set.has(id);
  }

  /** O(components + connections), and only where the ends of connections or the visited components have changed. */
  update(design: RecordedDesign, byEnd: ConnectionsByEnd, visited: ReadonlyMap<ElementId, unknown>, visitedChanged: boolean): void {
    // The id of a connection says its ends.
    const { ids } = design.connections;
    if (ids === this.#connections && !visitedChanged) return;
    this.#connections = ids;
    const reached = new Map<ElementId, true>();
    for (const id of visited.keys()) reached.set(id, true);
    const open = [...reached.keys()];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const { from, to } of byEnd.plain.get(id) ?? []) {
        if (from !== id || reached.has(to)) continue;
        reached.set(to, true);
        open.push(to);
      }
    }
    updateMembers(this.#set, reached);
  }
}

/** Gives the set its members, unless it has them already in another order. */
export function updateMembers(set: InputMap<true>, next: ReadonlyMap<string, true>): void {
  const before = set.plain;
  if (before.size === next.size) {
    let same = true;
    for (const key of next.keys()) {
      if (before.has(key)) continue;
      same = false;
      break;
    }
    if (same) return;
  }
  set.update(next);
}
