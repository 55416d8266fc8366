import type { Random } from '../equality/random.ts';

/** A text with one thing wrong with it, and the lines (from 0) that show it: that of the damage, and the one behind it. */
export interface Damaged {
  readonly text: string;
  readonly near: readonly number[];
}

/** What happens to a text at random; undefined where it would be the same. */
export type Damage = (text: string, random: Random) => Damaged | undefined;

const linesOf = (text: string): string[] => text.split('\n');
const isCode = (line: string): boolean => line.trim() !== '' && !line.trim().startsWith('//');

function codeLine(lines: readonly string[], random: Random): number {
  const all = lines.flatMap((line, i) => (isCode(line) ? [i] : []));
  return random.pick(all);
}

export const DAMAGES: Readonly<Record<string, Damage>> = {
  'a character is missing': (text, random) => {
    const lines = linesOf(text);
    const at = codeLine(lines, random);
    const line = lines[at] ?? '';
    const column = random.below(line.length);
    lines[at] = line.slice(0, column) + line.slice(column + 1);
    return lines[at]?.trim() === line.trim() ? undefined : { text: lines.join('\n'), near: [at, at + 1] };
  },
  'a character is doubled': (text, random) => {
    const lines = linesOf(text);
    const at = codeLine(lines, random);
    const line = lines[at] ?? '';
    const column = random.below(line.length);
    lines[at] = line.slice(0, column + 1) + line.slice(column);
    return line[column] === ' ' ? undefined : { text: lines.join('\n'), near: [at, at + 1] };
  },
  'a line is there twice': (text, random) => {
    const lines = linesOf(text);
    const at = codeLine(lines, random);
    lines.splice(at, 0, lines[at] ?? '');
    return { text: lines.join('\n'), near: [at, at + 1] };
  },
  'a line is missing': (text, random) => {
    const lines = linesOf(text);
    const at = codeLine(lines, random);
    lines.splice(at, 1);
    return { text: lines.join('\n'), near: [at - 1, at] };
  },
};
