import { type FlowAvailability, isFigure, type ObjectiveResult } from '@sysd/core';
import type { AvailabilityAnswer } from '../availability-answer.ts';
import {
  assumptionsOf,
  availabilityText,
  contributors,
  cutSetText,
  importanceCells,
  minutes,
  nameOf,
  objectiveText,
  overCapacityText,
  pairText,
  singleTexts,
  verdictsText,
} from './availability-numbers.ts';
import { designTitle } from './design-title.ts';
import { changeCells, type Found, pathText, singleChanges } from './improvements-text.ts';
import { bulletList, escaped, markdownTable } from './markdown.ts';
import { printable } from './printable.ts';

/** The availability as a Markdown page: one table of all flows, then a section for each. */
export function availabilityMarkdown(answer: AvailabilityAnswer): string {
  const { design, availability } = answer;
  const rows = availability.flows.map((f) => [
    nameOf(f),
    availabilityText(f),
    isFigure(f.downtime) ? minutes(f.downtime.value) : '–',
    f.objectives.map(objectiveText).join('; '),
    String(f.singles.length),
    'notEstimated' in f.pairs ? '–' : String(f.pairs.length),
  ]);
  const header = ['Flow', 'availability', 'down a year', 'objective', 'single failures', 'pairs'];
  const overview = markdownTable({ header, rows, align: ['left', 'right', 'right', 'left'] });
  const title = `# Availability of ${escaped(designTitle(design))}`;
  const sections = availability.flows.map((f) => section(f, answer));
  return printable(`${[title, overview, ...verdictsText(availability), ...sections].join('\n\n')}\n`);
}

function section(flow: FlowAvailability, { failed, isNever, improvements }: AvailabilityAnswer): string {
  const why = failed.get(flow);
  const said = [
    `## ${escaped(nameOf(flow))}`,
    ...(isFigure(flow.availability) ? [] : [`Not estimated: ${escaped(flow.availability.notEstimated)}.`]),
    ...(flow.overCapacity.length > 0 ? [`Over capacity: ${escaped(overCapacityText(flow))}.`] : []),
  ];
  if (why) return [...said, ...list('It has failed', why)].join('\n\n');
  const rows = contributors(flow).map(importanceCells);
  return [
    ...said,
    ...assumptionsOf(flow).map((text) => `Counted: ${escaped(text)}.`),
    ...list('Fails it alone', singleTexts(flow, isNever)),
    ...list('Fails it in pairs', 'notEstimated' in flow.pairs ? [`not sought: ${flow.pairs.notEstimated}`] : flow.pairs.map(pairText)),
    `Minimal cut sets: ${escaped(cutSetText(flow))}.`,
    ...(rows.length > 0 ? [markdownTable({ header: ['Event', 'down', 'Birnbaum', 'contribution'], rows })] : []),
    ...flow.objectives.flatMap((o) => improvementSection(o, improvements.get(o))),
  ].join('\n\n');
}

const list = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`**${title}**`, bulletList(items)]);

function improvementSection({ objective: { bound } }: ObjectiveResult, found: Found | undefined): string[] {
  if (!found) return [];
  const summary = `**To ${bound.text ?? bound.value}:** ${escaped(pathText(found))}.`;
  if ('notEstimated' in found) return [summary];
  const changes = (title: string, list: Parameters<typeof changeCells>[0][]) =>
    list.length === 0
      ? []
      : [markdownTable({ header: [title, 'comes to', 'costs'], rows: list.map(changeCells), align: ['left', 'right', 'left'] })];
  return [
    summary,
    ...changes('One after another', [...found.path]),
    ...changes('One by itself', [...singleChanges(found, found.changes.length)]),
  ];
}
