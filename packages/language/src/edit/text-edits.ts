import { absolute, type Design, type Edit, type Fix, type PropertyBag, type PropertyName, type Span } from '@sysd/core';
import { endOf, lex } from '../lsp/text/lex.ts';

/** Replaces [start, end) of a file; absolute offsets in UTF-16 code units. */
export interface TextEdit {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Something whose body can take properties or statements. */
interface Editable {
  readonly span: Span;
  readonly properties?: PropertyBag;
}

/**
 * The semantic edits of a fix as changes of text, in the author's layout. Empty where one of them cannot be made (the element is not in
 * the author's files, or its text is broken): a fix is applied whole or not at all.
 */
export function textEditsOf(fix: Fix, design: Design, textOf: (uri: string) => string | undefined): TextEdit[] {
  const edits: TextEdit[] = [];
  // Properties set on the same element at the same place become one insertion.
  for (const edit of groupInsertions(fix.edits, design)) {
    const made = makeEdit(edit, design, textOf);
    if (!made) return [];
    edits.push(made);
  }
  return edits;
}

type Grouped =
  | Exclude<Edit, { kind: 'set-property' }>
  | { kind: 'set-properties'; on: string; properties: { name: string; value: string }[] };

function groupInsertions(edits: readonly Edit[], design: Design): (Grouped | Extract<Edit, { kind: 'set-property' }>)[] {
  const grouped: (Grouped | Extract<Edit, { kind: 'set-property' }>)[] = [];
  for (const edit of edits) {
    if (edit.kind !== 'set-property' || declaredProperty(find(design, edit.on), edit.property)) {
      grouped.push(edit);
      continue;
    }
    const same = grouped.find((g): g is Extract<Grouped, { kind: 'set-properties' }> => g.kind === 'set-properties' && g.on === edit.on);
    const property = { name: edit.property, value: edit.value };
    if (same) same.properties.push(property);
    else grouped.push({ kind: 'set-properties', on: edit.on, properties: [property] });
  }
  return grouped;
}

function makeEdit(
  edit: Grouped | Extract<Edit, { kind: 'set-property' }>,
  design: Design,
  textOf: (uri: string) => string | undefined,
): TextEdit | undefined {
  switch (edit.kind) {
    case 'replace':
      return { ...absolute(edit.span), text: edit.text };
    case 'remove':
      return removal(edit.span, textOf);
    case 'set-property': {
      const property = declaredProperty(find(design, edit.on), edit.property);
      return property?.valueSpan ? { ...absolute(property.valueSpan), text: edit.value } : undefined;
    }
    case 'remove-property': {
      const property = declaredProperty(find(design, edit.on), edit.property);
      return property?.span ? removal(property.span, textOf) : undefined;
    }
    case 'set-properties': {
      const lines = edit.properties.map((p) => `${p.name}: ${p.value}`);
      const element = find(design, edit.on);
      if (element) return insertInBody(element.span, lines, textOf);
      return newConnection(edit.on, lines, design, textOf);
    }
    case 'insert-statement': {
      const element = find(design, edit.on);
      if (!element) return undefined;
      return edit.top ? insertBelow(element.span, edit.text, textOf) : insertInBody(element.span, [edit.text], textOf, true);
    }
  }
}

function find(design: Design, id: string): Editable | undefined {
  const connection = design.connections.get(id);
  if (connection) return connection.declared ? connection : undefined;
  const dot = id.lastIndexOf('.');
  const store = dot > 0 ? design.components.get(id.slice(0, dot)) : undefined;
  return (
    design.components.get(id) ??
    design.flows.get(id) ??
    design.places.get(id) ??
    design.groups.get(id) ??
    store?.tables.find((t) => t.id === id) ??
    store?.queries.find((q) => q.id === id)
  );
}

/** The property as the element itself declares it (not its technology). */
function declaredProperty(element: Editable | undefined, name: string) {
  const property = element?.properties?.get(name as PropertyName);
  return property?.origin.kind === 'declared' && property.valueSpan ? property : undefined;
}

const lineStart = (text: string, offset: number): number =>
  Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;

function lineEnd(text: string, offset: number): number {
  const match = /[\r\n]/.exec(text.slice(offset));
  return match ? offset + match.index : text.length;
}

const newline = (text: string): string => (/\r\n/.test(text) ? '\r\n' : '\n');
const indentAt = (text: string, offset: number): string => /^[ \t]*/.exec(text.slice(lineStart(text, offset)))?.[0] ?? '';

/** Deletes a span: with its line where it stands alone on it, else with one comma beside it. */
function removal(span: Span, textOf: (uri: string) => string | undefined): TextEdit | undefined {
  const { uri, start, end } = absolute(span);
  const text = textOf(uri);
  if (text === undefined) return undefined;
  const from = lineStart(text, start);
  const to = lineEnd(text, end);
  const before = text.slice(from, start);
  const after = text.slice(end, to);
  if (before.trim() === '' && /^[ \t]*,?[ \t]*(\/\/.*)?$/.test(after)) {
    const breakLength = text.startsWith('\r\n', to) ? 2 : to < text.length ? 1 : 0;
    return { uri, start: from, end: to + breakLength, text: '' };
  }
  const commaAfter = /^[ \t]*,[ \t]*/.exec(after);
  if (commaAfter) return { uri, start, end: end + commaAfter[0].length, text: '' };
  const commaBefore = /[ \t]*,[ \t]*$/.exec(before);
  return { uri, start: start - (commaBefore?.[0].length ?? 0), end, text: '' };
}

/** New lines in the body of an element: properties at its head, statements at its end. Adds the body where there is none. */
function insertInBody(
  span: Span,
  lines: readonly string[],
  textOf: (uri: string) => string | undefined,
  atEnd = false,
): TextEdit | undefined {
  const { uri, start, end } = absolute(span);
  const text = textOf(uri);
  if (text === undefined) return undefined;
  const { tokens } = lex(text.slice(start, end));
  const open = tokens.findIndex((t) => t.image === '{');
  if (open < 0) return { uri, start: end, end, text: ` { ${lines.join(', ')} }` };
  const close = tokens.findLastIndex((t) => t.image === '}');
  const [opening, closing] = [tokens[open], tokens[close]];
  if (!opening || !closing || close < open) return undefined;
  const inner = text.slice(start + endOf(opening), start + closing.startOffset);
  const oneLine = !/[\r\n]/.test(inner);
  if (oneLine && inner.trim() === '')
    return { uri, start: start + endOf(opening), end: start + closing.startOffset, text: ` ${lines.join(', ')} ` };
  if (oneLine) {
    // A comma or `;` that ends the last statement already is replaced.
    const at = start + endOf(opening) + inner.replace(/[\s,;]+$/, '').length;
    const separator = atEnd ? '; ' : ', ';
    return { uri, start: at, end: start + endOf(opening) + inner.trimEnd().length, text: `${separator}${lines.join(separator)}` };
  }
  const eol = newline(text);
  const indent = /[\r\n]([ \t]*)[^\s}]/.exec(inner)?.[1] ?? `${indentAt(text, start)}  `;
  if (atEnd) {
    const at = lineStart(text, start + closing.startOffset);
    return { uri, start: at, end: at, text: lines.map((l) => `${indent}${l}${eol}`).join('') };
  }
  const at = lineEnd(text, start + endOf(opening));
  return { uri, start: at, end: at, text: lines.map((l) => `${eol}${indent}${l}`).join('') };
}

