import {
  COUNT,
  type Component,
  type Design,
  type ElementId,
  type Estimate,
  type Figure,
  isFigure,
  known,
  notEstimated,
  property,
  TIME,
} from '@sysd/core';
import { compute } from '../figure/make.ts';
import { ownMean, serversOf } from '../latency/own-time.ts';
import { replicatesWrites } from '../scenario/roles.ts';
import { notSized } from '../traffic/capacity.ts';
import { sizeOf } from '../traffic/component-load.ts';
import type { Contribution } from '../traffic/contributions.ts';
import { copiesUp, type Sizing } from '../traffic/sizing.ts';
import type { CyclePart } from './cycle.ts';

/** What the users of one client ask of a station in a cycle. */
export interface StationClass {
  /** Time of one visit when nobody else is there: service, or the latency where that is longer. */
  readonly alone: Estimate;
  /** Time of service of a visit, s; undefined: nobody ever waits there. */
  readonly service?: Figure;
  /** Work of a cycle at the busiest instance, as time of the whole instance, s: by visits that are waited for, and by others. */
  readonly busy: number;
  readonly background: number;
}

/** A component as a station of a closed system: one queue in front of the cores of its busiest instance. */
export interface Station {
  readonly component: ElementId;
  readonly servers: number;
  /** Utilisation by open traffic at peak. */
  readonly open: Estimate;
  readonly classes: ReadonlyMap<ElementId, StationClass>;
}

/** A component as station, for the clients whose users reach it. Sizes are those of `sizeOf`, so that the load is the one that is told. */
export function stationOf(design: Design, component: Component, cycle: readonly CyclePart[], open: readonly Contribution[]): Station {
  const { id } = component;
  const clients = [...new Set(cycle.map((p) => p.client))];
  const managed = notSized(component);
  // What is taken from a broker loads its consumer, not the broker.
  const counts = ({ operation }: Contribution) => !replicatesWrites(component) || (operation !== 'consume' && operation !== 'start');
  const loadOf = (all: readonly Contribution[]): { readonly size: Sizing; readonly utilization: Estimate } | undefined => {
    const parts = all.filter(counts);
    if (parts.length === 0) return undefined;
    const size = sizeOf(design, component, parts);
    return { size, utilization: atTopOfRange(design, component, size) };
  };
  const classes = new Map(
    clients.map((client): [ElementId, StationClass] => {
      const of = (waited: boolean) => cycle.filter((p) => p.client === client && p.waited === waited).map((p) => p.contribution);
      const waited = loadOf(of(true));
      const left = loadOf(of(false));
      const own = ownMean(component);
      if (managed !== undefined || (waited && !isFigure(waited.size.capacityPerInstance) && isFigure(own)))
        return [client, { alone: own, busy: 0, background: 0 }];
      const none = { busy: known(waited?.utilization) ?? 0, background: known(left?.utilization) ?? 0 };
      const unknown = [waited, left].map((l) => l?.utilization).find((u) => u && !isFigure(u));
      if (unknown) return [client, { alone: unknown, ...none }];
      if (!waited) return [client, { alone: own, ...none }];
      const service = serviceTime(component, waited.size);
      if (!isFigure(service)) return [client, { alone: service, ...none }];
      return [client, { alone: isFigure(own) && own.value > service.value ? own : service, service, ...none }];
    }),
  );
  const loaded = managed === undefined ? loadOf(open)?.utilization : undefined;
  return {
    component: id,
    servers: serversOf(component),
    open: loaded ?? { value: 0, dimension: COUNT, label: 'no open traffic' },
    classes,
  };
}

/** S = c ÷ capacity, the time of the open model's M/M/c. */
function serviceTime(component: Component, { capacityPerInstance }: Sizing): Estimate {
  const c = serversOf(component);
  const label = `service time of ${component.id}`;
  if (!isFigure(capacityPerInstance)) return notEstimated(capacityPerInstance.notEstimated);
  return compute(label, c === 1 ? '1 ÷ capacity' : `${c} servers ÷ capacity`, [capacityPerInstance], TIME, (capacity) => c / capacity);
}

/** What grows and shrinks with the load is taken with the most instances of its range. */
function atTopOfRange(design: Design, component: Component, size: Sizing): Estimate {
  const range = property(component.properties, 'autoscale')?.value.range;
  if (!range || property(component.properties, 'mode')?.value === 'active-passive') return size.utilization;
  const serving = size.replicas / copiesUp(design, component);
  return compute(`utilisation of ${component.id}`, 'at the top of its range', [size.utilization], COUNT, (u) => (u * serving) / range.high);
}
