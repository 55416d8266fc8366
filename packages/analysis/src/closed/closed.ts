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
import { type ClosedGroup, type ClosedGroups, closedGroups, keepClosedGroups } from './groups.ts';
import { type ClosedPlan, closedPlan, type FlowPart, keepClosedPlan } from './plan.ts';
import { closedSolution } from './solution.ts';
import { type Station, stationOf } from './station.ts';

export interface ClosedModel {
  readonly loads: RecordedMap<ClosedLoad>;
  /** Which flows follow from how many are online. */
  readonly updatePlan: () => ClosedPlan;
  readonly update: () => void;
}

/**
 * Users who think, of the versions of a design. A change makes again the flows and stations that it is about, and the solution of those clients
 * who meet there, where one of these is another one then. Costs nothing where nobody thinks.
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
  const part = new DerivedMap<FlowPart>(recorder, keepData);
  const cycles = new DerivedMap<CycleFlow>(recorder, keepData);
  const brought = new DerivedMap<Pieces<CyclePart>>(recorder);
  const parts = new GatheredMap(recorder, brought);
  const openParts = new GatheredMap(recorder, open);
  const stations = new DerivedMap<Station>(recorder, keepData);
  const groups = new Derived<ClosedGroups>(recorder, keepClosedGroups);
  const group = new DerivedMap<ClosedGroup>(recorder, keepData);
  const solutions = new DerivedMap<ReadonlyMap<ElementId, ClosedLoad>>(recorder, keepData);
  const loads = new DerivedMap<ClosedLoad>(recorder, keepData);

  const cycleOf = (id: ElementId): CycleFlow => cycleFlow(design, design.flows.get(id) as Flow, part.get(id) as FlowPart, outcomes.get(id));
  const update = (): void => {
    const { clients } = plan.value;
    const flows = [...plan.value.part.keys()];
    part.update(flows, (id) => plan.value.part.get(id) as FlowPart);
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
    const met = [...groups.update(() => closedGroups(plan.value, stations)).groups.keys()];
    group.update(met, (id) => groups.value.groups.get(id) as ClosedGroup);
    solutions.update(met, (id) => closedSolution({ design, cycles, stations, group: group.get(id) as ClosedGroup }));
    loads.update(
      clients.map((c) => c.client),
      (id) => solutions.get(groups.value.of.get(id) as ElementId)?.get(id) as ClosedLoad,
    );
  };
  return {
    loads,
    updatePlan: () => plan.update(() => closedPlan(demands.value.order, new Map(design.flows), design.components)),
    update,
  };
}
