/**
 * Rows as CSV (RFC 4180, lines end in LF): a cell with a comma, quote or line break stands in quotes. A text that a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
export function csv(rows: readonly (readonly (string | number)[])[]): string {
  const cell = (value: string | number): string => {
    const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}
