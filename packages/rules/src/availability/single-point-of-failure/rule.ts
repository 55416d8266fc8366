import { standingInstances } from '@sysd/analysis';
import {
  type Component,
  comparedRates,
  type Design,
  type ElementId,
  effective,
  formatRatio,
  type IllusoryRedundancy,
  known,
  property,
  type Related,
  replicasPerCopy,
  type SingleFailure,
  type Span,
} from '@sysd/core';
import { defineRule, type Input } from '../../rule.ts';
import type { DesignIndex } from '../../shared/design-index.ts';
import { failoverOf, lacksFailover } from '../../shared/failover.ts';
import { listed } from '../../shared/load-text.ts';
import { declaredReplicas, replicasByPlace } from '../../shared/placement.ts';
import { missedRecoveries } from '../../shared/recovery.ts';
import { callsOf, isInstanceGroup, isNoticed } from '../../shared/routing.ts';
import { decidesTogether, redundancyFixes, replicasFor, type Subject } from '../../shared/single-points/fixes.ts';
import { isAnyInstance, isInstance, isPlace, type SinglePoint } from '../../shared/single-points/grouping.ts';
import { requestsText } from '../../shared/single-points/requests.ts';
import { AVOID, PREFER } from './examples.ts';

export const singlePointOfFailure = defineRule({
  id: 'single-point-of-failure',
  category: 'availability',
  severity: 'error',
  summary: 'One thing whose failure alone stops a flow: an instance, a primary, a zone, a region, a host, a provider.',
  why: 'Machines, zones and providers fail; what decides is whether anything else can take over. sysd follows each flow through everything that it needs at once (instances needed for the peak, quorums, primaries, fallbacks, optional and asynchronous steps) and reports each event that alone makes it fail: a minimal cut set of order 1.\n\nTwo replicas are not always redundancy: not if the peak needs both, if nobody notices that one is down, if both stand in one zone, or if no standby takes over. Where just that is the fault, another rule says it: `missing-health-check` where nobody notices, `failover-missing` where nobody makes a standby take over.\n\nTwo regions are no redundancy if both need the same service in one of them: the finding names both. And a cache is not optional if the database behind it cannot carry the load without it.',
  doInstead:
    'Run a second instance in another zone and let somebody notice and switch over: a load balancer with health checks, `failover: automatic`, a quorum of three zones. Or make the step `optional`, give it an `else`, or hand the work to a queue. A risk that you take is accepted in the design, with the reason.',
  messages: {
    fails: (d: { what: string; requests: string; because: string; illusory: string; advice: string }) =>
      `${d.what} is a single point of failure: when it fails, ${d.requests}${d.because}.${d.illusory}${d.advice}`,
    carries: (d: { what: string; cache: string; requests: string; behind: string; rates: string; without: string; limit: string }) =>
      `${d.what} is a single point of failure: ${d.cache} is optional on paper, but ${d.behind} cannot carry the load without it: ${d.rates}, ${d.without} of its capacity against a max-utilization of ${d.limit}, so ${d.requests}. Run a second instance of ${d.cache} that takes over, size ${d.behind} for all of the load, or let fewer requests pass while the cache is cold.`,
    tight: (d: { what: string; flows: string; without: string; limit: string }) =>
      `${d.what} is needed, 0 spare at peak: without it the others would run at ${d.without}, above max-utilization ${d.limit}, so ${d.flows} would slow down and queue. Add as many as leave a spare.`,
    completion: (d: { what: string; requests: string; because: string; illusory: string; advice: string }) =>
      `${d.what} is a single point of failure for what goes on after the answer: when it fails, ${d.requests} answered but not completed${d.because}.${d.illusory}${d.advice}`,
    objective: (d: { what: string; flows: string; objective: string; flow: string; illusory: string }) =>
      `${d.what} alone stops ${d.flows}, and promises less than the ${d.objective} that ${d.flow} wants: that cannot be met with it alone.${d.illusory} Give the step a fallback (else …), use a second one, or lower the objective.`,
    external: (d: { what: string; flows: string }) =>
      `${d.what} is run by others and alone stops ${d.flows}; how available it is, the design does not say. Give its availability, a fallback (else …), or hand the work to a queue.`,
  },
  docs: {
    avoid: AVOID,
    prefer: PREFER,
    references: [
      {
        title: 'Google SRE, The Calculus of Service Availability (critical dependencies)',
        url: 'https://queue.acm.org/detail.cfm?id=3096459',
      },
      {
        title: 'AWS Well-Architected, Reliability pillar: use fault isolation',
        url: 'https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/',
      },
      { title: 'Rauzy, Mathematical foundations of minimal cutsets, IEEE Transactions on Reliability 2001' },
    ],
  },
  check: {
    each: 'point',
    run({ point, verdict }, { design, analysis, index, report }) {
      const { event } = point;
      const component = componentOf(design, point);
      if (component && isInstance(event) && saidElsewhere(point, component, { design, analysis, index })) return;
      const all = [...point.answers, ...point.completions];
      const place = {
        span: spanOf(design, point, component),
        element: elementOf(design, point, component),
        affects: all.map((s) => s.flow),
        event: event.id,
        related: relatedOf(all),
        severity: verdict.severity,
        quiet: verdict.quiet,
        ...(component ? { subject: { point, component } } : {}),
      };
      const flows = listed(all.map((f) => f.flow));
      const what = whatFails(point, component, design);
      const tight = component && utilizationWithout(point, component, { design, analysis, index });
      const illusory = illusoryText(point);
      const overloads = all.find((s) => s.overloads)?.overloads;
      if (verdict.objective) {
        const { text: objective, flow } = verdict.objective;
        report({ message: 'objective', data: { what, flows, objective, flow, illusory }, ...place });
      } else if (event.kind === 'managed' && !verdict.quiet) {
        report({ message: 'external', data: { what, flows }, ...place });
      } else if (overloads && component) {
        const rates = comparedRates(overloads.rateWithout, overloads.rate).join(' instead of ');
        const [without, limit] = [formatRatio(overloads.utilization), formatRatio(overloads.limit)];
        const requests = requestsText(all, ['fails', 'fail']);
        report({
          message: 'carries',
          data: { what, cache: component.id, requests, behind: overloads.element, rates, without, limit },
          ...place,
        });
      } else if (tight) {
        report({ message: 'tight', data: { what, flows, ...tight }, ...place, severity: 'warning' });
      } else {
        const answered = point.answers.length > 0;
        const requests = requestsText(all, answered ? ['fails', 'fail'] : ['is', 'are']);
        const advice = adviceOf(point, component, { design, analysis, index });
        const data = { what, requests, because: illusory !== '' && isPlace(event) ? '' : becauseOf(all[0]), illusory, advice };
        report({ message: answered ? 'fails' : 'completion', data, ...place });
      }
    },
  },
  fix: (subject: Subject, input: Input) => redundancyFixes(subject, input),
});

