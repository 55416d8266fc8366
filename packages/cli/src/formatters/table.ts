export type Align = 'left' | 'right';

/** Rows under a header. A cell may have several lines. Without `align` the first column stands to the left, numbers to the right. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly align?: readonly Align[];
  /** A bar for each row, for forms that can draw one. */
  readonly bars?: readonly (Bar | undefined)[];
  /** How many rows say most of it: forms in which a reader can open the others fold them. */
  readonly telling?: number;
  /** What the cells of a column say, good or bad, for forms with colours. */
  readonly marks?: { readonly column: number; readonly tones: readonly (Tone | undefined)[] };
}

/** From where to where it goes, of a whole of 1. */
export interface Bar {
  readonly from: number;
  readonly to: number;
}

export type Tone = 'good' | 'bad' | 'unknown';

/** Columns padded to their widest line, two spaces apart, without trailing spaces; the header underlined with dashes. */
export function tableText({ header, rows, align = [] }: Table): string {
  const widths = header.map((title, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => {
        const pad = ' '.repeat(Math.max(0, (widths[i] ?? 0) - width(cell)));
        return (align[i] ?? (i === 0 ? 'left' : 'right')) === 'right' ? pad + cell : cell + pad;
      })
      .join('  ')
      .trimEnd();
  const lines = (cells: readonly string[]): string[] => {
    const parts = cells.map((cell) => cell.split('\n'));
    return Array.from({ length: Math.max(1, ...parts.map((p) => p.length)) }, (_, i) => line(parts.map((p) => p[i] ?? '')));
  };
  return [...lines(header), line(widths.map((w) => '-'.repeat(w))), ...rows.flatMap(lines)].join('\n');
}

/** Code points of the longest line, which is right for the names and numbers that stand here. */
function width(text: string): number {
  return Math.max(...text.split('\n').map((l) => [...l].length));
}
