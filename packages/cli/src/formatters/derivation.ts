import { type Estimate, type Figure, formatQuantity, isFigure, type Origin } from '@sysd/core';
import { baseUnit } from './numbers.ts';

/** Where a number comes from that its author has not declared, in parentheses; nothing for a declared one. */
export function originText(origin: Origin | undefined): string {
  switch (origin?.kind) {
    case undefined:
    case 'declared':
      return '';
    case 'technology':
      return ` (default of ${origin.technology}${origin.source ? `: ${origin.source}` : '; a guess'})`;
    case 'default':
      return ` (default${origin.source ? `: ${origin.source}` : '; a guess'})`;
    case 'scenario':
      return origin.scenario.startsWith('--') ? ` (${origin.scenario})` : ` (scenario ${origin.scenario})`;
  }
}

/** Deeper parts are indented no further: a chain of a thousand steps would make lines of thousands of spaces. */
const DEEPEST = 40;

/**
 * The derivation of a figure as an indented list, down to what was declared or assumed. A figure that several lines use is written out
 * once: derivations share their parts, and a tree of them could be exponentially long. Without recursion: they may be thousands deep.
 */
export function derivationLines(figure: Figure, indent = '', seen: Set<Figure> = new Set()): string[] {
  const lines: string[] = [];
  const open = [{ part: figure, depth: 0 }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, depth } = next;
    const value = part.text ?? formatQuantity(part.value, part.dimension, 6);
    const again = seen.has(part);
    seen.add(part);
    const known = again && part.inputs !== undefined && part.inputs.length > 0;
    const formula = part.formula && !known ? ` = ${part.formula}` : '';
    const note = known ? ' (see above)' : '';
    lines.push(`${indent}${'  '.repeat(Math.min(depth, DEEPEST))}${part.label}: ${value}${formula}${originText(part.origin)}${note}`);
    if (!again) for (const input of [...new Set(part.inputs)].reverse()) open.push({ part: input, depth: depth + 1 });
  }
  return lines;
}

/** The same for JSON: every figure once, inputs by number, so that shared parts stay shared. */
export class DerivationTable {
  readonly entries: object[] = [];
  #numbers = new Map<Figure, number>();

  /** Number of the figure's entry, added behind its inputs when it is new. */
  add(figure: Figure): number {
    const open = [figure];
    for (let part = open.at(-1); part; part = open.at(-1)) {
      const waiting = (part.inputs ?? []).filter((input) => !this.#numbers.has(input));
      if (waiting.length > 0) open.push(...waiting.reverse());
      else {
        open.pop();
        if (!this.#numbers.has(part)) this.#enter(part);
      }
    }
    return this.#numbers.get(figure) as number;
  }

  #enter(figure: Figure): void {
    const inputs = (figure.inputs ?? []).map((input) => this.#numbers.get(input));
    this.#numbers.set(figure, this.entries.length);
    this.entries.push({
      label: figure.label,
      value: figure.value,
      ...(figure.text === undefined ? {} : { text: figure.text }),
      ...(figure.formula === undefined ? {} : { formula: figure.formula }),
      ...(figure.origin === undefined ? {} : { origin: figure.origin }),
      ...(inputs.length === 0 ? {} : { inputs }),
    });
  }
}

/** An estimate in its base unit, with the number of its derivation where there is a table for it; `{ notEstimated }` where it is not known. */
export function estimateIn(derivations: DerivationTable | undefined, estimate: Estimate): object {
  if (!isFigure(estimate)) return { notEstimated: estimate.notEstimated };
  const plain = { value: estimate.value, unit: baseUnit(estimate.dimension) };
  return derivations ? { ...plain, derivation: derivations.add(estimate) } : plain;
}
