import type { Connection, Diagnostic, ElementId, PropertyBag, Span } from '@sysd/core';
import type { Step } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, spanOf, spanOfPart } from './context.ts';
import type { LowerInput } from './elements-input.ts';
import type { LoweredFlow } from './flows.ts';

/** A connection as a top-level statement describes it, and what it was joined to last. */
export type DeclaredConnection = Omit<Connection, 'uses' | 'declared'> & { joined?: Connection };

/** A hop that uses a connection, which it makes where none is declared. */
export interface ConnectionUse {
  readonly hop: number;
  readonly from: ElementId;
  readonly to: ElementId;
  readonly sync: boolean;
  readonly span: Span;
}

/** The connections of a top-level `a -> b { … }`, in text order. */
export function lowerConnections({ context, scope, values }: LowerInput, at: At<Step>): DeclaredConnection[] {
  const { node, file } = at;
  const found: DeclaredConnection[] = [];
  const properties = declaredBag(context, values, at, { owners: ['connection'], words: 'a connection' });
  for (const modifier of node.modifiers) {
    context.report(
      'misplaced-statement',
      spanOf(modifier),
      'this belongs to a step of a flow; a connection says how calls behave: timeout, retries, pool …',
    );
  }
  let from = scope.resolve(node.source, file, spanOfPart(at.node, 'source'), ['component'], 'a component')?.id;
  for (const hop of node.hops) {
    let next: ElementId | undefined;
    for (const target of hop.targets) {
      if (target.operation !== undefined || target.values.length > 0 || target.answer) {
        context.report('misplaced-statement', spanOf(target), 'operations, sizes and shares belong to the steps of a flow');
      }
      if (target.name === undefined) continue;
      const to = scope.resolve(target.name, file, spanOfPart(target, 'name'), ['component'], 'a component')?.id;
      next ??= to;
      if (from === undefined || to === undefined) continue;
      const id = `${from}->${to}`;
      found.push({ id, from, to, sync: hop.arrow === '->', properties, span: spanOf(node) });
    }
    from = next;
  }
  return found;
}

/** Hops that use each connection, in text order, with the first of them. */
export type ConnectionUses = ReadonlyMap<ElementId, { readonly first: ConnectionUse; readonly uses: Connection['uses'] }>;

/** Uses of the connections by flows. A connection that is used as it was has the same object. */
export function usesOf(flows: readonly LoweredFlow[], before: ConnectionUses): ConnectionUses {
  const found = new Map<ElementId, { first: ConnectionUse; uses: { flow: ElementId; hop: number }[] }>();
  for (const { flow, uses } of flows) {
    for (const use of uses) {
      const id = `${use.from}->${use.to}`;
      const known = found.get(id);
      if (known) known.uses.push({ flow: flow.id, hop: use.hop });
      else found.set(id, { first: use, uses: [{ flow: flow.id, hop: use.hop }] });
    }
  }
  for (const [id, now] of found) {
    const old = before.get(id);
    if (!old || old.uses.length !== now.uses.length) continue;
    const same = old.uses.every((use, i) => use.flow === now.uses[i]?.flow && use.hop === now.uses[i]?.hop);
    if (same) now.uses = old.uses as typeof now.uses;
  }
  return found;
}

const UNUSED: Connection['uses'] = [];

/**
 * All connections: declared ones first, then those that steps make, in text order. One that says what it said before is the same object.
 * A second description is an error.
 */
export function joinConnections(
  statements: readonly (readonly DeclaredConnection[])[],
  uses: ConnectionUses,
  before: ReadonlyMap<ElementId, Connection>,
): { connections: Map<ElementId, Connection>; diagnostics: Diagnostic[] } {
  const connections = new Map<ElementId, Connection>();
  const diagnostics: Diagnostic[] = [];
  for (const statement of statements) {
    for (const declared of statement) {
      const { id } = declared;
      const first = connections.get(id);
      if (first) {
        diagnostics.push(describedTwice(declared, first));
        continue;
      }
      const used = uses.get(id)?.uses ?? UNUSED;
      if (declared.joined?.uses !== used) {
        const { from, to, sync, properties, span } = declared;
        declared.joined = { id, from, to, declared: true, sync, properties, span, uses: used };
      }
      connections.set(id, declared.joined);
    }
  }
  for (const [id, { first, uses: used }] of uses) {
    if (connections.has(id)) continue;
    const { from, to, sync, span } = first;
    const old = before.get(id);
    const same = old && !old.declared && old.span === span && old.sync === sync && old.uses === used;
    connections.set(id, same ? old : { id, from, to, declared: false, sync, properties: EMPTY, span, uses: used });
  }
  return { connections, diagnostics };
}

const EMPTY: PropertyBag = new Map();

function describedTwice({ from, to, span }: DeclaredConnection, first: Connection): Diagnostic {
  const message = `the connection ${from} -> ${to} is described already; put all of it into one place`;
  return { rule: 'duplicate-name', severity: 'error', message, span, related: [{ span: first.span, message: 'the first description' }] };
}
