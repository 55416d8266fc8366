import { type Availability, type Design, type FlowAvailability, isFigure, type ObjectiveResult } from '@sysd/core';
import {
  availabilityText,
  cutSetText,
  importanceCells,
  minutes,
  nameOf,
  objectiveText,
  overCapacityText,
  pairText,
} from './availability-numbers.ts';
import { designTitle } from './design-title.ts';
import { changeCells, type Found, pathText, singleChanges } from './improvements-text.ts';

/** The availability as a Markdown page: one table of all flows, then a section for each. */
export function availabilityMarkdown(
  design: Design,
  availability: Availability,
  improvements: ReadonlyMap<ObjectiveResult, Found>,
): string {
  const rows = availability.flows.map((f) => [
    nameOf(f),
    availabilityText(f),
    isFigure(f.downtime) ? minutes(f.downtime.value) : '–',
    f.objectives.map(objectiveText).join('; '),
    String(f.singles.length),
    'notEstimated' in f.pairs ? '–' : String(f.pairs.length),
  ]);
  const overview = markdownTable(['Flow', 'availability', 'down a year', 'objective', 'single failures', 'pairs'], rows);
  return `${[`# Availability of ${escaped(designTitle(design))}`, overview, ...availability.flows.map((f) => section(f, improvements))].join('\n\n')}\n`;
}

function section(flow: FlowAvailability, improvements: ReadonlyMap<ObjectiveResult, Found>): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${title}**`, items.map((i) => `- ${escaped(i)}`).join('\n')];
  const rows = flow.importance.map(importanceCells);
  return [
    `## ${escaped(nameOf(flow))}`,
    ...(isFigure(flow.availability) ? [] : [`Not estimated: ${escaped(flow.availability.notEstimated)}.`]),
    ...(flow.overCapacity.length > 0 ? [`Over capacity: ${escaped(overCapacityText(flow))}.`] : []),
    ...list(
      'Fails it alone',
      flow.singles.map((e) => e.label),
    ),
    ...list('Fails it in pairs', 'notEstimated' in flow.pairs ? [`not sought: ${flow.pairs.notEstimated}`] : flow.pairs.map(pairText)),
    `Minimal cut sets: ${escaped(cutSetText(flow))}.`,
    ...(rows.length > 0 ? [markdownTable(['Event', 'down', 'Birnbaum', 'contribution'], rows)] : []),
    ...flow.objectives.flatMap((o) => improvementSection(o, improvements.get(o))),
  ].join('\n\n');
}

function improvementSection({ objective: { bound } }: ObjectiveResult, found: Found | undefined): string[] {
  if (!found) return [];
  const summary = `**To ${bound.text ?? bound.value}:** ${escaped(pathText(found))}.`;
  if ('notEstimated' in found) return [summary];
  const changes = (title: string, list: Parameters<typeof changeCells>[0][]) =>
    list.length === 0 ? [] : [markdownTable([title, 'comes to', 'costs'], list.map(changeCells))];
  return [
    summary,
    ...changes('One after another', [...found.path]),
    ...changes('One by itself', [...singleChanges(found, found.changes.length)]),
  ];
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(header), `| ${header.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Titles and names are the author's: they must not become markup, nor end a cell. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll(/[\r\n]+/g, ' ');
