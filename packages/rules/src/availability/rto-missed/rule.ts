import { rolesOf } from '@sysd/analysis';
import { type Component, formatQuantity, property, replicasPerCopy, TIME } from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import { listed } from '../../shared/load-text.ts';
import { type Missed, missedRecoveries } from '../../shared/recovery.ts';
import { AVOID, PREFER } from './examples.ts';
import { recoveryFixes, type Subject } from './fixes.ts';

export const rtoMissed = defineRule({
  id: 'rto-missed',
  category: 'availability',
  severity: 'error',
  summary: 'After a failure it takes longer to be back than the recovery time objective (`rto`) of a flow allows.',
  why: 'A spare saves a flow only as fast as somebody notices the failure and uses it. That time is known from the design: the interval of health checks times how many must fail (`health … every … threshold …`), the `failover-time` of a standby, the `ttl` of a name that clients go on using, or a person.\n\nA person who is paged is taken to need 15 minutes at least: on-call engineers have 5 to 30 minutes until they are at work (Google SRE book, chapter 11), before they look and act. Where you are faster, `failover-time` says so.\n\nTimes that the design does not give are not assumed: a failover without a `failover-time` and without checks of known interval is not compared. What has no spare at all is a `single-point-of-failure`, whatever its objective; standbys that nobody promotes are `failover-missing`.',
  doInstead:
    'Let a standby take over by itself (`failover: automatic`), check health more often, shorten the `ttl` of the name, or change the objective.',
  messages: {
    hand: (d: { component: string; objectives: string }) =>
      `${d.component} fails over by hand. Until a person who is paged has looked and acted it takes 15 min at least, and ${d.objectives} (rto). Let a standby take over: failover: automatic; or say how fast you are: failover-time.`,
    slow: (d: { component: string; role: string; time: string; because: string; objectives: string; advice: string }) =>
      `When its ${d.role} fails, ${d.component} takes ${d.time} to be back (${d.because}), and ${d.objectives} (rto). ${d.advice}`,
    late: (d: { component: string; time: string; because: string; share: string; objectives: string }) =>
      `An instance of ${d.component} that is down is left out after up to ${d.time} (${d.because}); until then ${d.share} fails, and ${d.objectives} (rto). Check more often.`,
  },
  docs: {
    avoid: AVOID,
    prefer: PREFER,
    references: [
      { title: 'Google SRE book, chapter 11: being on-call', url: 'https://sre.google/sre-book/being-on-call/' },
      {
        title: 'Azure Well-Architected, Reliability: recovery targets',
        url: 'https://learn.microsoft.com/azure/well-architected/reliability/metrics',
      },
      {
        title: 'Kubernetes documentation: configure liveness, readiness and startup probes',
        url: 'https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/',
      },
    ],
  },
  check: {
    each: 'component',
    run(component, { design, index, report }) {
      const all = missedRecoveries(design, index, component);
      const worst = all.reduce<Missed | undefined>((a, b) => (a === undefined || timeOf(b) > timeOf(a) ? b : a), undefined);
      if (!worst) return;
      const { recovery } = worst;
      const objectives = objectivesText(all);
      const data = { component: component.id, time: formatQuantity(timeOf(worst), TIME), because: becauseOf(component, worst), objectives };
      const place = {
        span: spanOf(component, worst),
        element: component.id,
        affects: all.map((m) => m.flow.id),
        related: all.map((m) => ({ span: m.objective.span, message: `${m.flow.id} wants rto <= ${boundText(m)}` })),
        subject: { component, worst, strictest: Math.min(...all.map((m) => m.objective.bound.value)) },
      };
      if (recovery.longest === 'hand') report({ message: 'hand', data, ...place, severity: 'warning' });
      else if (recovery.by === 'check') report({ message: 'late', data: { ...data, share: shareOf(component, all) }, ...place });
      else {
        const role = rolesOf(component) === 'active-passive' ? 'active instance' : 'primary';
        report({ message: 'slow', data: { ...data, role, advice: adviceOf(worst) }, ...place });
      }
    },
  },
  fix: (subject: Subject, input: Input) => recoveryFixes(subject, input),
});

const timeOf = ({ recovery }: Missed): number => recovery.time + (recovery.names?.ttl ?? 0);

const boundText = ({ objective: { bound } }: Missed): string => bound.text ?? formatQuantity(bound.value, TIME);

/** `Order must be back within 5 min`. */
const objectivesText = (all: readonly Missed[]): string => listed(all.map((m) => `${m.flow.id} must be back within ${boundText(m)}`));

/** What takes the time, as the design says it. */
function becauseOf(component: Component, { recovery }: Missed): string {
  const parts: string[] = [];
  if (recovery.longest === 'failover-time') parts.push(`failover-time: ${property(component.properties, 'failover-time')?.text}`);
  const health = property(component.properties, 'health')?.value;
  if (recovery.longest === 'health' && health?.every && recovery.time > 0) {
    const times = health.threshold?.value ?? 1;
    parts.push(`health is checked every ${formatQuantity(health.every.value, TIME)}${times > 1 ? `, ${times} times` : ''}`);
  }
  if (recovery.names)
    parts.push(`clients use the old address of ${recovery.names.component.id} for its ttl, ${formatQuantity(recovery.names.ttl, TIME)}`);
  return parts.join('; ');
}

function adviceOf({ recovery, objective }: Missed): string {
  if (recovery.names && recovery.time <= objective.bound.value) return `Shorten the ttl of ${recovery.names.component.id}.`;
  if (recovery.longest === 'health') return 'Check more often.';
  return recovery.by === 'hand'
    ? 'Let a standby take over: failover: automatic.'
    : 'Use a faster way to fail over, or change the objective.';
}

/** How many requests go to the dead instance. */
function shareOf(component: Component, all: readonly Missed[]): string {
  const n = replicasPerCopy(component);
  const flows = listed(all.map((m) => m.flow.id));
  return component.properties.has('autoscale') || n < 2 ? `its share of the requests of ${flows}` : `one request in ${n} of ${flows}`;
}

/** Where one would change something. */
function spanOf(component: Component, { recovery }: Missed) {
  const name = recovery.longest === 'hand' ? 'failover' : recovery.longest;
  const said = recovery.time > 0 ? component.properties.get(name) : undefined;
  return (said?.origin.kind === 'declared' ? said.valueSpan : undefined) ?? component.nameSpan;
}
