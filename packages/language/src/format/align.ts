/** A line in cells. Neighbours of the same kind and indent line up cell by cell; a line without cells and comment is empty. */
export interface FormattedLine {
  readonly indent: number;
  readonly cells: readonly string[];
  /** What it lines up with: lines of the same kind; '' lines up with nothing but its comment. */
  readonly kind: string;
  readonly comment?: string;
}

/** A cell wider than this does not push its neighbours to the right. */
const WIDEST = 48;

/** The lines as text: cells of neighbours aligned, then their trailing comments. O(length of the result). */
export function alignLines(lines: readonly FormattedLine[]): string[] {
  const result = lines.map((line) => textOf(line, line.cells));
  forRuns(
    lines,
    (a, b) => a.kind !== '' && a.kind === b.kind && a.indent === b.indent,
    (from, to) => alignCells(lines, result, from, to),
  );
  forRuns(lines, isCode, (from, to) => alignComments(lines, result, from, to));
  lines.forEach((line, i) => {
    if (line.cells.length === 0 && line.comment !== undefined) result[i] = `${'  '.repeat(line.indent)}${line.comment}`;
  });
  return result;
}

/** A line as it stands by itself, without its neighbours. */
export function lineAlone(line: FormattedLine): string {
  const code = textOf(line, line.cells);
  if (line.comment === undefined) return code;
  return line.cells.length === 0 ? `${'  '.repeat(line.indent)}${line.comment}` : `${code}  ${line.comment}`;
}

const textOf = ({ indent }: FormattedLine, cells: readonly string[]): string =>
  cells.length === 0 ? '' : `${'  '.repeat(indent)}${cells.join(' ')}`.trimEnd();

/** Do trailing comments of these neighbours stand below each other? */
export const isCode = (a: FormattedLine, b: FormattedLine): boolean => a.cells.length > 0 && b.cells.length > 0;

/** Calls `use` with each longest run [from, to) of neighbours that belong together. */
function forRuns(
  lines: readonly FormattedLine[],
  together: (a: FormattedLine, b: FormattedLine) => boolean,
  use: (from: number, to: number) => void,
): void {
  let from = 0;
  for (let i = 1; i <= lines.length; i++) {
    const [a, b] = [lines[i - 1], lines[i]];
    if (a && b && together(a, b)) continue;
    use(from, i);
    from = i;
  }
}

function alignCells(lines: readonly FormattedLine[], result: string[], from: number, to: number): void {
  if (to - from < 2) return;
  const widths: number[] = [];
  for (let i = from; i < to; i++) {
    const { cells } = lines[i]!;
    for (let c = 0; c + 1 < cells.length; c++) {
      const width = cells[c]!.length;
      if (width <= WIDEST) widths[c] = Math.max(widths[c] ?? 0, width);
    }
  }
  for (let i = from; i < to; i++) {
    const line = lines[i]!;
    result[i] = textOf(
      line,
      line.cells.map((cell, c) => (c + 1 < line.cells.length ? cell.padEnd(widths[c] ?? 0) : cell)),
    );
  }
}

function alignComments(lines: readonly FormattedLine[], result: string[], from: number, to: number): void {
  const trailing = (line: FormattedLine): boolean => line.comment !== undefined && line.cells.length > 0;
  let column = 0;
  for (let i = from; i < to; i++) if (trailing(lines[i]!)) column = Math.max(column, result[i]!.length + 2);
  for (let i = from; column > 0 && i < to; i++) {
    if (trailing(lines[i]!)) result[i] = `${result[i]!.padEnd(column)}${lines[i]!.comment}`;
  }
}