/**
 * The replicas are enough, but nobody notices when one is down: missing-health-check says so. Nobody makes a standby take over: failover-missing.
 * A person does, and a flow must be back sooner: rto-missed. Over capacity: over-capacity.
 */
function saidElsewhere(point: SinglePoint, component: Component, { design, analysis, index }: Omit<Input, 'points'>): boolean {
  if (replicasPerCopy(component) < 2) return false;
  if (lacksFailover(point, component) || isLate(design, index, point, component)) return true;
  const load = analysis.traffic.components.get(component.id);
  if ((known(load?.utilization) ?? 0) >= 1) return true;
  const needed = known(load?.replicasNeeded);
  const spare = needed === undefined || needed < replicasPerCopy(component) * component.copies.length;
  return spare && isInstanceGroup(component) && callsOf(index, component.id).some((c) => c.router && !isNoticed(index, component, c));
}

/** Whether a standby takes over by hand and too late for a flow that the primary stops. */
function isLate(design: Design, index: DesignIndex, { event, standbys, answers }: SinglePoint, component: Component): boolean {
  if (event.kind !== 'primary' || standbys || failoverOf(component) !== 'manual') return false;
  return missedRecoveries(design, index, component).some((m) => answers.some((a) => a.flow === m.flow.id));
}

/** The component at fault: the one whose instance it is, or the one that the chain begins with. */
function componentOf(design: Design, point: SinglePoint): Component | undefined {
  const direct = design.components.get(point.event.element);
  if (direct) return direct;
  const witnesses = new Set<ElementId>();
  for (const single of [...point.answers, ...point.completions]) {
    const first = single.chain.find((link) => design.components.has(link.element) && link.element !== point.event.element);
    if (first) witnesses.add(first.element);
  }
  return witnesses.size === 1 ? design.components.get([...witnesses][0] as ElementId) : undefined;
}

