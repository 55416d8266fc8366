import { type Diagnostic, type Flow, formatQuantity, isFigure, type Objective, TIME, type Verdict } from '@sysd/core';
import { recoveryObjective } from '@sysd/rules';
import { availabilityText, budgetText, nameOf, objectiveBound, VERDICTS } from '../formatters/availability-numbers.ts';
import type { Block } from '../formatters/blocks.ts';
import { latencyName, timeObjective } from '../formatters/latency-parts.ts';
import type { Tone } from '../formatters/table.ts';
import { asIfText } from './facts.ts';
import type { ReportAnswer } from './report-answer.ts';

/** An objective of a flow and what came of it. */
export interface JudgedObjective {
  readonly flow: string;
  readonly bound: string;
  readonly comesTo: string;
  /** `kept`: no rule finds that it is missed, which they can only where the design says how long things take. */
  readonly verdict: Verdict | 'kept';
  readonly note: string;
  /** Its author accepts that it is missed. */
  readonly accepted: boolean;
}

/** Rules that judge objectives, by what these are for. */
const JUDGES: Readonly<Record<Objective['metric'], string>> = {
  availability: 'objective-missed',
  p50: 'latency-objective-missed',
  p95: 'latency-objective-missed',
  p99: 'latency-objective-missed',
  rto: 'rto-missed',
  rpo: 'rpo-missed',
};

const TONES: Readonly<Record<JudgedObjective['verdict'], Tone>> = {
  met: 'good',
  kept: 'unknown',
  missed: 'bad',
  'not-estimated': 'unknown',
};
const WORDS: Readonly<Record<JudgedObjective['verdict'], string>> = { ...VERDICTS, kept: 'no miss found' };

/** All objectives of all flows in text order: availability, latency, recovery. */
export function judgedObjectives(answer: ReportAnswer): JudgedObjective[] {
  const { estimate, availability, findings } = answer;
  return [...estimate.design.flows.values()].flatMap((flow) => {
    const judged = (objective: Objective, said: Omit<JudgedObjective, 'accepted'>): JudgedObjective => {
      const missing = said.verdict === 'missed' ? findings.filter((d) => isMiss(d, objective, flow.id)) : [];
      const reasons = new Set(missing.flatMap((d) => d.accepted ?? []));
      const note = [said.note, ...[...reasons].map((reason) => `accepted: ${reason}`)].filter((n) => n !== '').join('; ');
      return { ...said, note, accepted: missing.length > 0 && missing.every((d) => d.accepted !== undefined) };
    };
    const available = availability.availability.flows.filter((f) => f.flow === flow.id);
    const timed = estimate.latency.flows.filter((f) => f.flow === flow.id);
    const recovery = flow.objectives.filter(isRecovery);
    return [
      ...available.flatMap((f) =>
        f.objectives.map((o) => {
          const note = o.verdict === 'not-estimated' && !isFigure(o.used) ? o.used.notEstimated : budgetText(o);
          const { objective, verdict } = o;
          return judged(objective, {
            flow: nameOf(f),
            bound: objectiveBound(objective),
            comesTo: `${availabilityText(f)}${asIfText(f)}`,
            verdict,
            note,
          });
        }),
      ),
      ...timed.flatMap((f) =>
        f.objectives.map(({ objective, verdict, estimate: time }) => {
          const [comesTo, note] = isFigure(time) ? [formatQuantity(time.value, TIME), ''] : ['not estimated', time.notEstimated];
          return judged(objective, { flow: latencyName(f), bound: timeObjective(objective), comesTo, verdict, note });
        }),
      ),
      ...recovery.map((o) => judged(o, { flow: flow.id, bound: timeObjective(o), comesTo: '–', ...recoveryVerdict(answer, o, flow) })),
    ];
  });
}

/**
 * Rules judge these, the strictest of a flow for each metric; they say nothing of a design in which something has failed. A hint that an objective
 * is not checked is no miss.
 */
function recoveryVerdict({ findings, failure }: ReportAnswer, objective: Objective, flow: Flow): Pick<JudgedObjective, 'verdict' | 'note'> {
  if (failure) return { verdict: 'not-estimated', note: 'judged of the design without the failure' };
  const about = findings.filter((d) => isAbout(d, objective, flow.id));
  const missing = about.filter((d) => isMiss(d, objective, flow.id));
  const strictest = recoveryObjective(flow, objective.metric);
  if (missing.length > 0 && strictest && objective.bound.value > strictest.bound.value)
    return { verdict: 'not-estimated', note: `only the strictest is judged: ${timeObjective(strictest)}` };
  if (missing.length > 0) return { verdict: 'missed', note: messages(missing) };
  return about.length > 0 ? { verdict: 'not-estimated', note: messages(about) } : { verdict: 'kept', note: '' };
}

const messages = (all: readonly Diagnostic[]): string => all.map((d) => d.message).join(' ');

/** The table of objectives; that there are none is said. */
export function objectiveBlocks(answer: ReportAnswer): Block[] {
  const all = judgedObjectives(answer);
  if (all.length === 0)
    return [{ text: 'No flow has an objective. One says what a flow is to keep to: slo: availability >= 99.9%, p99 <= 200 ms.' }];
  const rows = all.map((o) => [o.flow, o.bound, o.comesTo, WORDS[o.verdict], o.note]);
  const marks = { column: 3, tones: all.map((o) => TONES[o.verdict]) };
  const header = ['Flow', 'objective', 'comes to', 'verdict', 'note'];
  return [{ table: { header, rows, align: ['left', 'left', 'right', 'left', 'left'], marks } }];
}

const isAbout = (d: Diagnostic, { metric }: Objective, flow: string): boolean =>
  d.rule === JUDGES[metric] && (d.element === flow || (d.affects ?? []).includes(flow));

/** That an objective for recovery could not be checked is told as an information. */
const isMiss = (d: Diagnostic, objective: Objective, flow: string): boolean =>
  isAbout(d, objective, flow) && !(isRecovery(objective) && d.severity === 'info');

const isRecovery = ({ metric }: Objective): boolean => metric === 'rto' || metric === 'rpo';
