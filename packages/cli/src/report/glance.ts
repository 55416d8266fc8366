import { formatQuantity, formatRatio, formatTimes, isFigure, known, money, TIME } from '@sysd/core';
import { availabilityText, nameOf } from '../formatters/availability-numbers.ts';
import type { Glance } from '../formatters/blocks.ts';
import { latencyName } from '../formatters/latency-parts.ts';
import { assumedFigures } from './assumptions.ts';
import { downText, severityCounts, unknownAvailability, unpricedText, weakest } from './facts.ts';
import { judgedObjectives } from './objectives.ts';
import type { ReportAnswer } from './report-answer.ts';

/** The summary as figures. */
export function glanceOf(answer: ReportAnswer): Glance[] {
  return [
    findingsGlance(answer),
    ...objectivesGlance(answer),
    ...headroomGlance(answer),
    ...availabilityGlance(answer),
    ...latencyGlance(answer),
    ...costGlance(answer),
    assumptionsGlance(answer),
  ];
}

function findingsGlance({ findings, failure }: ReportAnswer): Glance {
  const open = findings.filter((d) => d.accepted === undefined);
  const [first = 'none', ...more] = severityCounts(findings);
  const accepted = findings.length - open.length;
  const note = [...more, ...(accepted > 0 ? [`${accepted} accepted`] : [])].join(', ');
  const has = (severity: string) => open.some((d) => d.severity === severity);
  const tone = has('error') ? 'bad' : has('warning') ? 'warn' : open.length === 0 ? 'good' : 'plain';
  return { label: failure ? 'New findings' : 'Findings', value: first, ...(note === '' ? {} : { note }), tone };
}

function objectivesGlance(answer: ReportAnswer): Glance[] {
  const all = judgedObjectives(answer);
  if (all.length === 0) return [];
  const count = (verdict: string) => all.filter((o) => o.verdict === verdict).length;
  const [met, missed] = [count('met'), count('missed')];
  const others = all.length - met - missed;
  const open = all.filter((o) => o.verdict === 'missed' && !o.accepted).length;
  const note = [
    ...(missed > 0 ? [`${missed} missed${open === 0 ? ', accepted' : ''}`] : []),
    ...(others > 0 ? [`${others} not known`] : []),
  ].join(', ');
  const tone = open > 0 ? 'bad' : missed > 0 ? 'warn' : others > 0 ? 'plain' : 'good';
  return [{ label: 'Objectives', value: `${met} of ${all.length} met`, ...(note === '' ? {} : { note }), tone }];
}

function headroomGlance({ estimate: { headroom } }: ReportAnswer): Glance[] {
  const [first] = headroom;
  const full = known(first?.toFull);
  if (!first || full === undefined) return [];
  const target = known(first.toTarget) ?? 1;
  const tone = full < 1 ? 'bad' : target < 1 - 1e-9 ? 'warn' : 'good';
  const note = `full at ${formatTimes(full)} the traffic, ${formatRatio(first.utilization.value)} now`;
  return [{ label: 'First to saturate', value: first.component, note, tone }];
}

function availabilityGlance(answer: ReportAnswer): Glance[] {
  const worst = weakest(answer);
  const unknown = unknownAvailability(answer).length;
  const lacking = unknown > 0 ? `; ${unknown} not estimated` : '';
  if (worst)
    return [
      {
        label: 'Weakest availability',
        value: availabilityText(worst),
        note: `${nameOf(worst)}${downText(worst)}${lacking}`,
        tone: 'plain',
      },
    ];
  return unknown > 0
    ? [{ label: 'Availability', value: 'not estimated', note: `${unknown} flow${unknown === 1 ? '' : 's'}`, tone: 'plain' }]
    : [];
}

/** The answer that takes longest; completions have time. */
function latencyGlance({ estimate: { latency } }: ReportAnswer): Glance[] {
  const answers = latency.flows.filter((f) => !f.completion);
  const unknown = answers.filter((f) => !isFigure(f.p99)).length;
  const [slowest] = answers.filter((f) => isFigure(f.p99)).sort((a, b) => (known(b.p99) ?? 0) - (known(a.p99) ?? 0));
  if (!slowest) return [];
  const note = `${latencyName(slowest)}${unknown > 0 ? `; ${unknown} not estimated` : ''}`;
  return [{ label: 'Slowest answer, p99', value: formatQuantity(known(slowest.p99) ?? 0, TIME), note, tone: 'plain' }];
}

function costGlance({ estimate: { cost } }: ReportAnswer): Glance[] {
  if (cost.totals.length === 0) return [];
  const note = unpricedText(cost);
  return [
    {
      label: 'Cost a month',
      value: cost.totals.map((t) => money(t.value, t.dimension)).join(' + '),
      ...(note === '' ? {} : { note }),
      tone: 'plain',
    },
  ];
}

function assumptionsGlance(answer: ReportAnswer): Glance {
  const all = assumedFigures(answer);
  const guesses = all.filter((a) => a.source === undefined).length;
  if (all.length === 0) return { label: 'Assumptions', value: 'no default', tone: 'plain' };
  return {
    label: 'Assumptions',
    value: `${all.length} default${all.length === 1 ? '' : 's'}`,
    note: guesses > 0 ? `${guesses} without a source` : 'each with its source',
    tone: 'plain',
  };
}
