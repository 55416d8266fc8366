import { endOf, lex, typeOf } from './lex.ts';
import type { PlacedText, TextBlock } from './partition.ts';

const CONTINUES = new Set(['ARROW', 'REL', '|', '{', '+', '-', '*', '/', '^', '..', '}']);

/** Stands in for the partition of the parser until it is there. */
export function cut(text: string, before?: readonly PlacedText[]): readonly PlacedText[] {
  const { tokens } = lex(text);
  const cuts: number[] = [];
  let depth = 0;
  let parens = 0;
  let last = '';
  for (const t of tokens) {
    const type = typeOf(t);
    if (t.image !== '' && type !== 'NL') {
      const column1 = t.startOffset === 0 || /[\r\n]/.test(text[t.startOffset - 1]!);
      if (column1 && depth === 0 && parens === 0 && last !== ',' && !CONTINUES.has(type)) {
        let at = t.startOffset;
        for (;;) {
          const begin = Math.max(text.lastIndexOf('\n', at - 2), text.lastIndexOf('\r', at - 2)) + 1;
          if (at === 0 || !text.startsWith('//', begin)) break;
          at = begin;
        }
        if (at > 0) cuts.push(at);
      }
      last = t.image;
    }
    if (type === '{') depth++;
    else if (type === '}') depth--;
    else if (type === '(') parens++;
    else if (type === ')') parens = Math.max(0, parens - 1);
  }
  void endOf;
  const known = new Map<string, TextBlock[]>();
  for (const { block } of before ?? []) known.set(block.text, [...(known.get(block.text) ?? []), block]);
  const placed: PlacedText[] = [];
  let line = 0;
  let from = 0;
  for (const to of [...cuts.filter((c, i) => c !== cuts[i - 1]), text.length]) {
    const part = text.slice(from, to);
    const lines = (part.match(/\r\n|\r|\n/g) ?? []).length;
    placed.push({ block: known.get(part)?.shift() ?? { text: part, lines }, offset: from, line });
    line += lines;
    from = to;
  }
  return placed;
}
