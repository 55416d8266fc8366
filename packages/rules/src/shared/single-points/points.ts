import { analyser } from '@sysd/analysis';
import {
  Derived,
  DerivedMap,
  type ElementId,
  InputMap,
  keepMembers,
  type RecordedAnalysis,
  type RecordedDesign,
  type RecordedMap,
  type Recorder,
  type SingleFailure,
} from '@sysd/core';
import type { DesignIndex } from '../design-index.ts';
import { takesDown } from '../standing.ts';
import { isInstance, isShared, type SinglePoint, samePoint, singlePoints } from './grouping.ts';
import { keepVerdict, type Verdict, verdictOf } from './policy.ts';
import { unplacer } from './unplaced.ts';

/** What alone makes flows fail, and what is to be said of it. */
export interface JudgedPoint {
  readonly point: SinglePoint;
  readonly verdict: Verdict;
}

const NOTHING: readonly SingleFailure[] = [];

/**
 * What there is to tell. Shared things (places, hosts, fates) count only where they fail a flow by more than components that are single
 * points of failure by themselves: one instance in zone a is one fault, not one of the instance, one of the zone and one of the region.
 */
export function pointsOf(
  recorder: Recorder,
  design: RecordedDesign,
  analysis: RecordedAnalysis,
  index: DesignIndex,
): { readonly points: InputMap<JudgedPoint>; readonly update: () => void } {
  const all = judged(recorder, design, index);
  const apart = judged(recorder, design, index);
  const alone = new Derived<ReadonlySet<ElementId>>(recorder, keepMembers);
  const moreThanThose = new Derived<boolean>(recorder);
  const points = new InputMap<JudgedPoint>(recorder);
  const withoutPlaces = unplacer();
  const analyseApart = analyser();

  const isCertain = ({ point, verdict }: JudgedPoint): boolean => alone.value.size === 0 || verdict.quiet || !isShared(point.event);
  const told = (): ReadonlyMap<string, JudgedPoint> => {
    const certain = [...all.points].filter(([, p]) => isCertain(p));
    // As if those components stood nowhere in particular: what is still there is a fault of its own.
    const shared = [...apart.points].filter(([, { point, verdict }]) => isShared(point.event) && !verdict.quiet);
    const points = new Map(certain);
    // Under its own key, so that a point is the same subject whichever analysis finds it; both have it at most once.
    for (const [key, p] of shared) points.set(points.has(key) ? `apart ${key}` : key, p);
    return points;
  };
  const list = new Derived<ReadonlyMap<string, JudgedPoint>>(recorder);

  const update = (): void => {
    all.update(analysis.failures.singles);
    alone.update(() => new Set([...all.points.values()].flatMap(({ point: { event } }) => (isInstance(event) ? [event.element] : []))));
    const more = moreThanThose.update(() =>
      [...all.points.values()].some((p) => !isCertain(p) && mayFailMore(design, index, p.point, alone.value)),
    );
    apart.update(more ? analyseApart(withoutPlaces(design.plain, alone.value)).failures.singles : NOTHING);
    points.update(list.update(told));
  };
  return { points, update };
}

/** The points of the single failures given, each with its verdict. */
function judged(
  recorder: Recorder,
  design: RecordedDesign,
  index: DesignIndex,
): { readonly points: RecordedMap<JudgedPoint>; readonly update: (singles: readonly SingleFailure[]) => void } {
  const grouped = new InputMap<SinglePoint>(recorder);
  const points = new DerivedMap<JudgedPoint>(recorder, keepVerdict);
  let latest: readonly SingleFailure[] | undefined;
  const update = (singles: readonly SingleFailure[]): void => {
    if (singles !== latest) {
      latest = singles;
      const next = singlePoints(singles);
      for (const [key, point] of next) {
        const before = grouped.plain.get(key);
        if (before && samePoint(before, point)) next.set(key, before);
      }
      grouped.update(next);
    }
    points.update(grouped.ids, (key) => {
      const point = grouped.get(key) as SinglePoint;
      return { point, verdict: verdictOf({ design, index }, point) };
    });
  };
  return { points, update };
}

/**
 * Whether a component that is no single point of failure by itself loses all instances with the event, or several. A necessary condition
 * (losing one of several is losing an instance, which is not fatal to it), and cheap: mostly it spares the second analysis.
 */
function mayFailMore(
  design: RecordedDesign,
  index: DesignIndex,
  { event, answers, completions }: SinglePoint,
  alone: ReadonlySet<ElementId>,
): boolean {
  const standing = index.standing.get(takesDown(event));
  if (!standing) return false;
  const flows = [...answers, ...completions].map((s) => design.flows.get(s.flow));
  const used = new Set(flows.flatMap((flow) => flow?.stops.map((s) => s.component) ?? []));
  return standing.some((id) => !alone.has(id) && (used.has(id) || index.mentioned.has(id)));
}
