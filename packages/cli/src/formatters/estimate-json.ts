import { timeOfGreatest } from '@sysd/analysis';
import { type DayTime, type Estimate, type Growth, type Rate, targetText } from '@sysd/core';
import type { EstimateAnswer } from '../estimate-answer.ts';
import { closedJson } from './closed-parts.ts';
import { DerivationTable, estimateIn } from './derivation.ts';
import { fanOutJson } from './fan-out-parts.ts';
import { latencyJson } from './latency-json.ts';
import { limitsJson } from './limits-json.ts';
import { baseUnit } from './numbers.ts';
import { stabilityJson } from './stability-parts.ts';
import { waitingJson } from './waiting-parts.ts';

/**
 * The estimate as plain data in base units (`schemas/estimate.schema.json`). A figure is `{ value, unit }`, with `derivation`, an index into
 * `derivations`, when asked to explain; what is unknown is `{ notEstimated }`.
 */
export function estimateJson(
  { design, analysis, latency, waiting, headroom, stability, fanOuts, growth, cost }: EstimateAnswer,
  options: { readonly explain: boolean },
): object {
  const derivations = options.explain ? new DerivationTable() : undefined;
  const figure = (estimate: Estimate): object => estimateIn(derivations, estimate);
  const timeOfDay = ({ at }: DayTime) => ({ value: at, unit: 's' });
  const rate = (r: Rate) => ({ average: figure(r.average), peak: figure(r.peak) });

  const { closed } = analysis.traffic;
  const flows = [...design.flows.values()].flatMap((flow) => {
    const traffic = analysis.traffic.flows.get(flow.id);
    if (!traffic) return [];
    const steps = flow.hops.map((hop, i) => ({
      from: flow.stops[hop.from]?.component ?? '',
      to: hop.to.map((t) => flow.stops[t.stop]?.component ?? ''),
      operation: hop.operation,
      waits: hop.sync,
      rate: rate(traffic.hops[i]?.rate ?? traffic.demand),
      requests: traffic.hops[i]?.scatter ?? 1,
    }));
    const { profile } = traffic.demand;
    return [
      {
        id: flow.id,
        demand: rate(traffic.demand),
        ...(profile ? { peakAt: timeOfDay(timeOfGreatest(profile)) } : {}),
        steps,
        latency: latencyJson(latency, flow, figure),
      },
    ];
  });

  const components = [...design.components.values()].flatMap((component) => {
    const load = analysis.traffic.components.get(component.id);
    if (!load) return [];
    return [
      {
        id: component.id,
        kind: component.kind,
        ...(component.technology ? { technology: component.technology } : {}),
        total: rate(load.total),
        reads: rate(load.reads),
        writes: rate(load.writes),
        perInstance: figure(load.perInstance),
        capacityPerInstance: figure(load.capacityPerInstance),
        cores: figure(load.cores),
        utilization: figure(load.utilization),
        instances: load.replicas,
        instancesNeededAtFull: figure(load.replicasAtFull),
        instancesNeeded: figure(load.replicasNeeded),
        ingress: figure(load.ingress),
        egress: figure(load.egress),
        ...(load.day ? { peakAt: timeOfDay(load.day.peak), busiestAt: timeOfDay(load.day.busiest) } : {}),
      },
    ];
  });

  const connections = [...analysis.traffic.connections.values()].map((c) => ({
    id: c.connection,
    total: rate(c.total),
    request: figure(c.request),
    answer: figure(c.answer),
  }));
  const storage = analysis.storage.entries.map((e) => ({
    element: e.element,
    store: e.store,
    perDay: figure(e.perDay),
    perDayWithCopies: figure(e.perDayWithCopies),
    retained: figure(e.retained),
    retainedWithCopies: figure(e.retainedWithCopies),
  }));
  const constants = design.lets.map((l) => ({
    name: l.id,
    expression: l.text,
    ...(l.value ? { value: l.value.value, unit: baseUnit(l.value.dimension) } : {}),
  }));
  const expectations = design.expectations.map((e) => ({ expression: e.text, ...(e.why ? { why: e.why } : {}), holds: e.holds ?? null }));

  return {
    version: 1,
    system: design.id,
    ...(design.scenario ? { scenario: design.scenario } : {}),
    ...(design.horizon ? { in: { value: design.horizon.value, unit: 's' } } : {}),
    ...(design.set ? { set: design.set } : {}),
    ...(design.traffic === undefined ? {} : { traffic: design.traffic }),
    ...(design.failed.length > 0 ? { failed: design.failed.map(targetText) } : {}),
    constants,
    flows,
    components,
    connections,
    waiting: waitingJson(waiting, figure),
    ...(closed.size > 0 ? { closed: closedJson(closed.values(), figure) } : {}),
    headroom: headroom.map((h) => ({
      component: h.component,
      utilization: figure(h.utilization),
      target: figure(h.target),
      toTarget: figure(h.toTarget),
      toFull: figure(h.toFull),
    })),
    ...(stability.length > 0 ? { stability: stabilityJson(stability, figure) } : {}),
    ...(fanOuts.length > 0 ? { fanOuts: fanOutJson(fanOuts, figure) } : {}),
    storage,
    limits: limitsJson(design, analysis, figure),
    ...(growth ? { growth: growthJson(growth, figure) } : {}),
    cost: {
      totals: cost.totals.map(figure),
      components: cost.components.map((c) => ({
        component: c.component,
        perMonth: figure(c.perMonth),
        ...(c.share === undefined ? {} : { share: c.share }),
      })),
      unpriced: cost.unpriced,
    },
    expectations,
    ...(derivations ? { derivations: derivations.entries } : {}),
  };
}

/** Times in seconds from now, 0 where that is so already. */
function growthJson({ sources, saturations, stocks }: Growth, figure: (estimate: Estimate) => object): object {
  return {
    sources: sources.map((s) => ({ component: s.component, perYear: figure(s.perYear) })),
    saturations: saturations.map((s) => ({ component: s.component, toTarget: figure(s.toTarget), toFull: figure(s.toFull) })),
    stocks: stocks.map(({ store, after }) => ({
      store,
      after: after.map(({ years, held }) => ({ years, heldWithCopies: figure(held) })),
    })),
  };
}
