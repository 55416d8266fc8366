import type { Design, Diagnostic } from '@sysd/core';
import type { Raw } from './rule.ts';

export interface Accepted {
  readonly diagnostics: readonly Diagnostic[];
  /** Accepts that matched something, by their place in `design.accepts`. */
  readonly used: ReadonlySet<number>;
}

/**
 * Applies the design's accepts. One silences a finding of its rule if it names the element that the finding is about, or if every
 * element that the finding affects is named by accepts of the rule (so accepting one of two failing flows leaves the finding).
 */
export function applyAccepts(design: Design, raws: readonly Raw[]): Accepted {
  const used = new Set<number>();
  const diagnostics: Diagnostic[] = [];
  for (const { diagnostic, quiet } of raws) {
    const reasons = matching(design, diagnostic);
    for (const index of reasons.touched) used.add(index);
    if (reasons.reason !== undefined) diagnostics.push({ ...diagnostic, accepted: reasons.reason });
    else if (!quiet) diagnostics.push(diagnostic);
  }
  return { diagnostics, used };
}

function matching(design: Design, diagnostic: Diagnostic): { readonly touched: readonly number[]; readonly reason?: string } {
  const affects = diagnostic.affects ?? [];
  const touched: number[] = [];
  const covered = new Map<string, string>();
  design.accepts.forEach((accept, index) => {
    if (accept.rule !== diagnostic.rule) return;
    if (accept.element !== diagnostic.element && !affects.includes(accept.element)) return;
    touched.push(index);
    if (!covered.has(accept.element)) covered.set(accept.element, accept.reason);
  });
  const whole = diagnostic.element === undefined ? undefined : covered.get(diagnostic.element);
  if (whole !== undefined) return { touched, reason: whole };
  if (affects.length > 0 && affects.every((a) => covered.has(a))) {
    return { touched, reason: [...new Set(affects.map((a) => covered.get(a) as string))].join('; ') };
  }
  return { touched };
}
