import { type EventImportance, type FlowAvailability, type Improvement, isFigure, known } from '@sysd/core';
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
import { derivationLines } from './derivation.ts';
import { designTitle } from './design-title.ts';
import { changeCells, pathText, singleChanges } from './improvements-text.ts';
import { printable } from './printable.ts';
import { tableText } from './table.ts';

/** Entries of a list that are shown; JSON has them all. */
const SHOWN = 5;
const LABEL = 14;

export interface AvailabilityTextOptions {
  readonly explain: boolean;
}

/** The availability of each flow for people: what it comes to, against its objectives, what fails it, and what contributes most. */
export function availabilityReport(answer: AvailabilityAnswer, options: AvailabilityTextOptions): string {
  const { design, availability } = answer;
  const blocks = availability.flows.map((f) =>
    [headline(f), ...lines(f, answer), ...improvementLines(f, answer), ...(options.explain ? derivation(f) : [])].join('\n'),
  );
  const none = 'No flow: nothing to be available. A flow says who asks for what.';
  return printable(`${[designTitle(design), ...(blocks.length > 0 ? blocks : [none]), ...verdictsText(availability)].join('\n\n')}\n`);
}

function headline(flow: FlowAvailability): string {
  const down = known(flow.downtime);
  return `${nameOf(flow)}: ${availabilityText(flow)}${down === undefined ? '' : ` available, ${minutes(down)} down a year`}`;
}

function lines(flow: FlowAvailability, { design, failed, isNever }: AvailabilityAnswer): string[] {
  const out = flow.objectives.map((o) => line('objective', objectiveText(o)));
  if (!isFigure(flow.availability)) out.push(line('lacking', flow.availability.notEstimated));
  if (flow.overCapacity.length > 0) out.push(line('over capacity', overCapacityNote(flow, design)));
  const why = failed.get(flow);
  if (why) return [...out, line('it has failed', why.length > 0 ? `because ${why.join('; ')}` : 'with what has failed')];
  out.push(...assumptionsOf(flow).map((text) => line('counted', text)));
  out.push(line('alone', listed(singleTexts(flow, isNever), 'nothing fails it alone')));
  out.push(
    line(
      'in pairs',
      'notEstimated' in flow.pairs ? `not sought: ${flow.pairs.notEstimated}` : listed(flow.pairs.map(pairText), 'no two events fail it'),
    ),
  );
  out.push(line('cut sets', cutSetText(flow)));
  const contributing = contributors(flow).slice(0, SHOWN);
  if (contributing.length > 0) out.push('  contributes most', ...contributions(contributing));
  return out;
}

const line = (label: string, text: string): string => `  ${label.padEnd(LABEL)}${text}`;

function listed(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const more = items.length - SHOWN;
  return `${items.length}: ${items.slice(0, SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function contributions(shown: readonly EventImportance[]): string[] {
  return tableText({ header: ['event', 'down', 'Birnbaum', 'contribution'], rows: shown.map(importanceCells) })
    .split('\n')
    .map((l) => `    ${l}`);
}

/** For each missed objective the path to it, and what single changes gain. */
function improvementLines(flow: FlowAvailability, { improvements }: AvailabilityAnswer): string[] {
  return flow.objectives.flatMap((result) => {
    const found = improvements.get(result);
    if (!found) return [];
    const { bound } = result.objective;
    const out = [line(`to ${bound.text ?? bound.value}`, pathText(found))];
    if ('notEstimated' in found) return out;
    if (found.path.length > 0) out.push(...changeLines('one after another', found.path));
    const single = singleChanges(found, SHOWN);
    if (single.length > 0) out.push(...changeLines('one by itself', single));
    return out;
  });
}

function changeLines(title: string, changes: readonly Improvement[]): string[] {
  return tableText({ header: [title, 'comes to', 'costs'], rows: changes.map(changeCells), align: ['left', 'right', 'left'] })
    .split('\n')
    .map((l) => `    ${l}`);
}

function derivation(flow: FlowAvailability): string[] {
  return isFigure(flow.availability) ? ['  how it came about', ...derivationLines(flow.availability, '    ')] : [];
}
