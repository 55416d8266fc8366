import { analyse } from '@sysd/analysis';
import { type Analysis, type Component, type Design, type ElementId, property } from '@sysd/core';
import { mentionedComponents } from '../../shared/mentions.ts';
import { isInstance, isShared, type SinglePoint, singlePoints } from './grouping.ts';
import { type Verdict, verdictOf } from './policy.ts';

/**
 * What there is to tell. Shared things (places, hosts, fates) count only where they fail a flow by more than components that are single
 * points of failure by themselves: one instance in zone a is one fault, not one of the instance, one of the zone and one of the region.
 */
export function pointsOf(design: Design, analysis: Analysis): { readonly point: SinglePoint; readonly verdict: Verdict }[] {
  const judge = (point: SinglePoint) => ({ point, verdict: verdictOf(design, point) });
  const points = singlePoints(analysis).map(judge);
  const alone = new Set(points.filter((p) => isInstance(p.point.event)).map((p) => p.point.event.element));
  const [certain, doubtful] = partition(points, ({ point, verdict }) => alone.size === 0 || verdict.quiet || !isShared(point.event));
  if (!doubtful.some((p) => mayFailMore(design, p.point, alone))) return certain;
  // As if those components stood nowhere in particular: what is still there is a fault of its own.
  const shared = singlePoints(analyse(unplaced(design, alone))).map(judge);
  return [...certain, ...shared.filter(({ point, verdict }) => isShared(point.event) && !verdict.quiet)];
}

function partition<T>(all: readonly T[], test: (one: T) => boolean): [T[], T[]] {
  return [all.filter(test), all.filter((one) => !test(one))];
}

/**
 * Whether a component that is no single point of failure by itself loses all instances with the event, or several. A necessary condition
 * (losing one of several is losing an instance, which is not fatal to it), and cheap: mostly it spares the second analysis.
 */
function mayFailMore(design: Design, { event, answers, completions }: SinglePoint, alone: ReadonlySet<ElementId>): boolean {
  const flows = [...answers, ...completions].map((s) => design.flows.get(s.flow));
  const used = new Set([...mentionedComponents(design), ...flows.flatMap((flow) => flow?.stops.map((s) => s.component) ?? [])]);
  for (const component of design.components.values()) {
    if (alone.has(component.id) || !used.has(component.id)) continue;
    if (event.kind === 'host' || event.kind === 'shared') {
      const names = property(component.properties, event.kind === 'host' ? 'host' : 'shares')?.value;
      if (names?.some((n) => n.name === event.element)) return true;
      continue;
    }
    for (const copy of component.copies) {
      let lost = 0;
      let all = 0;
      for (const { place = copy.place, count } of copy.instances) {
        all += count;
        if (place !== undefined && (place === event.element || design.places.get(place)?.region === event.element)) lost += count;
      }
      if (lost > 1 || (lost > 0 && lost === all)) return true;
    }
  }
  return false;
}

function unplaced(design: Design, ids: ReadonlySet<ElementId>): Design {
  const components = new Map([...design.components].map(([id, c]): [ElementId, Component] => [id, ids.has(id) ? floating(c) : c]));
  return { ...design, components };
}

function floating(component: Component): Component {
  const properties = new Map(component.properties);
  properties.delete('host');
  properties.delete('shares');
  const copies = component.copies.map((copy) => ({
    instances: copy.instances.map(({ count }) => ({ count })),
    ...(copy.place === undefined || component.copies.length === 1 ? {} : { place: copy.place }),
  }));
  return { ...component, properties, copies };
}
