import { type Component, type Hop, type Query, type Table, valueIn } from '@sysd/core';
import type { Call } from '../standin/config.ts';
import { scaledBytes } from './scale.ts';

type Statement = Pick<Call & { kind: 'sql' }, 'text' | 'parameters'>;

/** Where steps without a table read and write: a name that no table of the store has. */
function anyTable({ tables }: Component): string {
  let name = 'sysd_rows';
  while (tables.some((table) => table.name === name)) name += '_';
  return name;
}

/** Rows that one answer of a query has at most. */
const ROWS = 20;

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""').replaceAll('\0', '')}"`;
const column = (table: string, name: string): string => `${quoted(table)}.${quoted(name)}`;
const nameOf = (id: string): string => id.slice(id.lastIndexOf('.') + 1);

/** The tables that the design declares, with the columns that it names. All columns are text: the design says no types. */
export function schemaOf(store: Component): string {
  const tables = store.tables.map((table) => {
    const columns = columnsOf(store, table);
    const lines = ['sysd_id bigserial PRIMARY KEY', ...columns.map((name) => `${quoted(name)} text`), 'sysd_payload bytea'];
    const indexed = new Set(indexesOf(store, table));
    const indexes = columns
      .filter((name) => indexed.has(name))
      .map((name) => `CREATE INDEX ON ${quoted(table.name)} (${quoted(name)});\n`)
      .join('');
    return `CREATE TABLE ${quoted(table.name)} (\n  ${lines.join(',\n  ')}\n);\n${indexes}`;
  });
  const any = anyTable(store);
  tables.push(
    `CREATE TABLE ${any} (\n  sysd_id bigserial PRIMARY KEY,\n  key text,\n  sysd_payload bytea\n);\nCREATE INDEX ON ${any} (key);\n`,
  );
  return tables.join('\n');
}

/** Every column of a table that the design names, in order of first mention. */
function columnsOf(store: Component, table: Table): string[] {
  const named = store.queries.flatMap((query) => [
    ...query.joins.flatMap((join) => join.equations.flatMap((e) => [e.left, e.right])),
    ...query.pinned,
  ]);
  const fromQueries = named.filter((each) => each.table === table.id).map((each) => each.column);
  return [...new Set([...indexesOf(store, table), ...fromQueries])].filter((name) => name !== 'sysd_id' && name !== 'sysd_payload');
}

function indexesOf(store: Component, table: Table): string[] {
  const declared = (['key', 'shard-key', 'index'] as const)
    .flatMap((name) => valueIn(table.properties, name) ?? [])
    .map((each) => each.name);
  // a column that a query pins is looked up by
  const pinned = store.queries.flatMap((query) => query.pinned.filter((each) => each.table === table.id).map((each) => each.column));
  return [...new Set([...declared, ...pinned])];
}

/** The statement of a step on a database. */
export function statementOf(store: Component, hop: Hop): Statement {
  const query = store.queries.find((each) => each.id === hop.query);
  if (query !== undefined && query.tables.length > 0 && query.tables.every((id) => store.tables.some((table) => table.id === id)))
    return queryStatement(query);
  const table = store.tables.find((each) => each.id === hop.table);
  const name = table === undefined ? anyTable(store) : quoted(table.name);
  const columns = table === undefined ? ['key'] : columnsOf(store, table);
  const key = columns[0] === undefined ? undefined : quoted(columns[0]);
  const row = table === undefined ? undefined : valueIn(table.properties, 'row');
  const bytes = { kind: 'bytes', bytes: scaledBytes(hop.request ?? row) } as const;
  if (hop.operation === 'write') {
    const names = [...columns.map(quoted), 'sysd_payload'];
    const places = names.map((_, index) => `$${index + 1}`);
    const parameters = [...columns.map(() => ({ kind: 'key' }) as const), bytes];
    return { text: `INSERT INTO ${name} (${names.join(', ')}) VALUES (${places.join(', ')})`, parameters };
  }
  const where = key === undefined ? '' : ` WHERE ${key} = $1`;
  const found = key === undefined ? [] : [{ kind: 'key' } as const];
  if (hop.operation === 'update') {
    // of one row, as many rows share a key here
    const one = `SELECT sysd_id FROM ${name}${where} LIMIT 1`;
    return { text: `UPDATE ${name} SET sysd_payload = $${found.length + 1} WHERE sysd_id = (${one})`, parameters: [...found, bytes] };
  }
  return { text: `SELECT sysd_payload FROM ${name}${where} LIMIT 1`, parameters: found };
}

/** The join as the design writes it: all its tables, the equations of its joins, and a value for each pinned column. */
function queryStatement(query: Query): Statement {
  const equations = query.joins
    .flatMap((join) => join.equations)
    .map((e) => `${column(nameOf(e.left.table), e.left.column)} = ${column(nameOf(e.right.table), e.right.column)}`);
  const pins = query.pinned.map((pin, index) => `${column(nameOf(pin.table), pin.column)} = $${index + 1}`);
  const conditions = [...equations, ...pins];
  const where = conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
  const from = query.tables.map((id) => quoted(nameOf(id))).join(', ');
  const text = `SELECT ${column(nameOf(query.tables[0] ?? ''), 'sysd_payload')} FROM ${from}${where} LIMIT ${ROWS}`;
  return { text, parameters: query.pinned.map(() => ({ kind: 'key' }) as const) };
}