/** An element that `accept` can name: hosts and shared fates are none, so their component stands for them. */
function elementOf(design: Design, { event }: SinglePoint, component: Component | undefined): ElementId {
  return design.components.has(event.element) || design.places.has(event.element) ? event.element : (component?.id ?? event.element);
}

/** Where one would change something: at the replicas of the component, at its host, else at the name. */
function spanOf(design: Design, { event }: SinglePoint, component: Component | undefined): Span {
  if (event.kind === 'host' || event.kind === 'shared') {
    const property = component?.properties.get(event.kind === 'host' ? 'host' : 'shares');
    return (property?.origin.kind === 'declared' ? property.valueSpan : undefined) ?? event.span;
  }
  if (component && (isInstance(event) || isPlace(event))) return declaredReplicas(component)?.valueSpan ?? component.nameSpan;
  return design.places.get(event.element)?.nameSpan ?? component?.nameSpan ?? event.span;
}

function relatedOf(singles: readonly SingleFailure[]): Related[] {
  return (singles[0]?.chain ?? []).map((link) => ({ span: link.span, message: link.text }));
}

/**
 * Where the loss only makes the rest fuller than planned, but not over 100 %: how full. Nothing where another reason (a quorum, a primary,
 * `min-available`, nobody who notices) makes the instance indispensable.
 */
function utilizationWithout({ event }: SinglePoint, component: Component, { design, analysis, index }: Omit<Input, 'points'>) {
  if (!isInstance(event) && event.kind !== 'zone') return undefined;
  if (!['service', 'worker', 'function', 'gateway', 'loadbalancer'].includes(component.kind) || component.copies.length > 1)
    return undefined;
  if (property(component.properties, 'mode')?.value === 'active-passive') return undefined;
  const [copy] = component.copies;
  if (!copy) return undefined;
  const n = standingInstances(design, component, copy);
  const { places, failed } = design;
  const left =
    event.kind === 'zone' && replicasByPlace(component).has(event.element)
      ? standingInstances({ places, failed: [...failed, { element: event.element, span: event.span }] }, component, copy)
      : n - (event.kind === 'zone' ? n : 1);
  if (left < (property(component.properties, 'min-available')?.value.value ?? 1)) return undefined;
  if (!callsOf(index, component.id).every((c) => isNoticed(index, component, c))) return undefined;
  const utilization = known(analysis.traffic.components.get(component.id)?.utilization);
  const without = utilization === undefined ? 1 : (utilization * n) / left;
  const limit = effective(component.properties, 'max-utilization')?.text ?? '';
  return without < 1 ? { without: formatRatio(without), limit } : undefined;
}

/** Why the event fails its component: the second link of the chain, after the event itself. */
function becauseOf(single: SingleFailure | undefined): string {
  const link = single?.chain[1];
  return link === undefined || link.element === single?.flow ? '' : ` (${link.text})`;
}

