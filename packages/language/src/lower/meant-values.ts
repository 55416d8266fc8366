import {
  absolute,
  COUNT,
  DATA,
  type Diagnostic,
  type Dimension,
  type Fix,
  type MeantNumber,
  meantNumbers,
  numbersIn,
  type PropertyName,
  propertySchema,
  RATE,
  type Span,
  sameDimension,
  TIME,
} from '@sysd/core';
import { replaceFix } from './context.ts';

/** What is wrong with a value: where, and what would do. */
export interface MeantValue {
  readonly message: string;
  readonly span: Span;
  readonly fixes: readonly Fix[];
}

/**
 * What the number of a property is meant for, where it is written as elsewhere: `500 req/s`, `10k users`, `512Mi`, `5-10 ms`.
 * @param text of the whole value, which has the span
 * @param told what has been found wrong with it
 */
export function meantValue(name: PropertyName, text: string, value: Span, told: Pick<Diagnostic, 'span'>): MeantValue | undefined {
  const numbers =
    name === 'cores'
      ? [...millicores(text), ...meantNumbers(text, [COUNT]).filter((n) => !n.written.endsWith('m'))]
      : meantNumbers(text, numbersIn(propertySchema(name).phrase));
  const from = absolute(told.span).start - absolute(value).start;
  const to = absolute(told.span).end - absolute(value).start;
  const touching = numbers.filter((n) => n.start <= to && from <= n.end);
  const longest = touching.reduce<MeantNumber | undefined>(
    (best, n) => (best && best.end - best.start >= n.end - n.start ? best : n),
    undefined,
  );
  if (!longest) return undefined;
  const all = touching.filter((n) => n.start === longest.start && n.end === longest.end);
  const span = { ...value, start: value.start + longest.start, end: value.start + longest.end };
  const meant = all.map((n) => n.meant);
  return { message: `${longest.why}; did you mean ${meant.join(' or ')}?`, span, fixes: eitherFix(span, meant) };
}

/** Millicores of Kubernetes. */
function millicores(text: string): MeantNumber[] {
  return [...text.matchAll(/(?<![\w.])(\d+)m\b/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    written: match[0],
    meant: String(Number(match[1]) / 1000),
    why: '1000m is one core',
  }));
}

/** One fix for each thing that may be meant; one alone is the one right move. */
export function eitherFix(span: Span, meant: readonly string[]): Fix[] {
  return meant.map((text) => {
    const { preferred, ...fix } = replaceFix(text === '' ? 'Remove it' : `Change to ${text}`, span, text);
    return meant.length === 1 && preferred ? { ...fix, preferred } : fix;
  });
}

const UNITS: readonly [Dimension, readonly string[]][] = [
  [TIME, [' ms', ' s']],
  [DATA, [' KB', ' MB', ' GB']],
  [{ ...DATA, time: -1 }, [' Mbps', ' Gbps']],
  [RATE, ['/s', '/day']],
];

/** What a plain number may be where something with a unit is due: `800 ms` or `800 s` for `800`; `16 GB` for `16G`. */
export function withUnit(text: string, due: readonly Dimension[]): string[] {
  if (/^\d+(?:\.\d+)?[kMGT]$/.test(text) && due.some((d) => sameDimension(d, DATA)))
    return [`${text.slice(0, -1)} ${text.slice(-1).toUpperCase()}B`];
  if (/^\d+(?:\.\d+)?%$/.test(text) && due.some((d) => sameDimension(d, RATE))) return [`${text}/year`];
  if (!/^\d+(?:\.\d+)?$/.test(text)) return [];
  return UNITS.flatMap(([dimension, units]) => (due.some((d) => sameDimension(d, dimension)) ? units.map((unit) => `${text}${unit}`) : []));
}
