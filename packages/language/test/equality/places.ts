// Where things stand in a text, read off its characters: good enough to aim edits, also in broken text.

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Lines with their line ends. */
export function linesIn(text: string): Stretch[] {
  const lines: Stretch[] = [];
  for (const found of text.matchAll(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g))
    lines.push({ start: found.index, end: found.index + found[0].length });
  return lines;
}

/** Runs of lines that begin in column 1: mostly declarations, with the comments above them as stretches of their own. */
export function declarationsIn(text: string): Stretch[] {
  const starts = linesIn(text).filter(({ start }) => /[^\s})|]/.test(text[start] ?? ' '));
  return starts.map(({ start }, i) => ({ start, end: starts[i + 1]?.start ?? text.length }));
}

/** Lines inside of bodies: properties, steps, tables. */
export function innerLinesIn(text: string): Stretch[] {
  return linesIn(text).filter(({ start, end }) => /^[ \t]+[^\s}]/.test(text.slice(start, end)));
}

function matches(text: string, pattern: RegExp): Stretch[] {
  return [...text.matchAll(pattern)].map((found) => ({ start: found.index, end: found.index + found[0].length }));
}

export const wordsIn = (text: string): Stretch[] => matches(text, /[A-Za-z_][\w-]*/g);
export const numbersIn = (text: string): Stretch[] => matches(text, /\d+(?:\.\d+)?/g);
/** Values of properties, up to a comma, brace, comment or the end of the line. */
export const valuesIn = (text: string): Stretch[] => matches(text, /(?<=[a-z]: )[^,{}\r\n/]+/g);

/** Names that are declared, in text order. */
export function declaredIn(text: string): string[] {
  const kinds =
    'client|dns|cdn|loadbalancer|gateway|service|worker|function|cache|database|search|queue|stream|blobstore|external|mesh|registry|scheduler|monitor';
  return [...text.matchAll(new RegExp(`^[ \\t]*(?:${kinds}|group|flow|let|region|zone|technology)[ \\t]+([A-Za-z_][\\w-]*)`, 'gm'))].map(
    (m) => m[1]!,
  );
}
