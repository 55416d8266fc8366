import { type Figure, formatQuantity, type Origin } from '@sysd/core';

function originText(origin: Origin | undefined): string {
  switch (origin?.kind) {
    case undefined:
    case 'declared':
      return '';
    case 'technology':
      return ` (default of ${origin.technology}${origin.source ? `: ${origin.source}` : '; a guess'})`;
    case 'default':
      return ` (default${origin.source ? `: ${origin.source}` : '; a guess'})`;
    case 'scenario':
      return ` (scenario ${origin.scenario})`;
  }
}

/**
 * The derivation of a figure as an indented list, down to what was declared or assumed. A figure that several lines use is written out
 * once: derivations share their parts, and a tree of them could be exponentially long.
 */
export function derivationLines(figure: Figure, indent = '', seen: Set<Figure> = new Set()): string[] {
  const value = figure.text ?? formatQuantity(figure.value, figure.dimension, 6);
  const again = seen.has(figure);
  seen.add(figure);
  const formula = figure.formula ? ` = ${figure.formula}` : '';
  const line = `${indent}${figure.label}: ${value}${formula}${originText(figure.origin)}${again && figure.inputs?.length ? ' (see above)' : ''}`;
  if (again) return [line];
  return [line, ...(figure.inputs ?? []).flatMap((input) => derivationLines(input, `${indent}  `, seen))];
}

/** The same for JSON: every figure once, inputs by number, so that shared parts stay shared. */
export class DerivationTable {
  readonly entries: object[] = [];
  #numbers = new Map<Figure, number>();

  /** Number of the figure's entry, added with its inputs when it is new. */
  add(figure: Figure): number {
    const known = this.#numbers.get(figure);
    if (known !== undefined) return known;
    const inputs = (figure.inputs ?? []).map((input) => this.add(input));
    const number = this.entries.length;
    this.#numbers.set(figure, number);
    this.entries.push({
      label: figure.label,
      value: figure.value,
      ...(figure.text === undefined ? {} : { text: figure.text }),
      ...(figure.formula === undefined ? {} : { formula: figure.formula }),
      ...(figure.origin === undefined ? {} : { origin: figure.origin }),
      ...(inputs.length === 0 ? {} : { inputs }),
    });
    return number;
  }
}
