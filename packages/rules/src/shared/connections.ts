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

  /**
   * O(components + connections), and only where the ends of connections or the visited components have changed; where connections were
   * added and nothing else, only what these lead to is looked at.
   */
  update(design: RecordedDesign, byEnd: ConnectionsByEnd, visited: ReadonlyMap<ElementId, unknown>, visitedChanged: boolean): void {
    // The id of a connection says its ends.
    const { ids } = design.connections;
    if (ids === this.#connections && !visitedChanged) return;
    const added = visitedChanged ? undefined : addedTo(this.#connections ?? [], ids);
    this.#connections = ids;
    const before = this.#set.plain;
    const lead = added?.map(endsOf).filter(([from = '', to = '']) => before.has(from) && !before.has(to));
    if (lead?.length === 0) return;
    const reached = new Map<ElementId, true>(lead ? before : []);
    const open: ElementId[] = [];
    const reach = (id: ElementId): void => {
      if (reached.has(id)) return;
      reached.set(id, true);
      open.push(id);
    };
    for (const id of lead ? lead.map(([, to = '']) => to) : visited.keys()) reach(id);
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const { from, to } of byEnd.plain.get(id) ?? []) if (from === id) reach(to);
    }
    updateMembers(this.#set, reached);
  }
}

/** What a list has more than another; undefined where anything else is different between them. */
function addedTo(before: readonly ElementId[], now: readonly ElementId[]): readonly ElementId[] | undefined {
  const added: ElementId[] = [];
  let at = 0;
  for (const id of now) {
    if (id === before[at]) at++;
    else added.push(id);
  }
  return at === before.length ? added : undefined;
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
