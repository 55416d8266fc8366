import { type ElementId, type FailureEvent, type SingleFailure, sameItems } from '@sysd/core';

/** Everything that one failure does: the finding about it. */
export interface SinglePoint {
  readonly event: FailureEvent;
  /** Of a component with a primary: whether a standby is a single failure (alone, or as the primary is). */
  readonly standbys: boolean;
  /** Flows whose answer fails, and those of which only the completion does; in text order. */
  readonly answers: readonly SingleFailure[];
  readonly completions: readonly SingleFailure[];
}

const INSTANCES: readonly FailureEvent['kind'][] = ['instance', 'primary', 'standby', 'shard', 'sidecar'];

/** Whether the event is the failure of an instance of a component, rather than of what it stands on or of a whole provider. */
export function isInstance(event: FailureEvent): boolean {
  return INSTANCES.includes(event.kind);
}

/** Whether any instance of the component is meant, not only its primary or its standbys. */
export function isAnyInstance({ event, standbys }: SinglePoint): boolean {
  return event.kind === 'instance' || (event.kind === 'primary' && standbys);
}

export function isPlace(event: FailureEvent): boolean {
  return event.kind === 'zone' || event.kind === 'region';
}

/** Whether the event is something that several components stand on or share. */
export function isShared(event: FailureEvent): boolean {
  return isPlace(event) || event.kind === 'host' || event.kind === 'shared';
}

/** One finding per component, place or provider: the instances of a component in several places are one. */
export function singlePoints(singles: readonly SingleFailure[]): Map<string, SinglePoint> {
  const points = new Map<
    string,
    { event: FailureEvent; standbys: boolean; answers: Map<ElementId, SingleFailure>; completions: Map<ElementId, SingleFailure> }
  >();
  for (const single of singles) {
    const key = isInstance(single.event) ? `component:${single.event.element}` : single.event.id;
    let point = points.get(key);
    if (!point) {
      point = { event: single.event, standbys: false, answers: new Map(), completions: new Map() };
      points.set(key, point);
    }
    point.standbys ||= single.event.kind === 'standby';
    const flows = single.completion ? point.completions : point.answers;
    if (!flows.has(single.flow)) flows.set(single.flow, single);
  }
  return new Map(
    [...points].map(([key, { event, standbys, answers, completions }]) => [
      key,
      {
        event,
        standbys,
        answers: [...answers.values()],
        completions: [...completions.values()].filter((c) => !answers.has(c.flow)),
      },
    ]),
  );
}

/** Whether two points are the same failures. */
export function samePoint(a: SinglePoint, b: SinglePoint): boolean {
  return a.event === b.event && a.standbys === b.standbys && sameItems(a.answers, b.answers) && sameItems(a.completions, b.completions);
}
