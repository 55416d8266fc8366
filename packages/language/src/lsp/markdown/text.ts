import { COUNT, type Estimate, type Figure, formatQuantity, formatRatio, isFigure, type Origin, sameDimension } from '@sysd/core';

/** Markdown that shows the text as it is. Authors' titles and names may hold anything. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|~]/g, '\\$&').replace(/\r?\n/g, ' ');
}

/** Inline code; names cannot hold backticks, values may. */
export function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`';
  return `${fence}${text.replace(/\r?\n/g, ' ')}${fence}`;
}

/** Where a value comes from, in a few words; nothing for what the author declared. */
export function originText(origin: Origin | undefined): string {
  switch (origin?.kind) {
    case undefined:
    case 'declared':
      return '';
    case 'technology':
      return `from ${origin.technology}: ${origin.source ?? 'a guess, no source'}`;
    case 'default':
      return `default: ${origin.source ?? 'a guess, no source'}`;
    case 'scenario':
      return `scenario ${origin.scenario}`;
  }
}

/** A figure's value for people: `1.16 M/s`. */
export function valueText(figure: Figure, digits = 3): string {
  return formatQuantity(figure.value, figure.dimension, digits);
}

/** The value, or why there is none. */
export function estimateText(estimate: Estimate): string {
  return isFigure(estimate) ? valueText(estimate) : `not estimated: ${estimate.notEstimated}`;
}

/** A ratio as a percentage; other figures as they are. */
export function ratioText(estimate: Estimate): string {
  return isFigure(estimate) && sameDimension(estimate.dimension, COUNT) ? formatRatio(estimate.value) : estimateText(estimate);
}

/** Lines of a derivation; more are cut off, with a word about it. */
const MOST_LINES = 24;

/**
 * How a figure comes about, as a nested list down to what was declared or assumed. A figure used in several places is written out once:
 * derivations share their parts.
 */
export function derivation(figure: Figure): string {
  const lines: string[] = [];
  const seen = new Set<Figure>();
  const write = (one: Figure, depth: number): void => {
    if (lines.length >= MOST_LINES) return;
    const inputs = seen.has(one) ? [] : (one.inputs ?? []);
    const origin = originText(one.origin);
    const formula = one.formula === undefined ? '' : ` = ${plain(one.formula)}`;
    const text = one.text === undefined ? valueText(one, 5) : one.text;
    lines.push(`${'  '.repeat(depth)}- ${plain(one.label)}: ${code(text)}${formula}${origin === '' ? '' : ` *(${plain(origin)})*`}`);
    seen.add(one);
    for (const input of inputs) write(input, depth + 1);
  };
  write(figure, 0);
  if (lines.length >= MOST_LINES) lines.push('- … (`sysd estimate` shows all)');
  return lines.join('\n');
}

/** Paragraphs and blocks with an empty line between; empty ones left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((p): p is string => p !== undefined && p !== '').join('\n\n');
}
