import type { Span } from '../source.ts';
import type { Term } from './match.ts';

/**
 * A number that is written with a comma (`5,5 ms`, `2,000,000`), which the language reads as two values, around the term at `at`: what to
 * write, over the whole of it. Three digits behind the comma may be either, so that both are told.
 */
export function decimalComma(terms: readonly Term[], at: number): { message: string; span: Span; suggestion?: string } | undefined {
  let first = at;
  while (isJoined(terms, first - 1)) first--;
  let last = at;
  while (isJoined(terms, last)) last++;
  const parts = terms.slice(first, last + 1).filter((t) => t.kind !== 'comma');
  if (parts.length < 2) return undefined;
  const texts = parts.map((t) => (t.kind === 'quantity' ? (t.quantity.text ?? '') : ''));
  const [whole = '', ...rest] = texts;
  const pattern = parts.length === 2 ? /^\d+(?:$|[^.\d])/ : /^\d{3}(?:$|[^.\d])/;
  if (!/^\d+$/.test(whole) || !rest.every((t) => pattern.test(t)) || !rest.slice(0, -1).every((t) => /^\d+$/.test(t))) return undefined;
  const span = { ...(parts[0] as Term).span, end: (parts.at(-1) as Term).span.end };
  const written = texts.join(',');
  const [decimal, grouped] = [texts.join('.'), texts.join('')];
  const say = (what: string) => `${written} is two values: ${what}`;
  if (parts.length > 2) return { message: say(`digits are not grouped; did you mean ${grouped}?`), span, suggestion: grouped };
  if (/^\d{3}(?!\d)/.test(rest[0] ?? ''))
    return { message: say(`a decimal point is a . and digits are not grouped: write ${decimal} or ${grouped}`), span };
  return { message: say(`a decimal point is a .; did you mean ${decimal}?`), span, suggestion: decimal };
}

/** Do this term and the next stand right behind each other, and is one of them a comma? */
function isJoined(terms: readonly Term[], at: number): boolean {
  const [left, right] = [terms[at], terms[at + 1]];
  if (!left || !right || left.kind === right.kind) return false;
  const kinds = [left.kind, right.kind];
  return kinds.includes('comma') && kinds.includes('quantity') && isBeside(left, right);
}

/** The span of a comma may reach up to the next value, so only its start is compared with what stands before it. */
const isBeside = (left: Term, right: Term): boolean =>
  left.kind === 'comma' ? left.span.start + 1 === right.span.start : left.span.end === right.span.start;
