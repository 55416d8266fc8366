import type { Column, ElementId, Query, Span, Table } from '@sysd/core';
import {
  type Component,
  isJoin,
  isQuery,
  isScan,
  isTable,
  isWhere,
  type Query as QueryNode,
  type Table as TableNode,
} from '../generated/ast.ts';
import { declaredBag } from './bags.ts';
import { type At, type Context, spanOf, spanOfPart } from './context.ts';
import { elementParts } from './elements.ts';
import { overriddenBag } from './override-bag.ts';
import type { Overrides } from './overrides.ts';
import type { Declaration, Scope } from './scope.ts';
import { bodyOf } from './statements.ts';
import type { Values } from './values.ts';

export function lowerTables(context: Context, scope: Scope, values: Values, overrides: Overrides, store: At<Component>): Table[] {
  return bodyOf(store.node)
    .filter((item): item is TableNode => isTable(item) && item.name !== undefined && scope.counts(`${store.node.name}.${item.name}`, item))
    .map((node) => {
      const at = { node, file: store.file };
      const id = `${store.node.name}.${node.name}`;
      const declared = declaredBag(context, values, at, { owners: ['table'], words: 'a table' });
      const properties = overriddenBag(declared, id, 'table', overrides, values);
      for (const item of bodyOf(node)) {
        if (item.$type !== 'Property')
          context.report('misplaced-statement', spanOfPart(item, 'name'), 'a table has properties only: key, shard-key, index, row, rows');
      }
      return { ...elementParts(at, id), store: store.node.name, name: node.name, properties };
    });
}

export function lowerQueries(context: Context, scope: Scope, store: At<Component>): Query[] {
  return bodyOf(store.node)
    .filter((item): item is QueryNode => isQuery(item) && item.name !== undefined && scope.counts(`${store.node.name}.${item.name}`, item))
    .map((node) => lowerQuery(context, scope, store, node));
}

function lowerQuery(context: Context, scope: Scope, store: At<Component>, node: QueryNode): Query {
  const { file } = store;
  const tables: ElementId[] = [];
  const joins: { equations: { left: Column; right: Column }[]; span: Span }[] = [];
  const pinned: Column[] = [];
  const touch = (column: Column | undefined): Column | undefined => {
    if (column && !tables.includes(column.table)) tables.push(column.table);
    return column;
  };
  const read = (text: string | undefined, span: Span): Column | undefined =>
    text === undefined ? undefined : touch(columnOf(context, scope, store, tables, text, span));

  for (const item of bodyOf(node)) {
    if (isScan(item)) {
      item.tables.forEach((name, i) => {
        const table = tableOf(context, scope, store, name, spanOfPart(item, 'tables', i));
        if (table && !tables.includes(table.id)) tables.push(table.id);
      });
    } else if (isJoin(item)) {
      const byPair = new Map<string, { equations: { left: Column; right: Column }[]; span: Span }>();
      for (const equation of item.conditions) {
        const left = read(equation.left, spanOfPart(equation, 'left'));
        const right = read(equation.right, spanOfPart(equation, 'right'));
        if (!left || !right) continue;
        const pair = [left.table, right.table].sort().join(' ');
        const join = byPair.get(pair) ?? { equations: [], span: spanOf(item) };
        if (!byPair.has(pair)) joins.push(join);
        byPair.set(pair, join);
        join.equations.push({ left, right });
      }
    } else if (isWhere(item)) {
      for (const condition of item.columns) {
        const column = read(condition.name, spanOfPart(condition, 'name'));
        if (column && (condition.operator === undefined || condition.operator === '=')) pinned.push(column);
      }
    } else if (item.$type !== 'Orphan') {
      context.report('misplaced-statement', spanOfPart(item, 'name'), 'a query says from TABLE, join a.x = b.y and where a.x');
    }
  }
  return {
    ...elementParts({ node, file }, `${store.node.name}.${node.name}`),
    store: store.node.name,
    name: node.name,
    tables,
    joins,
    pinned,
  };
}

/** The table of that name in the store, or `store.table` of another one. */
function tableOf(context: Context, scope: Scope, store: At<Component>, name: string, span: Span): Declaration | undefined {
  const own = scope.find(`${store.node.name}.${name}`, store.file, ['table']);
  if (own) {
    context.refer(span, own.id);
    return own;
  }
  if (scope.find(name, store.file, ['table'])) return scope.resolve(name, store.file, span, ['table'], 'a table');
  const names = bodyOf(store.node).flatMap((i) => (isTable(i) ? [i.name] : []));
  context.report('unknown-name', span, `${store.node.name} has no table ${name}${names.length > 0 ? `; it has ${names.join(', ')}` : ''}`);
  return undefined;
}

/** `tweet.author_id`, `store.tweet.author_id`; a bare column where the query has one table so far. */
function columnOf(
  context: Context,
  scope: Scope,
  store: At<Component>,
  tables: readonly ElementId[],
  text: string,
  span: Span,
): Column | undefined {
  const dot = text.lastIndexOf('.');
  if (dot < 0) {
    const [only] = tables;
    if (only !== undefined && tables.length === 1) return { table: only, column: text, span };
    context.report('invalid-value', span, `say which table ${text} belongs to: TABLE.${text}`);
    return undefined;
  }
  const table = tableOf(context, scope, store, text.slice(0, dot), { ...span, end: span.start + dot });
  return table && { table: table.id, column: text.slice(dot + 1), span };
}
