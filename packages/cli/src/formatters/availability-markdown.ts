import { type Availability, type Design, type FlowAvailability, isFigure } from '@sysd/core';
import {
  assumptionsOf,
  availabilityText,
  cutSetText,
  importanceCells,
  minutes,
  nameOf,
  objectiveText,
  overCapacityText,
  pairText,
  verdictsText,
} from './availability-numbers.ts';
import { designTitle } from './design-title.ts';

/** The availability as a Markdown page: one table of all flows, then a section for each. */
export function availabilityMarkdown(design: Design, availability: Availability): string {
  const rows = availability.flows.map((f) => [
    nameOf(f),
    availabilityText(f),
    isFigure(f.downtime) ? minutes(f.downtime.value) : '–',
    f.objectives.map(objectiveText).join('; '),
    String(f.singles.length),
    'notEstimated' in f.pairs ? '–' : String(f.pairs.length),
  ]);
  const overview = markdownTable(['Flow', 'availability', 'down a year', 'objective', 'single failures', 'pairs'], rows);
  return `${[`# Availability of ${escaped(designTitle(design))}`, overview, ...verdictsText(availability), ...availability.flows.map(section)].join('\n\n')}\n`;
}

function section(flow: FlowAvailability): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`**${title}**`, items.map((i) => `- ${escaped(i)}`).join('\n')];
  const rows = flow.importance.map(importanceCells);
  return [
    `## ${escaped(nameOf(flow))}`,
    ...(isFigure(flow.availability) ? [] : [`Not estimated: ${escaped(flow.availability.notEstimated)}.`]),
    ...(flow.overCapacity.length > 0 ? [`Over capacity: ${escaped(overCapacityText(flow))}.`] : []),
    ...assumptionsOf(flow).map((text) => `Counted: ${escaped(text)}.`),
    ...list(
      'Fails it alone',
      flow.singles.map((e) => e.label),
    ),
    ...list('Fails it in pairs', 'notEstimated' in flow.pairs ? [`not sought: ${flow.pairs.notEstimated}`] : flow.pairs.map(pairText)),
    `Minimal cut sets: ${escaped(cutSetText(flow))}.`,
    ...(rows.length > 0 ? [markdownTable(['Event', 'down', 'Birnbaum', 'contribution'], rows)] : []),
  ].join('\n\n');
}

function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;
  return [line(header), `| ${header.map(() => '---').join(' | ')} |`, ...rows.map(line)].join('\n');
}

/** Titles and names are the author's: they must not become markup, nor end a cell. */
const escaped = (text: string): string => text.replaceAll(/[\\`*_[\]<>|#]/g, '\\$&').replaceAll(/[\r\n]+/g, ' ');