function insertBelow(span: Span, statement: string, textOf: (uri: string) => string | undefined): TextEdit | undefined {
  const { uri, start, end } = absolute(span);
  const text = textOf(uri);
  if (text === undefined) return undefined;
  const at = lineEnd(text, end);
  return { uri, start: at, end: at, text: `${newline(text)}${indentAt(text, start)}${statement}` };
}

/** A connection that only steps make gets a statement of its own, above the first flow that uses it. */
function newConnection(
  id: string,
  lines: readonly string[],
  design: Design,
  textOf: (uri: string) => string | undefined,
): TextEdit | undefined {
  const connection = design.connections.get(id);
  const flow = connection ? design.flows.get(connection.uses[0]?.flow ?? '') : undefined;
  if (!connection || !flow) return undefined;
  const { uri, start } = absolute(flow.span);
  const text = textOf(uri);
  if (text === undefined) return undefined;
  // Above the flow's own documentation.
  let at = lineStart(text, start);
  for (let above = lineStart(text, at - 1); at > 0 && /^[ \t]*\/\/\//.test(text.slice(above)); above = lineStart(text, at - 1)) at = above;
  const eol = newline(text);
  return {
    uri,
    start: at,
    end: at,
    text: `${connection.from} ${connection.sync ? '->' : '~>'} ${connection.to} { ${lines.join(', ')} }${eol}${eol}`,
  };
}

/** A text with edits made; those of other files are left out. Edits must not overlap. */
export function applyTextEdits(text: string, uri: string, edits: readonly TextEdit[]): string {
  const own = edits.filter((e) => e.uri === uri).sort((a, b) => b.start - a.start);
  return own.reduce((result, e) => result.slice(0, e.start) + e.text + result.slice(e.end), text);
}
