import { type Connection, type Diagnostic, type ElementId, type PropertyBag, TextMap } from '@sysd/core';
import type { ConnectionUse, DeclaredConnection } from './connections.ts';
import type { LoweredFlow } from './flows.ts';
import type { Unit } from './units.ts';

/** A unit that has been lowered again, come or gone, with what it was lowered to before and now. */
export interface Replaced {
  readonly unit: Unit;
  readonly before: unknown;
  readonly now: unknown;
}

/**
 * All connections of a design: declared ones first, then those that steps make, in text order. One that says what it said before is the same
 * object. A second description of one is an error.
 */
export interface ConnectionTable {
  /**
   * Takes in what has changed. `moved`: units are in another order than before.
   * O(changes + connections), with nothing done for a connection that did not change but to list it.
   */
  update(replaced: readonly Replaced[], moved: boolean, ofType: (type: string) => readonly Unit[]): ReadonlyMap<ElementId, Connection>;
  /** What is wrong with several statements together, in no order. */
  readonly diagnostics: readonly Diagnostic[];
}

interface Described {
  readonly unit: Unit;
  readonly declared: DeclaredConnection;
}

const NO_USES: Connection['uses'] = [];
const NO_PROPERTIES: PropertyBag = new Map();

export function connectionTable(): ConnectionTable {
  /** Statements by the connection that they describe, and uses by connection and flow. */
  const described = new Map<ElementId, Described[]>();
  const users = new Map<ElementId, Map<Unit, ConnectionUse[]>>();
  /** Connections that are described more than once. */
  const contested = new Set<ElementId>();
  const made = new Map<ElementId, Connection>();
  let undeclared: readonly ElementId[] = [];
  let all = TextMap.of<Connection>([], []);
  let diagnostics: readonly Diagnostic[] = [];

  const note = ({ unit, before, now }: Replaced, touched: Set<ElementId>): void => {
    if (unit.node.$type === 'Step') {
      for (const { id } of (before as readonly DeclaredConnection[] | undefined) ?? []) {
        const left = (described.get(id) ?? []).filter((d) => d.unit !== unit);
        if (left.length > 0) described.set(id, left);
        else described.delete(id);
        touched.add(id);
      }
      for (const declared of (now as readonly DeclaredConnection[] | undefined) ?? []) {
        const known = described.get(declared.id);
        if (known) known.push({ unit, declared });
        else described.set(declared.id, [{ unit, declared }]);
        touched.add(declared.id);
      }
    } else if (unit.node.$type === 'Flow' && usesIn(before) !== usesIn(now)) {
      for (const use of usesIn(before)) {
        users.get(idOf(use))?.delete(unit);
        touched.add(idOf(use));
      }
      for (const use of usesIn(now)) {
        const id = idOf(use);
        const byFlow = users.get(id) ?? new Map<Unit, ConnectionUse[]>();
        users.set(id, byFlow);
        const known = byFlow.get(unit);
        if (known) known.push(use);
        else byFlow.set(unit, [use]);
        touched.add(id);
      }
    }
  };

  const join = (id: ElementId): void => {
    const statements = described.get(id);
    if (statements && statements.length > 1) {
      // Within a unit they are in text order already, and sorting keeps that.
      statements.sort((a, b) => a.unit.order - b.unit.order);
      contested.add(id);
    } else contested.delete(id);
    const declared = statements?.[0]?.declared;
    const byFlow = users.get(id);
    if (byFlow?.size === 0) users.delete(id);
    const flows = byFlow ? [...byFlow].sort(([a], [b]) => a.order - b.order) : [];
    const first = flows[0]?.[1][0];
    const uses =
      flows.length === 0
        ? NO_USES
        : flows.flatMap(([flow, own]) => own.map(({ hop }) => ({ flow: (flow.result as LoweredFlow).flow.id, hop })));
    const shape = declared ?? (first && { ...first, properties: NO_PROPERTIES });
    if (!shape) {
      made.delete(id);
      return;
    }
    const { from, to, sync, properties, span } = shape;
    const old = made.get(id);
    const same =
      old?.declared === (declared !== undefined) &&
      old.sync === sync &&
      old.properties === properties &&
      old.span === span &&
      sameUses(old.uses, uses);
    const connection: Connection = same ? old : { id, from, to, declared: declared !== undefined, sync, properties, span, uses };
    made.set(id, connection);
    if (declared) declared.joined = connection;
  };

  return {
    get diagnostics() {
      return diagnostics;
    },
    update(replaced, moved, ofType) {
      const touched = new Set<ElementId>(contested);
      for (const one of replaced) note(one, touched);
      if (moved) for (const [id, flows] of users) if (flows.size > 1) touched.add(id);
      const flowsChanged = moved || replaced.some(({ unit }) => unit.node.$type === 'Flow');
      const usedOnes = flowsChanged || [...touched].some((id) => users.has(id));
      if (touched.size === 0 && !moved) return all;
      for (const id of touched) join(id);
      if (usedOnes) undeclared = undeclaredIn(ofType('Flow'), described);
      const ids: ElementId[] = [];
      const list: Connection[] = [];
      for (const { result } of ofType('Step')) {
        for (const { id, joined } of (result as readonly DeclaredConnection[] | undefined) ?? []) {
          if (contested.has(id) && joined !== made.get(id)) continue;
          ids.push(id);
          list.push(joined as Connection);
        }
      }
      for (const id of undeclared) {
        ids.push(id);
        list.push(made.get(id) as Connection);
      }
      diagnostics = [...contested].flatMap((id) => describedTwice(described.get(id) ?? []));
      all = all.next(ids, list);
      return all;
    },
  };
}

const usesIn = (result: unknown): readonly ConnectionUse[] => (result as LoweredFlow | undefined)?.uses ?? [];
const idOf = ({ from, to }: ConnectionUse): ElementId => `${from}->${to}`;

const sameUses = (a: Connection['uses'], b: Connection['uses']): boolean =>
  a.length === b.length && a.every((use, i) => use.flow === b[i]?.flow && use.hop === b[i]?.hop);

/** Connections that only steps make, in the order of their first use. */
function undeclaredIn(flows: readonly Unit[], described: ReadonlyMap<ElementId, unknown>): ElementId[] {
  const found = new Set<ElementId>();
  for (const { result } of flows) {
    for (const use of usesIn(result)) {
      const id = idOf(use);
      if (!described.has(id)) found.add(id);
    }
  }
  return [...found];
}

function describedTwice([first, ...others]: readonly Described[]): Diagnostic[] {
  return others.map(({ declared: { from, to, span } }) => ({
    rule: 'duplicate-name',
    severity: 'error',
    message: `the connection ${from} -> ${to} is described already; put all of it into one place`,
    span,
    related: first ? [{ span: first.declared.span, message: 'the first description' }] : [],
  }));
}
