import { type FlowAvailability, isFigure } from '@sysd/core';
import type { AvailabilityAnswer } from '../availability-answer.ts';
import {
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
} from './availability-numbers.ts';
import { designTitle } from './design-title.ts';
import { bulletList, escaped, markdownTable } from './markdown.ts';

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
  return `${[`# Availability of ${escaped(designTitle(design))}`, overview, ...availability.flows.map((f) => section(f, answer))].join('\n\n')}\n`;
}

function section(flow: FlowAvailability, { failed, isNever }: AvailabilityAnswer): string {
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
    ...list('Fails it alone', singleTexts(flow, isNever)),
    ...list('Fails it in pairs', 'notEstimated' in flow.pairs ? [`not sought: ${flow.pairs.notEstimated}`] : flow.pairs.map(pairText)),
    `Minimal cut sets: ${escaped(cutSetText(flow))}.`,
    ...(rows.length > 0 ? [markdownTable({ header: ['Event', 'down', 'Birnbaum', 'contribution'], rows })] : []),
  ].join('\n\n');
}

const list = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [`**${title}**`, bulletList(items)]);
