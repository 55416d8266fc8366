import {
  COUNT,
  combine,
  type Dimension,
  type Estimate,
  type Figure,
  isFigure,
  type NotEstimated,
  notEstimated,
  type Property,
  type Quantity,
} from '@sysd/core';

/** A leaf for a declared or defaulted property: `api.cpu-time`. */
export function propertyLeaf(label: string, property: Property<Quantity>): Figure {
  const { value, dimension } = property.value;
  return leaf(label, value, dimension, property);
}

/** A leaf for a number found inside a property's value (`replicas: 6 across us` → 6), with the property's origin, text and span. */
export function leaf(label: string, value: number, dimension: Dimension, property?: Property): Figure {
  if (!property) return { value, dimension, label };
  const span = property.valueSpan ?? property.span;
  return { value, dimension, label, origin: property.origin, text: property.text, ...(span === undefined ? {} : { span }) };
}

/** A leaf for a number that the author wrote in a step or flow: `when 10%`. */
export function quantityLeaf(label: string, q: Quantity): Figure {
  return {
    value: q.value,
    dimension: q.dimension,
    label,
    origin: { kind: 'declared' },
    ...(q.text === undefined ? {} : { text: q.text }),
    ...(q.span === undefined ? {} : { span: q.span }),
  };
}

/** Every distinct reason among the estimates, in order. */
function reasonsOf(inputs: readonly Estimate[]): string[] {
  return [...new Set(inputs.filter((i): i is NotEstimated => !isFigure(i)).map((i) => i.notEstimated))];
}

/** A figure computed from others; not estimated, with every reason, where an input is not. */
export function compute(
  label: string,
  formula: string,
  inputs: readonly Estimate[],
  dimension: Dimension,
  f: (...values: number[]) => number,
): Estimate {
  const reasons = reasonsOf(inputs);
  if (reasons.length > 0) return notEstimated(reasons.join('; '));
  const figures = inputs as readonly Figure[];
  const value = f(...figures.map((i) => i.value));
  if (!Number.isFinite(value)) return notEstimated(`${label} is not a finite number (${formula})`);
  return { value, dimension, label, formula, inputs: figures };
}

/** Product of the factors. Zero times something unknown is zero: a step that is never taken needs no hit ratio. */
export function product(label: string, formula: string, factors: readonly Estimate[]): Estimate {
  const zero = factors.find((f): f is Figure => isFigure(f) && f.value === 0);
  const dimension = factors.reduce((d, f) => (isFigure(f) ? combine(d, f.dimension, 1) : d), COUNT);
  if (zero && factors.some((f) => !isFigure(f))) {
    const figures = factors.filter(isFigure);
    return { value: 0, dimension: rateLike(zero, figures), label, formula, inputs: figures };
  }
  return compute(label, formula, factors, dimension, (...values) => values.reduce((a, b) => a * b, 1));
}

const rateLike = (zero: Figure, figures: readonly Figure[]): Dimension =>
  figures.reduce((d, f) => (f === zero ? d : combine(d, f.dimension, 1)), zero.dimension);

/** `a ÷ b`. */
export function quotient(label: string, formula: string, a: Estimate, b: Estimate): Estimate {
  const dimension = isFigure(a) && isFigure(b) ? combine(a.dimension, b.dimension, -1) : COUNT;
  return compute(label, formula, [a, b], dimension, (x, y) => (x === 0 ? 0 : x / y));
}

/** A part of a sum, with the name that is said when it is unknown. */
export interface Part {
  readonly name: string;
  readonly value: Estimate;
}

/**
 * Sum of the parts. One unknown part makes the sum unknown, and the reason says which part: a sum that silently left it out would
 * look like knowledge. `none` is the reason where there are no parts.
 */
export function sum(label: string, parts: readonly Part[], dimension: Dimension, none: string, formula?: string): Estimate {
  if (parts.length === 0) return notEstimated(none);
  const unknown = parts.flatMap((p) => (isFigure(p.value) ? [] : [{ name: p.name, reason: p.value.notEstimated }]));
  if (unknown.length > 0) {
    const byReason = new Map<string, string[]>();
    for (const u of unknown) {
      const names = byReason.get(u.reason) ?? [];
      if (!names.includes(u.name)) names.push(u.name);
      byReason.set(u.reason, names);
    }
    const [first] = byReason.keys();
    if (first !== undefined && byReason.size === 1 && unknown.length === parts.length) return notEstimated(first);
    return notEstimated([...byReason].map(([reason, names]) => `${names.join(', ')}: ${reason}`).join('; '));
  }
  const inputs = parts.map((p) => p.value as Figure);
  const value = inputs.reduce((a, f) => a + f.value, 0);
  return { value, dimension, label, formula: formula ?? [...new Set(parts.map((p) => p.name))].join(' + '), inputs };
}

/** The same estimate under another name (one step of the derivation). */
export function named(label: string, formula: string, value: Estimate): Estimate {
  return isFigure(value) ? { value: value.value, dimension: value.dimension, label, formula, inputs: [value] } : value;
}

/** Whole number above, forgiving rounding noise: 25.000000000004 servers are 25. */
export function wholeAbove(value: number): number {
  return Math.max(0, Math.ceil(value - Math.abs(value) * 1e-9));
}
