import { type Design, type ElementId, type FailureEvent, type Flow, type Severity, sameData, valueIn } from '@sysd/core';
import type { Input } from '../../rule.ts';
import type { SinglePoint } from './grouping.ts';

/** Whether a single failure is worth a word: `quiet` ones are shown only where the author accepts them by name. */
export type Verdict = {
  readonly severity: Severity;
  readonly quiet: boolean;
  readonly objective?: { readonly flow: ElementId; readonly text: string };
};

/** What was judged before, where the judgement is the same. */
export function keepVerdict<J extends { readonly point: SinglePoint; readonly verdict: Verdict }>(before: J, now: J): J {
  return before.point === now.point && sameData(before.verdict, now.verdict) ? before : now;
}

const QUIET: Verdict = { severity: 'info', quiet: true };

/**
 * An instance that alone stops a flow is a fault. A place is one where the design has another of its kind to go to, or promises more
 * than one place gives; a design in one region would otherwise be told so for ever. A provider is what the author has bought: it is
 * worth a word where it promises less than the flow does.
 */
export function verdictOf({ design, index }: Pick<Input, 'design' | 'index'>, point: SinglePoint): Verdict {
  const severity: Severity = point.answers.length > 0 ? 'error' : 'warning';
  const { event } = point;
  switch (event.kind) {
    case 'zone':
    case 'region': {
      const others = index.placesInUse.filter((id) => id !== event.element && alike(design, id, event.element));
      if (others.length > 0) return { severity: event.kind === 'region' ? 'warning' : severity, quiet: false };
      const objective = missedObjective(design, point, availabilityOf(design, event) ?? ALONE[event.kind]);
      return objective ? { severity: 'warning', quiet: false, objective } : QUIET;
    }
    case 'managed': {
      const availability = availabilityOf(design, event);
      if (availability === undefined) {
        const external = design.components.get(event.element)?.kind === 'external';
        return external && point.answers.length > 0 ? { severity: 'info', quiet: false } : QUIET;
      }
      const objective = missedObjective(design, point, availability);
      return objective ? { severity: 'warning', quiet: false, objective } : QUIET;
    }
    default:
      return { severity, quiet: false };
  }
}

/** What one zone and one region are taken to give where the design does not say: AWS, SLA of one instance and of a region (2022). */
const ALONE = { zone: 0.995, region: 0.9999 } as const;

function alike(design: Design, a: ElementId, b: ElementId): boolean {
  return design.places.get(a)?.kind === design.places.get(b)?.kind;
}

function availabilityOf(design: Design, event: FailureEvent): number | undefined {
  const place = design.places.get(event.element);
  const own = valueIn((place ?? design.components.get(event.element))?.properties ?? new Map(), 'availability')?.value;
  if (own !== undefined || place?.region === undefined) return own;
  return valueIn(design.places.get(place.region)?.properties ?? new Map(), 'zone-availability')?.value;
}

/** The first flow whose availability objective is beyond what the one thing gives. */
function missedObjective(design: Design, point: SinglePoint, availability: number): Verdict['objective'] {
  for (const { flow: id, completion } of [...point.answers, ...point.completions]) {
    const flow = design.flows.get(id) as Flow;
    for (const o of flow.objectives) {
      if (o.metric !== 'availability' || (completion && !o.completion) || o.bound.value <= availability) continue;
      return { flow: id, text: `${Number((o.bound.value * 100).toPrecision(12))} %` };
    }
  }
  return undefined;
}
