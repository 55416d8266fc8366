import { instead, NAME, type Notation } from './line.ts';

/** A gap is read in one way only: otherwise a line with many of them takes for ever. */
const LIST = `${NAME}(?:(?:\\s*[,;]\\s*|\\s+)${NAME})*`;
const ONE_LINE = new RegExp(
  `^(?<before>\\s*region\\s+${NAME}(?:\\s+"[^"]*")?)(?<written>\\s*(?:\\{|:)\\s*(?:zones?\\b\\s*[:=]?\\s*)?(?<list>${LIST})\\s*[,;]?\\s*\\}?)\\s*$`,
);
const INSIDE = new RegExp(`^(?<before>\\s*)(?<written>(?:zones?\\b\\s*=?\\s*)?(?<list>${LIST}))\\s*[,;]?\\s*$`);

/** Zones as a list of their region: `region us { a, b }`, `region us: a, b`, `zones a b`. */
export const zones: Notation = ({ text, depth, head }) => {
  const match = depth === 0 ? ONE_LINE.exec(text) : depth === 1 && head === 'region' ? INSIDE.exec(text) : null;
  const { before = '', written = '', list = '' } = match?.groups ?? {};
  if (!match || /\bzones?\b/.test(list)) return undefined;
  const meant = `zones: ${list.split(/[\s,;]+/).join(', ')}`;
  const why = `the zones of a region are one property: ${meant}`;
  // A name alone on its line: the others stand on lines of their own.
  if (depth === 1 && written === list && !/[\s,;]/.test(list))
    return { message: why, start: before.length, end: before.length + list.length };
  return instead(why, before.length, written, depth === 0 ? ` { ${meant} }` : meant);
};
