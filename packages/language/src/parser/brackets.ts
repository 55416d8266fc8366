import type { IToken } from 'chevrotain';

/** Where braces and parentheses do not pair up, and what shaping does about it, so that the parser only ever sees balanced ones. */
export interface Brackets {
  /** Line breaks inside a closed pair of parentheses: they end nothing. */
  readonly joined: ReadonlySet<number>;
  /** Number of `}` to add before the token of that index; what is open at the end is closed there. */
  readonly closers: ReadonlyMap<number, number>;
  /** Tokens to leave out: `}` that close nothing, and brackets nested too deep. */
  readonly dropped: ReadonlyMap<number, 'stray' | 'deep'>;
  /** Opening braces that are not closed by the author. */
  readonly unclosed: readonly number[];
}

/** Nesting that nobody writes by hand; deeper would exhaust the stack of a recursive parser. */
const DEEPEST = 60;

/** What never stands inside parentheses, so that an unclosed one cannot join lines beyond it. */
export const ENDS_PARENTHESES = new Set(['{', '}', ':', 'ARROW', '|', 'STRING', 'UNCLOSED_STRING', '=', 'REL']);

/**
 * Pairs up brackets in two passes over the tokens, O(n). If some `{` is never closed, indentation decides from the first such brace on:
 * a token in column 1 that is not `}` begins a top-level statement, so everything open is closed before it.
 */
export function pairBrackets(tokens: readonly IToken[]): Brackets {
  if (areBalanced(tokens)) return BALANCED;
  const dropped = new Map<number, 'stray' | 'deep'>();
  return { joined: lineBreaksInParentheses(tokens, dropped), ...pairBraces(tokens, dropped), dropped };
}

const BALANCED: Brackets = { joined: new Set(), closers: new Map(), dropped: new Map(), unclosed: [] };

/** No parentheses, and braces that pair up: as most statements. */
function areBalanced(tokens: readonly IToken[]): boolean {
  let depth = 0;
  for (const { tokenType } of tokens) {
    const { name } = tokenType;
    if (name === '(' || name === ')') return false;
    if (name === '{' && ++depth > DEEPEST) return false;
    if (name === '}' && --depth < 0) return false;
  }
  return depth === 0;
}

function lineBreaksInParentheses(tokens: readonly IToken[], dropped: Map<number, 'stray' | 'deep'>): Set<number> {
  const joined = new Set<number>();
  let open = 0;
  let pending: number[] = [];
  const reset = () => {
    open = 0;
    pending = [];
  };
  tokens.forEach((token, i) => {
    const type = token.tokenType.name;
    if (type === '(') {
      if (open >= DEEPEST) dropped.set(i, 'deep');
      else open++;
    } else if (type === ')' && open > 0) {
      open--;
      if (open === 0) {
        for (const at of pending) joined.add(at);
        pending = [];
      }
    } else if (type === 'NL' && open > 0 && token.image !== ';') pending.push(i);
    else if (ENDS_PARENTHESES.has(type) || type === 'NL') reset();
  });
  return joined;
}

function pairBraces(tokens: readonly IToken[], dropped: Map<number, 'stray' | 'deep'>) {
  const closers = new Map<number, number>();
  const unclosed: number[] = [];
  const firstUnclosed = findFirstUnclosed(tokens);
  const open: number[] = [];
  let depth = 0; // of braces dropped for their depth
  tokens.forEach((token, i) => {
    const type = token.tokenType.name;
    if (i > firstUnclosed && open.length > 0 && token.startColumn === 1 && type !== '}' && type !== 'NL') {
      closers.set(i, open.length);
      unclosed.push(...open.splice(0));
      depth = 0;
    }
    if (type === '{') {
      if (open.length >= DEEPEST) {
        dropped.set(i, 'deep');
        depth++;
      } else open.push(i);
    } else if (type === '}') {
      if (depth > 0) {
        depth--;
        dropped.set(i, 'deep');
      } else if (open.pop() === undefined) dropped.set(i, 'stray');
    }
  });
  unclosed.push(...open);
  return { closers, unclosed };
}

function findFirstUnclosed(tokens: readonly IToken[]): number {
  const open: number[] = [];
  tokens.forEach((token, i) => {
    if (token.tokenType.name === '{') open.push(i);
    else if (token.tokenType.name === '}') open.pop();
  });
  return open[0] ?? Number.POSITIVE_INFINITY;
}
