import {
  type ClosedLoad,
  Derived,
  DerivedMap,
  type ElementId,
  type Flow,
  GatheredMap,
  keepData,
  type Pieces,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
} from '@sysd/core';
import type { Contribution } from '../traffic/contributions.ts';
import type { DemandPlan } from '../traffic/demand.ts';
import type { FlowOutcome } from '../traffic/outcomes.ts';
import { type CycleFlow, type CyclePart, cycleFlow } from './cycle.ts';
import { type ClosedPlan, closedPlan, keepClosedPlan } from './plan.ts';
import { closedSolution } from './solution.ts';
import { type Station, stationOf } from './station.ts';

export interface ClosedModel {
  /** Which flows follow from how many are online. Reading it is recorded. */
  readonly plan: Derived<ClosedPlan>;
  readonly loads: RecordedMap<ClosedLoad>;
  readonly updatePlan: () => ClosedPlan;
  readonly update: () => void;
}

/**
 * Users who think, of the versions of a design. A change makes again the flows and stations that it is about; the solution, which is about all,
 * where one of these is another one then. Costs nothing where nobody thinks.
 * @param open what those flows bring to components whose rates do not follow from users who think
 */
export function closedOf(
  recorder: Recorder,
  design: RecordedDesign,
  outcomes: RecordedMap<FlowOutcome>,
  demands: Derived<DemandPlan>,
  open: DerivedMap<Pieces<Contribution>>,
): ClosedModel {
  const plan = new Derived<ClosedPlan>(recorder, keepClosedPlan);
  const cycles = new DerivedMap<CycleFlow>(recorder, keepData);
  const brought = new DerivedMap<Pieces<CyclePart>>(recorder);
  const parts = new GatheredMap(recorder, brought);
  const openParts = new GatheredMap(recorder, open);
  const stations = new DerivedMap<Station>(recorder, keepData);
  const solution = new Derived<ReadonlyMap<ElementId, ClosedLoad>>(recorder, keepData);
  const loads = new DerivedMap<ClosedLoad>(recorder, keepData);

  const cycleOf = (id: ElementId): CycleFlow => {
    const { clients, clientOf } = plan.value;
    const client = clientOf.get(id) as ElementId;
    const of = clients.find((c) => c.client === client);
    const own = of?.own.find((f) => f.flow === id);
    const runs = (own ?? of?.following.find((f) => f.flow === id))?.runs ?? 0;
    return cycleFlow(design, design.flows.get(id) as Flow, client, own !== undefined, runs, outcomes.get(id));
  };
  const update = (): void => {
    const { clients, clientOf } = plan.value;
    const flows = [...clientOf.keys()];
    cycles.update(flows, cycleOf);
    brought.update(flows, (id) => (cycles.get(id) as CycleFlow).parts);
    parts.gather();
    openParts.gather();
    stations.update(parts.ids, (id) => {
      const component = design.components.get(id);
      return component
        ? stationOf(design, component, parts.get(id) ?? [], openParts.get(id) ?? [])
        : { component: id, servers: 1, open: { notEstimated: `${id} is not there` }, classes: new Map() };
    });
    solution.update(() => closedSolution({ design, clients: plan.value.clients, cycles, stations }));
    loads.update(
      clients.map((c) => c.client),
      (id) => solution.value.get(id) as ClosedLoad,
    );
  };
  return {
    plan,
    loads,
    updatePlan: () => plan.update(() => closedPlan(demands.value.order, new Map(design.flows), design.components)),
    update,
  };
}
