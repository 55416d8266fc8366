import {
  COUNT,
  complement,
  type Design,
  type ElementId,
  type Estimate,
  type Figure,
  notEstimated,
  type Property,
  type PropertyBag,
  property,
  type Quantity,
} from '@sysd/core';
import { compute, propertyLeaf } from '../../figure/make.ts';
import type { EventClass } from '../fault-tree.ts';

/**
 * Probability that one event of a class is down at any moment, as the design says it: 1 − `availability`, or mttr / (mtbf + mttr). A zone
 * without its own has its region's `zone-availability`; a failover fails with 1 − `failover-success`; a sidecar is the mesh's.
 */
export function eventProbability(design: Design, event: EventClass): Estimate {
  const { element } = event;
  const component = design.components.get(element);
  const place = design.places.get(element);
  switch (event.kind) {
    case 'failover': {
      const said = component && property(component.properties, 'failover-success');
      return said ? oneMinus(element, 'failover-success', said as Property<Quantity>) : unknown(element, 'failover-success');
    }
    case 'sidecar': {
      for (const mesh of design.components.values()) {
        if (mesh.kind !== 'mesh' || !property(mesh.properties, 'covers')?.value.some((n) => n.name === element)) continue;
        const said = property(mesh.properties, 'sidecar-availability');
        if (said) return oneMinus(mesh.id, 'sidecar-availability', said as Property<Quantity>);
      }
      return unknown(element, 'sidecar-availability');
    }
    case 'zone':
    case 'region': {
      if (!place) return unknown(element, 'availability');
      const own = saidBy(element, place.properties);
      if (own) return own;
      const region = place.region === undefined ? undefined : design.places.get(place.region);
      const zones = region && property(region.properties, 'zone-availability');
      return region && zones ? oneMinus(region.id, 'zone-availability', zones as Property<Quantity>) : unknown(element, 'availability');
    }
    case 'host':
    case 'shared':
      return unknown(element, 'availability');
    default:
      return (component && saidBy(element, component.properties)) ?? unknown(element, 'availability');
  }
}

/** `mtbf` and `mttr` count where they are said closer to the element than `availability` is. */
function saidBy(element: ElementId, bag: PropertyBag): Estimate | undefined {
  const availability = property(bag, 'availability') as Property<Quantity> | undefined;
  const mtbf = property(bag, 'mtbf') as Property<Quantity> | undefined;
  const mttr = property(bag, 'mttr') as Property<Quantity> | undefined;
  const own = mtbf && mttr && (!availability || (isOwn(mtbf) && isOwn(mttr) && !isOwn(availability)));
  if (own) {
    const inputs: Figure[] = [propertyLeaf(`${element}.mttr`, mttr), propertyLeaf(`${element}.mtbf`, mtbf)];
    return compute(`unavailability of ${element}`, 'mttr ÷ (mtbf + mttr)', inputs, COUNT, (r = 0, f = 0) => r / (f + r));
  }
  if (availability) return oneMinus(element, 'availability', availability);
  if (mtbf) return notEstimated(`${element} has mtbf but no mttr`);
  if (mttr) return notEstimated(`${element} has mttr but no mtbf`);
  return undefined;
}

const isOwn = (p: Property): boolean => p.origin.kind === 'declared' || p.origin.kind === 'scenario';

function oneMinus(element: ElementId, name: string, said: Property<Quantity>): Estimate {
  return compute(`share of failures: ${element}`, `1 − ${name}`, [propertyLeaf(`${element}.${name}`, said)], COUNT, (a = 0) =>
    Math.min(1, Math.max(0, complement(a))),
  );
}

const unknown = (element: ElementId, name: string): Estimate => notEstimated(`${element} has no ${name}`);
