import { type Availability, type Design, type FlowAvailability, isFigure, known } from '@sysd/core';
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
import { derivationLines } from './derivation.ts';
import { designTitle } from './design-title.ts';
import { table } from './table.ts';

/** Entries of a list that are shown; JSON has them all. */
const SHOWN = 5;
const LABEL = 14;

export interface AvailabilityTextOptions {
  readonly explain: boolean;
}

/** The availability of each flow for people: what it comes to, against its objectives, what fails it, and what contributes most. */
export function availabilityReport(design: Design, availability: Availability, options: AvailabilityTextOptions): string {
  const blocks = availability.flows.map((f) => [headline(f), ...lines(f), ...(options.explain ? derivation(f) : [])].join('\n'));
  const none = 'No flow: nothing to be available. A flow says who asks for what.';
  return `${[designTitle(design), ...(blocks.length > 0 ? blocks : [none]), ...verdictsText(availability)].join('\n\n')}\n`;
}

function headline(flow: FlowAvailability): string {
  const down = known(flow.downtime);
  return `${nameOf(flow)}: ${availabilityText(flow)}${down === undefined ? '' : ` available, ${minutes(down)} down a year`}`;
}

function lines(flow: FlowAvailability): string[] {
  const out = flow.objectives.map((o) => line('objective', objectiveText(o)));
  if (!isFigure(flow.availability)) out.push(line('lacking', flow.availability.notEstimated));
  if (flow.overCapacity.length > 0) out.push(line('over capacity', overCapacityText(flow)));
  out.push(...assumptionsOf(flow).map((text) => line('counted', text)));
  out.push(
    line(
      'alone',
      listed(
        flow.singles.map((e) => e.label),
        'nothing fails it alone',
      ),
    ),
  );
  out.push(
    line(
      'in pairs',
      'notEstimated' in flow.pairs ? `not sought: ${flow.pairs.notEstimated}` : listed(flow.pairs.map(pairText), 'no two events fail it'),
    ),
  );
  out.push(line('cut sets', cutSetText(flow)));
  if (flow.importance.length > 0) out.push('  contributes most', ...contributions(flow));
  return out;
}

const line = (label: string, text: string): string => `  ${label.padEnd(LABEL)}${text}`;

function listed(items: readonly string[], none: string): string {
  if (items.length === 0) return none;
  const more = items.length - SHOWN;
  return `${items.length}: ${items.slice(0, SHOWN).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

function contributions(flow: FlowAvailability): string[] {
  const rows = flow.importance.slice(0, SHOWN).map(importanceCells);
  return table(['event', 'down', 'Birnbaum', 'contribution'], rows, ['left', 'right', 'right', 'right'])
    .split('\n')
    .map((l) => `    ${l}`);
}

function derivation(flow: FlowAvailability): string[] {
  return isFigure(flow.availability) ? ['  how it came about', ...derivationLines(flow.availability, '    ')] : [];
}
