import {
  type ClosedLoad,
  type Component,
  type ComponentLoad,
  type ConnectionLoad,
  Derived,
  DerivedMap,
  type Design,
  type ElementId,
  type Estimate,
  type Flow,
  type FlowDemand,
  type FlowTraffic,
  GatheredMap,
  keepData,
  keepPieces,
  notEstimated,
  type Pieces,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
  type Traffic,
} from '@sysd/core';
import { closedOf } from '../closed/closed.ts';
import { isLoadedByUsers } from '../closed/loaded.ts';
import { bytesOf } from './bytes.ts';
import { loadOf, sizeOf } from './component-load.ts';
import { connectionLoad } from './connection-load.ts';
import { type Contribution, contributionsOf, scatterOf } from './contributions.ts';
import { demandOf, demandPlan, keepPlan } from './demand.ts';
import { type ComponentBytes, type ConnectionPart, type FlowBytes, flowBytes } from './flow-bytes.ts';
import { type FlowRates, flowRates } from './flow-rates.ts';
import { keepRates } from './keep-rates.ts';
import type { FlowOutcome } from './outcomes.ts';
import { withQueueOfItsOwn } from './shared-queue.ts';
import type { Sizing } from './sizing.ts';

/** Traffic with what the other analyses need of it beside the published results. Reading it is recorded. */
export interface TrafficModel {
  readonly flows: RecordedMap<FlowTraffic>;
  /** What flows bring to each component, in text order; nothing where none reaches it. */
  readonly contributions: RecordedMap<readonly Contribution[]>;
  readonly sizing: RecordedMap<Sizing>;
  /** Whether users who think load it: they fill what serves them, so that no number of instances is what the peak needs. */
  readonly byUsers: RecordedMap<boolean>;
  readonly components: RecordedMap<ComponentLoad>;
  readonly connections: RecordedMap<ConnectionLoad>;
  readonly outcomes: RecordedMap<FlowOutcome>;
}

/** Rates of a flow under both demands. */
interface Rates {
  readonly flow: Flow;
  readonly average: FlowRates;
  readonly peak: FlowRates;
}

const NONE: readonly never[] = [];
const NOBODY: ReadonlyMap<ElementId, ClosedLoad> = new Map();

/**
 * Rates, bytes and sizes of the versions of a design. `outcomes` says what a scenario makes of each flow; a flow without one runs as if
 * nothing had failed.
 */
