import type { IToken } from 'chevrotain';
import { type DocumentSymbol, type Position, SymbolKind } from 'vscode-languageserver';
import { endOf, typeOf } from '../../text/lex.ts';

/** What declarations are in an outline. `null`: statements that are not shown. */
const KIND_OF: ReadonlyMap<string, SymbolKind> = new Map([
  ['system', SymbolKind.Package],
  ['let', SymbolKind.Constant],
  ['technology', SymbolKind.Module],
  ['region', SymbolKind.Namespace],
  ['zone', SymbolKind.Namespace],
  ['group', SymbolKind.Namespace],
  ['table', SymbolKind.Struct],
  ['query', SymbolKind.Method],
  ['flow', SymbolKind.Event],
  ['scenario', SymbolKind.Object],
  ['view', SymbolKind.Interface],
]);

const OF_COMPONENT: ReadonlyMap<string, SymbolKind> = new Map([
  ['client', SymbolKind.Interface],
  ['function', SymbolKind.Function],
  ['worker', SymbolKind.Function],
  ['external', SymbolKind.Interface],
]);

/** The outline of a block, with lines that count from its first one. */
export function outlineOf(tokens: readonly IToken[], position: (offset: number) => Position): DocumentSymbol[] {
  const top: DocumentSymbol[] = [];
  /** Open blocks, outermost first; without a symbol where the header is none. */
  const open: (DocumentSymbol | undefined)[] = [];
  let last: DocumentSymbol | undefined;
  const add = (symbol: DocumentSymbol): void => {
    const parent = open.findLast((s) => s !== undefined);
    if (parent) parent.children!.push(symbol);
    else top.push(symbol);
  };
  let starts = true;
  tokens.forEach((token, i) => {
    const type = typeOf(token);
    const first = starts;
    starts = type === 'NL' || type === '{' || type === '}';
    if (type === '}') {
      const closed = open.pop();
      if (closed) closed.range = { start: closed.range.start, end: position(endOf(token)) };
      last = undefined;
    } else if (type === '{') {
      open.push(last);
      last = undefined;
    } else if (type === 'NL') last = undefined;
    else if (first) {
      last = declared(tokens, i, position);
      if (last) add(last);
    }
  });
  return top;
}

function declared(tokens: readonly IToken[], i: number, position: (offset: number) => Position): DocumentSymbol | undefined {
  const first = tokens[i]!;
  const name = tokens[i + 1];
  if (!name) return undefined;
  const type = typeOf(first);
  const component = type === 'KIND';
  const kind = component ? (OF_COMPONENT.get(first.image) ?? SymbolKind.Class) : KIND_OF.get(type);
  const shown = name.image.startsWith('"') ? name.image.replaceAll('"', '') : name.image;
  if (kind === undefined || (typeOf(name) !== 'NAME' && typeOf(name) !== 'STRING') || shown.trim() === '') return undefined;
  let end = i + 1;
  while (tokens[end + 1] && !['NL', '{', '}'].includes(typeOf(tokens[end + 1]!))) end++;
  return {
    name: shown,
    kind,
    detail: detail(tokens.slice(i, end + 1)),
    range: { start: position(first.startOffset), end: position(endOf(tokens[end]!)) },
    selectionRange: { start: position(name.startOffset), end: position(endOf(name)) },
    children: [],
  };
}

/** `database: postgres`, `from users at 10/day each`. */
function detail(header: readonly IToken[]): string {
  const [first, , third, fourth] = header;
  if (typeOf(first!) === 'KIND') return third?.image === ':' && fourth ? `${first!.image}: ${fourth.image}` : first!.image;
  if (typeOf(first!) === 'flow')
    return header
      .slice(2)
      .map((t) => t.image)
      .join(' ');
  return first!.image;
}
