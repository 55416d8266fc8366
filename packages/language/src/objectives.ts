import { objectivesOf } from '@sysd/analysis';
import type { Diagnostic, FlowAvailability } from '@sysd/core';
import { asksAboutObjectives, type FlowJudge, flowJudge, judgeLater } from '@sysd/rules';
import type { Assessment, Severities } from './assess.ts';

/** What is known from before: of an earlier version, or because somebody asked. */
export interface Known {
  /** How available a flow is. */
  readonly availabilityOf?: (flow: string) => readonly FlowAvailability[];
  /** Has judged the flows of the version before. */
  readonly judge?: FlowJudge;
}

/**
 * What is found of availability, latency and timeouts: it takes longer than a key may, and so is apart from `assess`. Yields between flows, so
 * that a host can see to other things meanwhile.
 */
export function* laterFindings(
  { design, analysis }: Pick<Assessment, 'design' | 'analysis'>,
  severities: Severities = new Map(),
  { availabilityOf, judge = flowJudge() }: Known = {},
): Generator<void, readonly Diagnostic[]> {
  if (design.failed.length > 0) return [];
  const ofFlows = yield* judge(design, analysis, { severities });
  const reached = asksAboutObjectives({ severities }) ? yield* objectivesOf(design, availabilityOf) : [];
  return judgeLater(design, { reached, ofFlows }, { severities });
}

/** Runs work to its end at once, for hosts that have nothing else to do. */
export function finish<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
