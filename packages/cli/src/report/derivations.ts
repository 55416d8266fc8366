import { isFigure } from '@sysd/core';
import { nameOf } from '../formatters/availability-numbers.ts';
import type { Block, Derivation } from '../formatters/blocks.ts';
import { derivationLines } from '../formatters/derivation.ts';
import { explanationLines } from '../formatters/estimate-figures.ts';
import type { ReportAnswer } from './report-answer.ts';

/** How each figure came about, down to what was declared or assumed. */
export function derivationBlocks({ estimate, availability }: ReportAnswer): Block[] {
  const sizes = derivations(explanationLines(estimate));
  const available = availability.availability.flows.flatMap((f): Derivation[] => {
    if (!isFigure(f.availability)) return [];
    const [figure = '', ...from] = derivationLines(f.availability);
    return [{ figure: `${nameOf(f)}: ${figure}`, from }];
  });
  const closed = (what: string, list: readonly Derivation[]): Block[] =>
    list.length === 0 ? [] : [{ summary: `${what} (${list.length})`, inside: [{ derivations: list }] }];
  return [...closed('Figures of the estimate', sizes), ...closed('Availabilities', available)];
}

/** Lines that are not indented begin one. */
function derivations(lines: readonly string[]): Derivation[] {
  const found: { figure: string; from: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith(' ')) found.at(-1)?.from.push(line);
    else found.push({ figure: line, from: [] });
  }
  return found;
}
