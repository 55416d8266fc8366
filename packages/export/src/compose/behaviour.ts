import { type Design, type Diagnostic, type Flow, type Hop, valueIn } from '@sysd/core';
import type { Route, Step, Target } from '../standin/config.ts';
import { groupOf, isBroker } from './brokers.ts';
import { callOf } from './calls.ts';
import { simplified } from './notice.ts';
import type { Behaviour, ConsumerPlan, Part, Visit } from './project.ts';
import { milliseconds, SCALE } from './scale.ts';
import { targetsOf } from './targets.ts';

/** What the stand-in of a part does: a route for each of its stops, and the messages that it consumes. */
export function behaviourOf(
  design: Design,
  part: Part,
  parts: ReadonlyMap<string, Part>,
  visits: readonly Visit[],
  period: (flow: Flow) => number,
  diagnostics: Diagnostic[],
): Behaviour {
  const targets = new Map<string, Target>();
  const calls = new Set<Part>();
  const routes: Route[] = [];
  const timers: { path: string; everyMs: number }[] = [];
  const consumers = new Map<Part, { message: string; path: string }[]>();
  const context = { design, part, parts, visits, targets, calls, diagnostics };

  for (const visit of visits) {
    if (visit.part !== part) continue;
    const { flow } = visit;
    const steps = stepsOf(context, flow, visit.stop);
    const cpu = milliseconds(valueIn(part.component.properties, 'cpu-time')) ?? 0;
    for (const path of visit.paths) routes.push({ path, flow: flow.id, cpuMs: Math.min(SCALE.cpuMs, cpu), steps });
    if (visit.stop === 0) timers.push({ path: visit.paths[0]!, everyMs: period(flow) });
    for (const index of flow.stops[visit.stop]!.incoming) {
      const source = flow.hops[index]!.from;
      const broker = parts.get(flow.stops[source]!.component);
      if (broker === undefined || !isBroker(broker)) continue;
      const message = visits.find((each) => each.flow === flow && each.stop === source)?.paths[0];
      if (message !== undefined) consumers.set(broker, [...(consumers.get(broker) ?? []), { message, path: visit.paths[0]! }]);
    }
  }
  const plans: ConsumerPlan[] = [...consumers].map(([broker, handles]) => {
    for (const target of targetsOf(broker, undefined)) targets.set(target.name, target);
    calls.add(broker);
    return { broker, group: groupOf(broker, part), handles };
  });
  return { part, targets: [...targets.values()], routes, consumers: plans, timers, calls: [...calls] };
}

export interface StepContext {
  readonly design: Design;
  readonly part: Part;
  readonly parts: ReadonlyMap<string, Part>;
  readonly visits: readonly Visit[];
  /** Filled as calls are made. */
  readonly targets: Map<string, Target>;
  readonly calls: Set<Part>;
  readonly diagnostics: Diagnostic[];
}

/** The steps of a stop, in text order; a fallback hangs on the step that it replaces. */
function stepsOf(context: StepContext, flow: Flow, stop: number): Step[] {
  const hops = flow.stops[stop]!.outgoing.map((index) => flow.hops[index]!);
  const made = (hop: Hop): Step | undefined => {
    const fallback = hops.find((other) => other.fallbackOf === hop.index);
    return stepOf(context, flow, hop, fallback === undefined ? undefined : made(fallback));
  };
  const steps = hops.filter((hop) => hop.fallbackOf === undefined).flatMap((hop) => made(hop) ?? []);
  // a read that is not made here (its cache is no container and has no emulation) can have no miss
  const known = new Set(steps.map((step) => step.id));
  return steps.map((step) =>
    step.onMiss.every((id) => known.has(id)) ? step : { ...step, onMiss: step.onMiss.filter((id) => known.has(id)) },
  );
}

const stepId = (flow: Flow, hop: Hop): string =>
  `${hop.index + 1}: ${hop.operation} ${hop.to.map((to) => flow.stops[to.stop]!.component).join(' | ')}`;

function stepOf(context: StepContext, flow: Flow, hop: Hop, otherwise: Step | undefined): Step | undefined {
  const { design, part, parts } = context;
  if (hop.operation === 'consume' && hop.to.some((to) => isBrokerId(parts, flow.stops[to.stop]!.component))) {
    const message = `In ${flow.id}, ${part.component.id} asks the broker for messages: stand-ins are handed them instead, so this step is left out.`;
    context.diagnostics.push(simplified(part.component, message));
    return undefined;
  }
  const choices = hop.to.flatMap((to) => {
    const call = callOf(context, flow, hop, to.stop);
    return call === undefined ? [] : [{ share: to.share, call }];
  });
  if (choices.length === 0) return otherwise;
  const total = choices.reduce((sum, choice) => sum + choice.share, 0);
  const behaviour = design.connections.get(`${part.component.id}->${flow.stops[hop.to[0]!.stop]!.component}`)?.properties;
  const backoff = behaviour && valueIn(behaviour, 'backoff');
  const timeoutMs = behaviour && milliseconds(valueIn(behaviour, 'timeout'));
  // the source itself is the cache: so many requests miss it
  const missed =
    hop.miss !== undefined && hop.miss.read === undefined ? 1 - (valueIn(part.component.properties, 'hit-ratio')?.value ?? 0) : 1;
  const toBroker = hop.to.some((to) => isBrokerId(parts, flow.stops[to.stop]!.component));
  return {
    id: stepId(flow, hop),
    when: clamp((hop.when?.value ?? 1) * missed, 0, 1),
    times: clamp(hop.times?.value ?? 1, 0, SCALE.times),
    ...(hop.parallel === undefined ? {} : { parallel: hop.parallel }),
    // the broker acknowledges, and that is waited for with either arrow
    background: !hop.sync && !toBroker,
    optional: hop.optional,
    onMiss: hop.miss?.read === undefined ? [] : [stepId(flow, flow.hops[hop.miss.read]!)],
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    retries: (behaviour && valueIn(behaviour, 'retries')?.value) ?? 0,
    backoffMs: backoff === undefined || backoff.kind === 'none' ? 0 : (milliseconds(backoff.base) ?? 50),
    growth: backoff?.kind === 'linear' ? 'linear' : 'exponential',
    choices: choices.map((choice) => ({ ...choice, share: total > 0 ? choice.share / total : 1 / choices.length })),
    ...(otherwise === undefined ? {} : { otherwise }),
  };
}

function isBrokerId(parts: ReadonlyMap<string, Part>, id: string): boolean {
  const part = parts.get(id);
  return part !== undefined && isBroker(part);
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
