import {
  COUNT,
  type Estimate,
  type Figure,
  formatQuantity,
  formatRatio,
  isFigure,
  type Origin,
  type Property,
  sameDimension,
} from '@sysd/core';

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

/** Where the value of a property comes from. That it is a guess is said of numbers; a port, an image or a word is a choice. */
export function propertyOrigin(name: string, { origin, text }: Pick<Property, 'origin' | 'text'>): string {
  if (isMeasure(name, text) || origin.kind === 'declared' || origin.kind === 'scenario' || origin.source !== undefined)
    return originText(origin);
  return origin.kind === 'technology' ? `from ${origin.technology}` : 'default';
}

/** Whether the value of a property, as written, holds a number that measures something. */
export function isMeasure(name: string, text: string): boolean {
  return name !== 'port' && /(?:^|[^\w."])\d/.test(text.replace(/"[^"]*"/g, '""'));
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
 * How a figure comes about, as a nested list down to what was declared or assumed. A figure used in several places is written out once,
 * also over several derivations with the same `seen`: they share their parts.
 */
export function derivation(figure: Figure, seen: Set<string> = new Set()): string {
  const lines: string[] = [];
  const write = (one: Figure, depth: number): void => {
    if (lines.length >= MOST_LINES) return;
    const key = `${one.label} ${one.value} ${one.formula ?? ''}`;
    const inputs = one.inputs ?? [];
    const again = inputs.length > 0 && seen.has(key);
    const origin = originText(one.origin);
    const formula = one.formula === undefined ? '' : ` = ${plain(one.formula)}`;
    const note = again ? ' (see above)' : origin === '' ? '' : ` *(${plain(origin)})*`;
    lines.push(`${'  '.repeat(depth)}- ${plain(one.label)}: ${code(figureText(one))}${again ? '' : formula}${note}`);
    seen.add(key);
    if (!again) for (const input of inputs) write(input, depth + 1);
  };
  write(figure, 0);
  if (lines.length >= MOST_LINES) lines.push('- … (`sysd estimate` shows all)');
  return lines.join('\n');
}

/** Value of a part of a derivation: as written, else with five figures; a ratio as a percentage. */
function figureText(figure: Figure): string {
  if (figure.text !== undefined) return figure.text.replace(/^(\d+(?:\.\d+)?)%$/, '$1 %');
  const isRatio = sameDimension(figure.dimension, COUNT) && /utilisation|share of/.test(figure.label);
  return isRatio ? formatRatio(figure.value) : valueText(figure, 5);
}

/** Paragraphs and blocks with an empty line between; empty ones left out. */
export function blocks(...parts: readonly (string | undefined)[]): string {
  return parts.filter((p): p is string => p !== undefined && p !== '').join('\n\n');
}
