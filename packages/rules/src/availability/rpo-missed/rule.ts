import { type Component, type Design, type Flow, formatQuantity, type Objective, TIME } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { recoveryObjective } from '../../shared/objectives.ts';
import { accessesOf } from '../../shared/requirements.ts';
import { AVOID, PREFER } from './examples.ts';
import { lossFixes, mayWait, type Subject } from './fixes.ts';
import { type Loss, lossOf } from './loss.ts';

interface Wanted {
  readonly flow: Flow;
  readonly objective: Objective;
}

export const rpoMissed = defineRule({
  id: 'rpo-missed',
  category: 'availability',
  severity: 'error',
  summary: 'A failure loses more of what a flow has written than its recovery point objective (`rpo`) allows.',
  why: 'What a flow has written is safe as soon as a second copy has it. Where a store confirms a write before that (asynchronous replication), the failure of the primary loses what the standbys did not have yet: as much as they trail behind it (`lag`). Where there is one replica, it loses what came since the last backup.\n\nOnly what the design says is compared. Where replicas trail by a time that nobody gave, the objective is not checked, and that is said.',
  doInstead:
    'Let writes wait for a standby: `replication: sync`. It costs each write a round trip and, with a single standby, its availability. Where a backup is all there is, make it as often as the objective says, or run a standby. Or change the objective.',
  messages: {
    lag: (d: { component: string; how: string; lag: string; objectives: string; advice: string }) =>
      `${d.component} ${d.how}, and they trail by ${d.lag}: what was written in that time is lost with the replica that had it, ${d.objectives}. ${d.advice}`,
    none: (d: { component: string; how: string; objectives: string; advice: string }) =>
      `${d.component} ${d.how}: what they do not have yet is lost with the replica that had it, ${d.objectives}. ${d.advice}`,
    backup: (d: { component: string; every: string; objectives: string }) =>
      `${d.component} is a single replica, copied away every ${d.every}: what was written since the last copy is lost with it, ${d.objectives}. Copy it that often, or run standbys that have each write.`,
    unknown: (d: { component: string; how: string; objectives: string; lacking: string }) =>
      `Not checked, ${d.objectives}: ${d.component} ${d.how}. ${d.lacking}`,
  },
  docs: {
    avoid: AVOID,
    prefer: PREFER,
    references: [
      {
        title: 'PostgreSQL manual, 26.2.8: synchronous replication',
        url: 'https://www.postgresql.org/docs/17/warm-standby.html#SYNCHRONOUS-REPLICATION',
      },
      {
        title: 'Azure Well-Architected, Reliability: recovery targets',
        url: 'https://learn.microsoft.com/azure/well-architected/reliability/metrics',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      const loss = lossOf(design, component);
      if (!loss) return;
      const wanted = wantedOf(index, component);
      const place = (missed: readonly Wanted[]) => ({
        span: loss.said?.valueSpan && loss.said.origin.kind === 'declared' ? loss.said.valueSpan : component.nameSpan,
        element: component.id,
        affects: missed.map((w) => w.flow.id),
        related: missed.map((w) => ({ span: w.objective.span, message: `${w.flow.id} wants rpo <= ${boundText(w)}` })),
        subject: { component, loss, strictest: Math.min(...missed.map((w) => w.objective.bound.value)) },
      });
      if (loss.kind === 'backup') {
        const missed = wanted.filter((w) => loss.time > w.objective.bound.value);
        if (missed.length === 0) return;
        const data = { component: component.id, every: formatQuantity(loss.time, TIME), objectives: objectivesText(missed) };
        report({ message: 'backup', data, ...place(missed) });
        return;
      }
      const { how, time } = loss;
      // Whatever the lag is, it is more than nothing.
      const missed = wanted.filter((w) => w.objective.bound.value < (time ?? 0) || w.objective.bound.value === 0);
      if (missed.length > 0) {
        const data = { component: component.id, how, objectives: objectivesText(missed), advice: adviceOf(design, component, loss) };
        if (time === undefined) report({ message: 'none', data, ...place(missed) });
        else report({ message: 'lag', data: { ...data, lag: formatQuantity(time, TIME) }, ...place(missed) });
      } else if (time === undefined && wanted.length > 0) {
        const objectives = `whether ${wanted.map((w) => `${w.flow.id} keeps to rpo <= ${boundText(w)}`).join(' and ')}`;
        const data = { component: component.id, how, objectives, lacking: loss.lacking };
        report({ message: 'unknown', data, ...place(wanted), severity: 'info' });
      }
    },
  },
  fix: (subject: Subject, input: Input) => lossFixes(subject, input),
});

/** The setting that waits, where the store has it. */
function adviceOf(design: Design, component: Component, { setting, advice }: Loss & { readonly kind: 'lag' }): string {
  if (setting?.property !== 'replication' || mayWait(design, component)) return advice;
  return 'It does not wait for them: keep this data in a store that does, or change the objective.';
}

const boundText = ({ objective: { bound } }: Wanted): string => bound.text ?? formatQuantity(bound.value, TIME);

/** `and Order may lose 1 min (rpo)`. */
function objectivesText(missed: readonly Wanted[]): string {
  return `and ${listed(missed.map((w) => `${w.flow.id} may lose ${w.objective.bound.value === 0 ? 'nothing' : boundText(w)}`))} (rpo)`;
}

/** Flows that write into the store by steps that they cannot do without, and say how much of it may be lost. */
function wantedOf(index: Input['index'], component: Component): Wanted[] {
  const flows = new Set(accessesOf(index, component.id).flatMap((a) => (a.side === 'write' && !a.hop.optional ? [a.flow] : [])));
  return [...flows].flatMap((flow) => {
    const objective = recoveryObjective(flow, 'rpo');
    return objective ? [{ flow, objective }] : [];
  });
}
