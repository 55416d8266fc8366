import type { Connection, ElementId, Span } from '@sysd/core';
import type { Step } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, spanOf, spanOfPart } from './context.ts';
import type { LowerInput } from './elements-input.ts';

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
