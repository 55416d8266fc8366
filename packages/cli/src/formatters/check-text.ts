import { absolute, type Diagnostic, type Severity } from '@sysd/core';
import type { Locate } from './check-json.ts';
import { printable } from './printable.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Text of a file, for the line shown under a finding. */
  readonly source: (uri: string) => string | undefined;
  readonly locate: Locate;
  readonly nameFile: (uri: string) => string;
}

const COLORS: Record<Severity, string> = { error: '\u001b[31m', warning: '\u001b[33m', info: '\u001b[36m', hint: '\u001b[2m' };
const RESET = '\u001b[0m';

/** Lines of a file, split once. */
export function lineReader(source: TextOptions['source']): (uri: string) => readonly string[] | undefined {
  const split = new Map<string, readonly string[] | undefined>();
  return (uri) => {
    if (!split.has(uri)) split.set(uri, source(uri)?.split(/\r\n|\r|\n/));
    return split.get(uri);
  };
}

/** The line of a finding with what it is about underlined; nothing where it is not there, or too long to show. */
export function frame(d: Diagnostic, o: Pick<TextOptions, 'locate'>, linesOf: ReturnType<typeof lineReader>): string[] {
  const { uri, start, end } = absolute(d.span);
  const lines = linesOf(uri);
  if (lines === undefined) return [];
  const { line, column } = o.locate(uri, start);
  const lineText = lines[line - 1] ?? '';
  if (lineText.length > 400) return [];
  const length = Math.max(1, Math.min(end - start, lineText.length - column + 1));
  const pad = lineText.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return [`  ${String(line).padStart(4)} | ${printable(lineText)}`, `       | ${pad}${'^'.repeat(length)}`];
}

/** `shop.sysd:12:38`. */
export function placeText({ span }: Pick<Diagnostic, 'span'>, o: Pick<TextOptions, 'locate' | 'nameFile'>): string {
  const { uri, start } = absolute(span);
  const { line, column } = o.locate(uri, start);
  return `${o.nameFile(uri)}:${line}:${column}`;
}

/** Findings for people: place, severity, rule, message, the line, why (related places) and the fixes. */
export function checkText(diagnostics: readonly Diagnostic[], o: TextOptions): string {
  const place = (d: Pick<Diagnostic, 'span'>) => placeText(d, o);
  const paint = (severity: Severity, text: string) => (o.color ? `${COLORS[severity]}${text}${RESET}` : text);
  const linesOf = lineReader(o.source);
  const open = diagnostics.filter((d) => d.accepted === undefined);
  const blocks = open.map((d) =>
    [
      `${place(d)} ${paint(d.severity, d.severity)} ${d.rule}: ${printable(d.message)}`,
      ...frame(d, o, linesOf),
      ...(d.related ?? []).map((r) => `       because ${printable(r.message)} (${place(r)})`),
      ...(d.fixes ?? []).map((f) => `       fix: ${printable(f.title)}`),
    ].join('\n'),
  );
  const accepted = diagnostics.filter((d) => d.accepted !== undefined);
  const notes = accepted.map((d) => `accepted: ${d.rule} on ${d.element ?? place(d)}: ${printable(d.accepted ?? '')}`);
  const count = (severity: Severity) => open.filter((d) => d.severity === severity).length;
  const plural = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;
  const summary =
    open.length === 0
      ? 'No findings.'
      : `${plural(count('error'), 'error')}, ${plural(count('warning'), 'warning')}, ${count('info')} info, ${plural(count('hint'), 'hint')}.`;
  return `${[...blocks, ...(notes.length > 0 ? [notes.join('\n')] : []), summary].join('\n\n')}\n`;
}
