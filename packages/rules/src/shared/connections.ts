import { type Connection, type ElementId, InputMap, type Move, RecordedMap, type Recorder, sameItems } from '@sysd/core';

/** Connections by the components at their ends, in text order; nothing for a component without any. */
export class ConnectionsByEnd extends RecordedMap<readonly Connection[]> {
  readonly #lists = new Map<ElementId, readonly Connection[]>();

  get plain(): ReadonlyMap<ElementId, readonly Connection[]> {
    return this.#lists;
  }

  protected at(key: string): readonly Connection[] | undefined {
    return this.#lists.get(key);
  }

  /**
   * Makes the lists of the ends of these connections (`from->to`) again. A list that says the same stays the same. One pass over the connections by
   * identity; by their ends only for those that have moved or stand in one of the lists.
   */
  update(moved: Iterable<ElementId>, all: ReadonlyMap<ElementId, Connection>): void {
    const lists = new Map<ElementId, Connection[]>();
    const candidates = new Set<Connection>();
    for (const id of moved) {
      const connection = all.get(id);
      if (connection) candidates.add(connection);
      for (const end of endsOf(id)) {
        if (lists.has(end)) continue;
        lists.set(end, []);
        for (const known of this.#lists.get(end) ?? []) candidates.add(known);
      }
    }
    if (lists.size === 0) return;
    for (const connection of all.values()) {
      if (!candidates.has(connection)) continue;
      lists.get(connection.from)?.push(connection);
      if (connection.to !== connection.from) lists.get(connection.to)?.push(connection);
    }
    for (const [end, list] of lists) {
      const before = this.#lists.get(end);
      if (before ? sameItems(before, list) : list.length === 0) continue;
      if (list.length > 0) this.#lists.set(end, list);
      else this.#lists.delete(end);
      this.touch(end);
    }
    this.touchKeys();
    this.sweep();
  }
}

function endsOf(id: ElementId): readonly [ElementId, ElementId] {
  const arrow = id.indexOf('->');
  return [id.slice(0, arrow), id.slice(arrow + 2)];
}

/** Components that flows visit, and all that these are connected to, directly or not. */
export class Reached {
  readonly #set: InputMap<true>;

  constructor(recorder: Recorder) {
    this.#set = new InputMap(recorder);
  }

  has(id: ElementId): boolean {
    return this.#set.has(id);
  }

  /**
   * O(components + connections), and only where a connection has come or gone that may lead to another component, or other components are visited.
   */
  update(
    moves: ReadonlyMap<ElementId, Move>,
    byEnd: ConnectionsByEnd,
    visited: ReadonlyMap<ElementId, unknown>,
    visitedChanged: boolean,
  ): void {
    if (!visitedChanged && ![...moves].some(([id, how]) => this.#matters(id, how, visited))) return;
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

  /** A connection counts that leads from what is reached: a new one to what is not, one that is gone to what no flow visits. */
  #matters(id: ElementId, how: Move, visited: ReadonlyMap<ElementId, unknown>): boolean {
    const [from, to] = endsOf(id);
    const { plain } = this.#set;
    if (!plain.has(from)) return false;
    return how === 'new' ? !plain.has(to) : how === 'gone' && !visited.has(to);
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
