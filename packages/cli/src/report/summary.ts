import { formatQuantity, known, money, RATE, targetText } from '@sysd/core';
import { availabilityText, nameOf } from '../formatters/availability-numbers.ts';
import { headroomSentence } from '../formatters/headroom-parts.ts';
import { downText, listText, severityCounts, unknownAvailability, unpricedText, weakest } from './facts.ts';
import type { ReportAnswer } from './report-answer.ts';

/** Flows that the summary names. */
const NAMED = 3;

/** The design in a few sentences: what it serves, what saturates first, its weakest availability, what it costs, what was found. */
export function summaryText(answer: ReportAnswer): string {
  const { estimate, failure } = answer;
  const { headroom } = estimate;
  return [
    servedText(answer),
    ...(failure ? [`${estimate.design.failed.map(targetText).join(', ')} has failed.`] : []),
    ...(headroom.length > 0 ? [headroomSentence(headroom)] : []),
    ...availabilitySentence(answer),
    costSentence(answer),
    findingsSentence(answer),
  ].join(' ');
}

function servedText({ estimate }: ReportAnswer): string {
  const { design, analysis } = estimate;
  const name = design.title ?? design.id;
  const flows = [...design.flows.keys()].map((id) => ({ id, peak: known(analysis.traffic.flows.get(id)?.demand?.peak) }));
  if (flows.length === 0) return `${name} has no flow yet, so no traffic can be estimated.`;
  const loaded = flows.flatMap(({ id, peak }) => (peak === undefined ? [] : [{ id, peak }])).sort((a, b) => b.peak - a.peak);
  const count = `${name} serves ${flows.length} ${flows.length === 1 ? 'flow' : 'flows'}`;
  if (loaded.length === 0) return `${count}, at ${flows.length === 1 ? 'a rate that is' : 'rates that are'} not estimated.`;
  const shown = loaded.slice(0, NAMED).map(({ id, peak }) => `${id} at ${formatQuantity(peak, RATE)}`);
  const others = flows.length - shown.length;
  return `${count}, at peak: ${listText([...shown, ...(others > 0 ? [`${others} more`] : [])])}.`;
}

function availabilitySentence(answer: ReportAnswer): string[] {
  const worst = weakest(answer);
  const unknown = unknownAvailability(answer);
  const without =
    unknown.length > 0
      ? [`The availability of ${unknown.length > NAMED ? `${unknown.length} flows and completions` : listText(unknown)} is not estimated.`]
      : [];
  return worst ? [`Weakest availability: ${nameOf(worst)}, ${availabilityText(worst)}${downText(worst)}.`, ...without] : without;
}

function costSentence({ estimate: { cost } }: ReportAnswer): string {
  if (cost.totals.length === 0) return 'What it costs is not estimated.';
  const left = unpricedText(cost);
  return `It costs ${listText(cost.totals.map((t) => money(t.value, t.dimension)))} a month${left === '' ? '' : `, ${left}`}.`;
}

/** `Open findings: 2 errors, 1 warning; 3 accepted.` */
function findingsSentence({ findings, failure }: ReportAnswer): string {
  const counts = severityCounts(findings);
  const accepted = findings.filter((d) => d.accepted !== undefined).length;
  return `${failure ? 'Findings that are new with the failure' : 'Open findings'}: ${counts.length > 0 ? counts.join(', ') : 'none'}${accepted > 0 ? `; ${accepted} accepted` : ''}.`;
}
