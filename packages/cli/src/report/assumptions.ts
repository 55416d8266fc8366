import { type Estimate, type Figure, formatQuantity, isFigure } from '@sysd/core';
import type { Block } from '../formatters/blocks.ts';
import { estimateFigures } from '../formatters/estimate-figures.ts';
import type { ReportAnswer } from './report-answer.ts';

/** A number on which figures rest and that the design does not say: a default. */
export interface Assumed {
  readonly what: string;
  readonly value: string;
  /** Elements of which it is taken. */
  readonly of: readonly string[];
  /** Technologies whose default it is; none for one of sysd. */
  readonly technologies: readonly string[];
  /** Absent for a guess. */
  readonly source?: string;
}

/** Every default on which a figure of the report rests, the same of several elements once. In the order of the figures. */
export function assumedFigures(answer: ReportAnswer): Assumed[] {
  const found = new Map<string, Assumed & { readonly of: string[]; readonly technologies: string[] }>();
  for (const { label, value, dimension, text, origin } of figuresBelow(shownEstimates(answer))) {
    if (origin?.kind !== 'default' && origin?.kind !== 'technology') continue;
    const { what, element } = named(label);
    const shown = text ?? formatQuantity(value, dimension, 6);
    const key = JSON.stringify([origin.kind, what, shown, origin.source]);
    const assumed = found.get(key) ?? {
      what,
      value: shown,
      of: [],
      technologies: [],
      ...(origin.source === undefined ? {} : { source: origin.source }),
    };
    if (element !== undefined && !assumed.of.includes(element)) assumed.of.push(element);
    if (origin.kind === 'technology' && !assumed.technologies.includes(origin.technology)) assumed.technologies.push(origin.technology);
    found.set(key, assumed);
  }
  return [...found.values()];
}

/** What was taken for granted, with its sources, and what could not be estimated. */
export function assumptionBlocks(answer: ReportAnswer, missing: readonly Block[]): Block[] {
  const all = assumedFigures(answer);
  const rows = (of: readonly Assumed[]) =>
    of.map((a) => [
      a.what,
      a.value,
      a.of.join(', '),
      ...(a.technologies.length === 0 ? [] : [a.technologies.join(', ')]),
      a.source ?? 'a guess',
    ]);
  const own = all.filter((a) => a.technologies.length === 0);
  const technologies = all.filter((a) => a.technologies.length > 0);
  return [
    {
      text:
        all.length > 0
          ? 'The design does not say these numbers; figures above rest on them. A line in the design replaces each.'
          : 'No figure above rests on a default.',
    },
    ...(own.length > 0
      ? [
          {
            table: {
              header: ['Default of sysd', 'value', 'of', 'source'],
              rows: rows(own),
              align: ['left', 'right', 'left', 'left'] as const,
            },
          },
        ]
      : []),
    ...(technologies.length > 0
      ? [
          {
            table: {
              header: ['Default of a technology', 'value', 'of', 'technology', 'source'],
              rows: rows(technologies),
              align: ['left', 'right', 'left', 'left', 'left'] as const,
            },
          },
        ]
      : []),
    ...missing,
  ];
}

/** `p50 of fanout.latency` is the `p50 of latency` of `fanout`. */
function named(label: string): { readonly what: string; readonly element?: string } {
  const dot = label.lastIndexOf('.');
  const begin = label.lastIndexOf(' ', dot) + 1;
  if (dot <= begin) return { what: label };
  return { what: label.slice(0, begin) + label.slice(dot + 1), element: label.slice(begin, dot) };
}

function shownEstimates({ estimate, availability }: ReportAnswer): (Estimate | undefined)[] {
  return [
    ...estimateFigures(estimate).map((f) => f.estimate),
    ...availability.availability.flows.flatMap((f) => [
      f.availability,
      f.unavailability,
      f.between?.low,
      f.between?.high,
      ...f.importance.map((i) => i.probability),
    ]),
  ];
}

/** The figures and all from which they follow, each once. Without recursion: derivations may be thousands deep. */
function figuresBelow(estimates: readonly (Estimate | undefined)[]): Figure[] {
  const seen = new Set<Figure>();
  for (const estimate of estimates) {
    if (!isFigure(estimate)) continue;
    const open = [estimate];
    for (let next = open.pop(); next; next = open.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      for (const input of [...(next.inputs ?? [])].reverse()) open.push(input);
    }
  }
  return [...seen];
}
