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
  overCapacityNote,
  pairText,
  singleTexts,
  verdictsText,
} from './availability-numbers.ts';
import type { Block } from './blocks.ts';
import { changeCells, type Found, pathText, singleChanges } from './improvements-text.ts';
import type { Table } from './table.ts';

/** Rows of the long tables that say most. */
const TELLING = 6;

/** The availability for a page: one table of all flows, what came of the objectives, then a section for each flow. */
export function availabilityBlocks(answer: AvailabilityAnswer): Block[] {
  const { availability } = answer;
  return [
    { table: overview(answer) },
    ...verdictsText(availability).map((text) => ({ text })),
    ...availability.flows.map((f) => section(f, answer)),
  ];
}

function overview({ availability }: AvailabilityAnswer): Table {
  const rows = availability.flows.map((f) => [
    nameOf(f),
    availabilityText(f),
    isFigure(f.downtime) ? minutes(f.downtime.value) : '–',
    f.objectives.map(objectiveText).join('; '),
    String(f.singles.length),
    'notEstimated' in f.pairs ? '–' : String(f.pairs.length),
  ]);
  const header = ['Flow', 'availability', 'down a year', 'objective', 'single failures', 'pairs'];
  return { header, rows, align: ['left', 'right', 'right', 'left'] };
}

function section(flow: FlowAvailability, { design, failed, isNever, improvements }: AvailabilityAnswer): Block {
  const why = failed.get(flow);
  const said: Block[] = [
    ...(isFigure(flow.availability) ? [] : [{ text: `Not estimated: ${flow.availability.notEstimated}.` }]),
    ...(flow.overCapacity.length > 0 ? [{ text: `Over capacity: ${overCapacityNote(flow, design)}.` }] : []),
  ];
  const heading = nameOf(flow);
  if (why) return { heading, blocks: [...said, ...list('It has failed', why)] };
  const events = contributors(flow);
  const rows = events.map(importanceCells);
  const bars = events.map(({ criticality }) => ({ from: 0, to: criticality }));
  const blocks: Block[] = [
    ...said,
    ...assumptionsOf(flow).map((text) => ({ text: `Counted: ${text}.` })),
    ...list('Fails it alone', singleTexts(flow, isNever)),
    ...list('Fails it in pairs', 'notEstimated' in flow.pairs ? [`not sought: ${flow.pairs.notEstimated}`] : flow.pairs.map(pairText)),
    { text: `Minimal cut sets: ${cutSetText(flow)}.` },
    ...(rows.length > 0 ? [{ table: { header: ['Event', 'down', 'Birnbaum', 'contribution'], rows, bars, telling: TELLING } }] : []),
    ...flow.objectives.flatMap((o) => improvementBlocks(o, improvements.get(o))),
  ];
  return { heading, blocks };
}

const list = (heading: string, lines: readonly string[]): Block[] => (lines.length === 0 ? [] : [{ heading, lines }]);

function improvementBlocks({ objective: { bound } }: ObjectiveResult, found: Found | undefined): Block[] {
  if (!found) return [];
  const summary: Block = { lead: `To ${bound.text ?? bound.value}:`, text: `${pathText(found)}.` };
  if ('notEstimated' in found) return [summary];
  const changes = (title: string, list: Parameters<typeof changeCells>[0][]): Block[] =>
    list.length === 0
      ? []
      : [
          {
            table: {
              header: [title, 'comes to', 'costs'],
              rows: list.map(changeCells),
              align: ['left', 'right', 'left'],
              telling: TELLING,
            },
          },
        ];
  return [
    summary,
    ...changes('One after another', [...found.path]),
    ...changes('One by itself', [...singleChanges(found, found.changes.length)]),
  ];
}