export function trafficOf(
  recorder: Recorder,
  design: RecordedDesign,
  outcomes: RecordedMap<FlowOutcome>,
): { readonly model: TrafficModel; readonly update: () => Traffic } {
  const plan = new Derived(recorder, keepPlan);
  const demands = new DerivedMap<FlowDemand>(recorder, keepData);
  const rates = new DerivedMap(recorder, keepBoth);
  const flows = new DerivedMap<FlowTraffic>(recorder, keepData);
  const brought = new DerivedMap<Pieces<Contribution>>(recorder, keepPieces);
  const bytes = new DerivedMap<FlowBytes>(recorder, keepBytes);
  const bytesByComponent = new DerivedMap<Pieces<ComponentBytes>>(recorder);
  const bytesByConnection = new DerivedMap<Pieces<ConnectionPart>>(recorder);
  const contributions = new GatheredMap(recorder, brought);
  const componentBytes = new GatheredMap(recorder, bytesByComponent);
  const connectionParts = new GatheredMap(recorder, bytesByConnection);
  const sizing = new DerivedMap<Sizing>(recorder, keepData);
  const byUsers = new DerivedMap<boolean>(recorder, keepData);
  const components = new DerivedMap<ComponentLoad>(recorder, keepData);
  const connections = new DerivedMap<ConnectionLoad>(recorder, keepData);

  // Of the flows that do not follow from users who think, where there are such users: what these meet.
  const openDemands = new DerivedMap<FlowDemand>(recorder, keepData);
  const openRates = new DerivedMap(recorder, keepBoth);
  const openBrought = new DerivedMap<Pieces<Contribution>>(recorder, keepPieces);
  const closed = closedOf(recorder, design, outcomes, plan, openBrought);

  const flowOf = (id: ElementId): Flow => design.flows.get(id) as Flow;
  const componentOf = (id: ElementId): Component => design.components.get(id) as Component;
  const partsOf = (id: ElementId): readonly Contribution[] => contributions.get(id) ?? NONE;
  const ratesOf = (id: ElementId, demand: FlowDemand): Rates => {
    const flow = flowOf(id);
    const outcome = outcomes.get(id);
    const context = { design, ...(outcome ? { outcome } : {}) };
    return {
      flow,
      average: flowRates(context, flow, demand.average, 'average'),
      peak: flowRates(context, flow, demand.peak, 'peak'),
    };
  };

  const contributionsBy = (id: ElementId, demand: FlowDemand, { average, peak }: Rates): Pieces<Contribution> =>
    contributionsOf(design, flowOf(id), demand, average, peak, outcomes.get(id));
  /** Whether it is computed apart, as what users who think meet. */
  const isOpen = (id: ElementId): boolean => openDemands.has(id);

  const updateFlows = (ids: readonly ElementId[]): void => {
    const { order } = plan.update(() => demandPlan(new Map(design.flows)));
    const { part } = closed.updatePlan();
    const open = part.size > 0 ? order.filter((id) => !part.has(id)) : NONE;
    openDemands.update(open, (id) => demandOf(design, flowOf(id), plan.value.cycles.get(id), openDemands, NOBODY));
    openRates.update(open, (id) => ratesOf(id, openDemands.get(id) as FlowDemand));
    openBrought.update(open, (id) => contributionsBy(id, openDemands.get(id) as FlowDemand, openRates.get(id) as Rates));
    closed.update();
    demands.update(order, (id) =>
      isOpen(id) ? (openDemands.get(id) as FlowDemand) : demandOf(design, flowOf(id), plan.value.cycles.get(id), demands, closed.loads),
    );
    rates.update(ids, (id) => (isOpen(id) ? (openRates.get(id) as Rates) : ratesOf(id, demands.get(id) as FlowDemand)));
    flows.update(ids, (id) => flowTraffic(design, flowOf(id), demands.get(id) as FlowDemand, rates.get(id) as Rates));
    brought.update(ids, (id) =>
      isOpen(id)
        ? (openBrought.get(id) as Pieces<Contribution>)
        : contributionsBy(id, demands.get(id) as FlowDemand, rates.get(id) as Rates),
    );
    bytes.update(ids, (id) => {
      const { average, peak } = rates.get(id) as Rates;
      return flowBytes(design, flowOf(id), average, peak, (demands.get(id) as FlowDemand).profile);
    });
    bytesByComponent.update(ids, (id) => (bytes.get(id) as FlowBytes).components);
    bytesByConnection.update(ids, (id) => (bytes.get(id) as FlowBytes).connections);
  };

  const update = (): Traffic => {
    updateFlows(design.flows.ids);
    contributions.gather();
    componentBytes.gather();
    connectionParts.gather();
    byUsers.update(design.components.ids, (id) => isLoadedByUsers({ closed: closed.loads }, id));
    sizing.update(design.components.ids, (id) => {
      const size = withQueueOfItsOwn(design, sizeOf(design, componentOf(id), partsOf(id)), partsOf);
      if (!byUsers.get(id)) return size;
      const filled = notEstimated(`users who think fill ${id}, however many it has`);
      return { ...size, replicasAtFull: filled, replicasNeeded: filled, neededPerCopy: filled };
    });
    components.update(design.components.ids, (id) =>
      loadOf(componentOf(id), partsOf(id), sizing.get(id) as Sizing, componentBytes.get(id) ?? NONE),
    );
    connections.update(design.connections.ids, (id) => connectionLoad(id, connectionParts.get(id)));
    return { flows: flows.plain, components: components.plain, connections: connections.plain, closed: closed.loads.plain };
  };
  return { model: { flows, contributions, sizing, byUsers, components, connections, outcomes }, update };
}

function keepBoth(before: Rates, now: Rates): Rates {
  const average = keepRates(now.flow, before.average, now.average);
  const peak = keepRates(now.flow, before.peak, now.peak);
  return average === before.average && peak === before.peak && now.flow === before.flow ? before : { flow: now.flow, average, peak };
}

function keepBytes(before: FlowBytes, now: FlowBytes): FlowBytes {
  const components = keepPieces(before.components, now.components);
  const connections = keepPieces(before.connections, now.connections);
  return components === before.components && connections === before.connections ? before : { components, connections };
}

function flowTraffic(design: Design, flow: Flow, demand: FlowDemand, { average, peak }: Rates): FlowTraffic {
  return {
    flow: flow.id,
    demand,
    stops: flow.stops.map((_, i) => ({ average: average.stops[i] as Estimate, peak: peak.stops[i] as Estimate })),
    hops: flow.hops.map((hop, i) => {
      const rate = { average: average.hops[i] as Estimate, peak: peak.hops[i] as Estimate };
      return {
        rate,
        targets: hop.to.map((_, t) => ({ average: average.targets[i]?.[t] as Estimate, peak: peak.targets[i]?.[t] as Estimate })),
        scatter: scatterOf(design, hop),
        request: bytesOf(design, flow, hop, 'request', rate.peak),
        answer: bytesOf(design, flow, hop, 'answer', rate.peak),
      };
    }),
  };
}
