import { quickAvailability } from '@sysd/analysis';
import { type Design, type Diagnostic, type FlowAvailability, isFigure, keepEach, type NotEstimated, type Objective } from '@sysd/core';
import type { FlowJudge } from '@sysd/rules';
import type { Assessment, Severities } from '../../assess.ts';
import { type FoundImprovements, type ImprovementSource, improvementsOf } from '../../improvements.ts';
import { laterFindings } from '../../objectives.ts';
import { once } from '../../once.ts';

/** An objective that a design misses, and what misses it. */
export interface MissedObjective {
  readonly reached: FlowAvailability;
  readonly objective: Objective;
}

/** What takes longer than a key may, and so is computed a flow at a time, apart: how available the flows are, whether timeouts fit. */
export interface Objectives {
  /** What is found, where that has been computed. */
  readonly findings: () => readonly Diagnostic[] | undefined;
  /** Computes it; yields between flows. What has been computed stays. */
  readonly compute: () => Generator<void, readonly Diagnostic[]>;
  /** Of one flow: its answer, and its completion. */
  readonly ofFlow: (flow: string) => readonly FlowAvailability[];
  /** What a finding about an objective is about. */
  readonly missedBy: (finding: Diagnostic) => readonly MissedObjective[];
  /** What brings a flow to an objective that it misses; yields between designs. Goes on where an earlier one was left. */
  readonly improvements: (missed: MissedObjective) => Generator<void, FoundImprovements | NotEstimated>;
}

export interface ObjectivesInput {
  /** Where changes are tried. */
  readonly source: ImprovementSource;
  readonly assessed: () => Assessment;
  /** Judges version after version. */
  readonly judge: FlowJudge;
  readonly severities: () => Severities;
  /** Findings of the version before: what says the same stays the same object. */
  readonly before: readonly Diagnostic[];
}

export function objectivesIn(design: Design, { source, assessed, judge, severities, before }: ObjectivesInput): Objectives {
  const load = once(() => assessed().loaded());
  let findings: readonly Diagnostic[] | undefined;
  const flows = new Map<string, readonly FlowAvailability[]>();
  const searches = new Map<Objective, Search>();

  const ofFlow = (flow: string): readonly FlowAvailability[] => {
    const known = flows.get(flow);
    if (known) return known;
    const found = quickAvailability(design, flow, load());
    flows.set(flow, found);
    return found;
  };
  return {
    findings: () => findings,
    *compute() {
      if (!findings) {
        const found = yield* laterFindings(assessed(), severities(), { availabilityOf: ofFlow, judge });
        findings ??= keepEach(before, found);
      }
      return findings;
    },
    ofFlow,
    missedBy({ rule, element, span }) {
      if (rule !== 'objective-missed' || element === undefined) return [];
      return ofFlow(element).flatMap((reached) =>
        reached.objectives.flatMap(({ objective, verdict }) =>
          verdict === 'missed' && objective.span === span ? [{ reached, objective }] : [],
        ),
      );
    },
    *improvements({ reached: { flow, completion, unavailability }, objective }) {
      if (!isFigure(unavailability)) return unavailability;
      const search = searches.get(objective) ?? new Search(improvementsOf(source, { flow, completion, objective }));
      searches.set(objective, search);
      while (!search.found) {
        try {
          search.goOn();
        } catch (error) {
          // What has failed does not go on: the next who asks begins anew.
          searches.delete(objective);
          throw error;
        }
        yield;
      }
      return search.found;
    },
  };
}

/** A search that several may wait for, each going on with it. */
class Search {
  readonly #work: Generator<void, FoundImprovements | NotEstimated>;
  found: FoundImprovements | NotEstimated | undefined;

  constructor(work: Generator<void, FoundImprovements | NotEstimated>) {
    this.#work = work;
  }

  goOn(): void {
    const { done, value } = this.#work.next();
    if (done) this.found = value;
  }
}
