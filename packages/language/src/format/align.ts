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

/** The lines as text: cells of neighbours aligned, then their trailing comments. */
export function alignLines(lines: readonly FormattedLine[]): string[] {
  const code = lines.map((line) => `${'  '.repeat(line.indent)}${line.cells.join(' ')}`);
  for (const [from, to] of runs(lines, (a, b) => a.kind !== '' && a.kind === b.kind && a.indent === b.indent)) {
    alignCells(lines, code, from, to);
  }
  const result = code.map((text) => text.trimEnd());
  const trailing = (line: FormattedLine) => line.comment !== undefined && line.cells.length > 0;
  for (const [from, to] of runs(lines, (a, b) => a.cells.length > 0 && b.cells.length > 0)) {
    const widths = lines.slice(from, to).map((line, i) => (trailing(line) ? (result[from + i] ?? '').length : 0));
    const column = Math.max(...widths) + 2;
    for (let i = from; i < to; i++) {
      const line = lines[i];
      if (line && trailing(line)) result[i] = `${(result[i] ?? '').padEnd(column)}${line.comment}`;
    }
  }
  lines.forEach((line, i) => {
    if (line.cells.length === 0 && line.comment !== undefined) result[i] = `${'  '.repeat(line.indent)}${line.comment}`;
  });
  return result;
}

/** Longest runs [from, to) of neighbours that belong together. */
function runs(lines: readonly FormattedLine[], together: (a: FormattedLine, b: FormattedLine) => boolean): [number, number][] {
  const found: [number, number][] = [];
  let from = 0;
  for (let i = 1; i <= lines.length; i++) {
    const [a, b] = [lines[i - 1], lines[i]];
    if (a && b && together(a, b)) continue;
    if (from < i) found.push([from, i]);
    from = i;
  }
  return found;
}

function alignCells(lines: readonly FormattedLine[], code: string[], from: number, to: number): void {
  const columns = Math.max(...lines.slice(from, to).map((line) => line.cells.length));
  const widths = Array.from({ length: columns - 1 }, (_, c) =>
    Math.max(
      0,
      ...lines
        .slice(from, to)
        .map((line) => (c + 1 < line.cells.length ? (line.cells[c] ?? '').length : 0))
        .filter((w) => w <= WIDEST),
    ),
  );
  for (let i = from; i < to; i++) {
    const line = lines[i];
    if (!line) continue;
    const padded = line.cells.map((cell, c) => (c + 1 < line.cells.length ? cell.padEnd(widths[c] ?? 0) : cell));
    code[i] = `${'  '.repeat(line.indent)}${padded.join(' ')}`;
  }
}
