import { type Design, type Diagnostic, type FailureEvent, instanceCount, type SingleFailure, shardCount } from '@sysd/core';

/** What a finding says to be a single point of failure, as `fail` names it; undefined for other findings, and for what `fail` cannot name. */
export function failureOf({ event }: Diagnostic, design: Design, singles: readonly SingleFailure[]): string | undefined {
  const single = event === undefined ? undefined : singles.find((s) => s.event.id === event);
  return single && failTargetOf(design, single.event);
}

/**
 * The failure of an event as it is written after `fail`: `us.a`, `api 1`, `lb@eu 1`. Undefined for events that a scenario cannot name by
 * themselves: hosts, shared fates, failover mechanisms, sidecars, and standbys, as the first instances fail first and the primary is the first.
 */
export function failTargetOf(design: Design, { kind, element, place }: FailureEvent): string | undefined {
  if (kind === 'zone' || kind === 'region') return element;
  const component = design.components.get(element);
  if (!component || kind === 'host' || kind === 'shared' || kind === 'failover' || kind === 'sidecar' || kind === 'standby')
    return undefined;
  const copy =
    component.copies.length > 1 ? component.copies.find((c) => c.place !== undefined && inside(design, place, c.place)) : undefined;
  const name = copy ? `${element}@${copy.place}` : element;
  const alone = (copy ? 1 : component.copies.length) === 1 && instanceCount(component) / component.copies.length <= 1;
  return kind === 'managed' || (alone && shardCount(component) <= 1) ? name : `${name} 1`;
}

/** Whether a place is another one, or a zone of it. */
const inside = (design: Design, place: string | undefined, outer: string): boolean =>
  place !== undefined && (place === outer || design.places.get(place)?.region === outer);
