import type { Accept, Diagnostic } from '@sysd/core';
import type { Raw } from './rule.ts';

export interface Accepted {
  readonly diagnostics: readonly Diagnostic[];
  /** Accepts that matched something, by their place in `design.accepts`. */
  readonly used: ReadonlySet<number>;
}

/** Applies accepts to findings. Where nothing has changed since it was last asked, the diagnostics are the same objects. */
export type ApplyAccepts = (accepts: readonly Accept[], raws: readonly Raw[]) => Accepted;

/**
 * One accept silences a finding of its rule if it names the element that the finding is about, or if every element that the finding
 * affects is named by accepts of the rule (so accepting one of two failing flows leaves the finding).
 */
export function acceptor(): ApplyAccepts {
  const accepted = new WeakMap<Diagnostic, Diagnostic>();
  const acceptedFor = (diagnostic: Diagnostic, reason: string): Diagnostic => {
    const before = accepted.get(diagnostic);
    if (before?.accepted === reason) return before;
    const now = { ...diagnostic, accepted: reason };
    accepted.set(diagnostic, now);
    return now;
  };
  return (accepts, raws) => {
    const used = new Set<number>();
    const diagnostics: Diagnostic[] = [];
    const byRule = indexed(accepts);
    for (const { diagnostic, quiet } of raws) {
      const reason = reasonFor(byRule.get(diagnostic.rule), diagnostic, used);
      if (reason !== undefined) diagnostics.push(acceptedFor(diagnostic, reason));
      else if (!quiet) diagnostics.push(diagnostic);
    }
    return { diagnostics, used };
  };
}

/** Accepts of one rule by element: their places, and the reason of the first. */
type ByElement = Map<string, { readonly reason: string; readonly places: number[] }>;

function indexed(accepts: readonly Accept[]): Map<string, ByElement> {
  const byRule = new Map<string, ByElement>();
  accepts.forEach(({ rule, element, reason }, place) => {
    const byElement: ByElement = byRule.get(rule) ?? new Map();
    byRule.set(rule, byElement);
    const known = byElement.get(element);
    if (known) known.places.push(place);
    else byElement.set(element, { reason, places: [place] });
  });
  return byRule;
}

function reasonFor(byElement: ByElement | undefined, { element, affects = [] }: Diagnostic, used: Set<number>): string | undefined {
  if (!byElement) return undefined;
  const reasonOf = (name: string): string | undefined => {
    const found = byElement.get(name);
    for (const place of found?.places ?? []) used.add(place);
    return found?.reason;
  };
  const whole = element === undefined ? undefined : reasonOf(element);
  const each = affects.map(reasonOf);
  if (whole !== undefined) return whole;
  return each.length > 0 && !each.includes(undefined) ? [...new Set(each)].join('; ') : undefined;
}