/** What stands in for each other in vain. */
function illusoryText(point: SinglePoint): string {
  const found = illusoryOf(point);
  if (!found) return '';
  const { branches, shared, full } = found;
  if (full.length > 0)
    return ` The peak needs ${listed(branches)} at once, 0 spare: without ${point.event.element}, ${listed(full)} cannot carry it.`;
  const needs = shared.length > 0 ? listed(shared) : point.event.label;
  return ` ${listed(branches)} ${branches.length === 2 ? 'both' : 'all'} need ${needs}: their redundancy is illusory.`;
}

const illusoryOf = (point: SinglePoint): IllusoryRedundancy | undefined =>
  [...point.answers, ...point.completions].find((s) => s.illusory)?.illusory;

function adviceOf(point: SinglePoint, component: Component | undefined, input: Omit<Input, 'points'>): string {
  const { analysis, index } = input;
  if (point.standbys) return ' Add a spare.';
  const { shared = [], full = [] } = illusoryOf(point) ?? {};
  if (isPlace(point.event) && full.length > 0) return ` Add instances of ${listed(full)}, so that the others carry the peak.`;
  if (isPlace(point.event) && shared.length > 0) return ` Run ${listed(shared)} in each of them, or let them do without.`;
  switch (point.event.kind) {
    case 'zone':
      return ' Spread the instances over more zones.';
    case 'region':
      return ' Run it in a second region as well.';
    case 'host':
      return ' Put the instances on different hosts.';
    case 'primary':
      return ' Let a standby take over: failover: automatic.';
    case 'control-plane':
      return ' Let the sidecars go on without it: when-control-plane-fails: open.';
    case 'instance':
    case 'shard':
      if (component && replicasPerCopy(component) > 1 && isInstanceGroup(component) && isUnnoticed(component, index))
        return ' Say how one can tell that it is alive: health: http "/healthz" every 5 s.';
      if (component && replicasPerCopy(component) > 1 && allAtPeak(component, analysis)) return ' There is 0 spare at peak: add one.';
      return component && replicasPerCopy(component) > 1 ? ' Add a spare.' : moreOf(component, input);
    default:
      return '';
  }
}

/** What to run in place of one: as many as its fix does. */
function moreOf(component: Component | undefined, input: Omit<Input, 'points'>): string {
  const count = component ? replicasFor(component, input) : 2;
  if (component && decidesTogether(component))
    return ` Run ${count} of them: a majority of ${count} goes on when one fails, of two it does not.`;
  return ` Run ${count === 2 ? 'a second one' : `${count} of them`}, and let somebody notice and switch over.`;
}

/** Whether the peak needs every instance. */
function allAtPeak(component: Component, { traffic }: Input['analysis']): boolean {
  return known(traffic.components.get(component.id)?.replicasNeeded) === replicasPerCopy(component) * component.copies.length;
}

const isUnnoticed = (component: Component, index: DesignIndex): boolean =>
  callsOf(index, component.id).some((c) => !isNoticed(index, component, c));

/** Instances of each copy that are up, where the scenario has failed some of them. */
function instancesLeft(component: Component, design: Design): number | undefined {
  if (design.failed.length === 0) return undefined;
  const copies = component.copies.map((copy) => ({
    all: copy.instances.reduce((n, run) => n + run.count, 0),
    up: standingInstances(design, component, copy),
  }));
  return copies.some((c) => c.up < c.all) ? Math.max(...copies.map((c) => c.up)) : undefined;
}

/** The event in words: of interchangeable instances each is meant. */
function whatFails(point: SinglePoint, component: Component | undefined, design: Design): string {
  const { event } = point;
  const left = component && isInstance(event) ? instancesLeft(component, design) : undefined;
  if (component && left !== undefined) return `${left === 1 ? 'The instance' : 'Each instance'} of ${component.id} that is left`;
  const replicas = component ? replicasPerCopy(component) : 1;
  if (isAnyInstance(point) && component && replicas > 1) return `Each of the ${replicas} replicas of ${component.id}`;
  // A name is written as the author wrote it.
  return event.label.startsWith(event.element) ? event.label : event.label.charAt(0).toUpperCase() + event.label.slice(1);
}
