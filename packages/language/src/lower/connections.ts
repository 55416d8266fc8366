import type { Connection, ElementId, PropertyBag, Span } from '@sysd/core';
import { isStep, type Step } from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, type Context, spanOf, spanOfPart } from './context.ts';
import type { Scope } from './scope.ts';
import type { Placed } from './statements.ts';
import type { Values } from './values.ts';

interface Draft {
  id: ElementId;
  from: ElementId;
  to: ElementId;
  declared: boolean;
  sync: boolean;
  properties: PropertyBag;
  span: Span;
  uses: { flow: ElementId; hop: number }[];
}

/** Connections as they are found: declared ones first, then those that steps create. */
export interface Connections {
  use(flow: ElementId, hop: number, from: ElementId, to: ElementId, sync: boolean, span: Span): void;
  all(): Map<ElementId, Connection>;
}

const EMPTY: PropertyBag = new Map();

/** Reads the top-level connections, `a -> b { … }`. */
export function createConnections(context: Context, scope: Scope, values: Values, statements: readonly Placed[]): Connections {
  const drafts = new Map<ElementId, Draft>();
  for (const { node, file } of statements) if (isStep(node)) declare(context, scope, values, { node, file }, drafts);
  return {
    use(flow, hop, from, to, sync, span) {
      const id = `${from}->${to}`;
      const draft = drafts.get(id) ?? { id, from, to, declared: false, sync, properties: EMPTY, span, uses: [] };
      drafts.set(id, draft);
      draft.uses.push({ flow, hop });
    },
    all: () => drafts,
  };
}

function declare(context: Context, scope: Scope, values: Values, at: At<Step>, drafts: Map<ElementId, Draft>): void {
  const { node, file } = at;
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
      const before = drafts.get(id);
      if (before) {
        context.report(
          'duplicate-name',
          spanOf(at.node),
          `the connection ${from} -> ${to} is described already; put all of it into one place`,
          {
            related: [{ span: before.span, message: 'the first description' }],
          },
        );
      } else drafts.set(id, { id, from, to, declared: true, sync: hop.arrow === '->', properties, span: spanOf(at.node), uses: [] });
    }
    from = next;
  }
}
