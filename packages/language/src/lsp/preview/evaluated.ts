import { componentEffectsOf, designLoads, effectsOf, type LoadedDesign } from '@sysd/analysis';
import type { Design, FailTarget, Traffic } from '@sysd/core';
import type { FailureOverlay } from '@sysd/diagram';
import { type FailedIn, failedIn } from '../../lower/failed-in.ts';

/** What a preview asks about a design. */
export interface Question {
  /** What is to have failed; undefined where nobody asks what fails. */
  readonly failed: readonly string[] | undefined;
  /** How many times as often every flow starts. */
  readonly factor: number;
}

/** A design with failures in it, at some traffic. */
export interface Evaluated {
  readonly question: Question;
  /** Its design is the one that was asked about. */
  readonly asked: FailedIn;
  readonly traffic: Traffic;
  /** What had failed before, by the scenario. */
  readonly before: readonly FailTarget[];
  /** Where it was asked what fails, or the scenario fails something. */
  readonly overlay?: FailureOverlay;
  readonly loaded: () => LoadedDesign;
}

/** Answers kept for a design: enough for undo, for another overlay, and for a slider at its last places. */
const MOST_KEPT = 8;

interface Kept {
  /** Of the versions of a design that differ in traffic and failures: what does not follow from these is computed once. */
  readonly loads: (design: Design) => LoadedDesign;
  readonly answers: Map<string, Evaluated>;
}

/**
 * Evaluates designs under such questions, and keeps the last answers for as long as their design lives. `standing` is the traffic of the design as
 * it is written.
 */
export function evaluations(): (design: Design, question: Question, standing: () => Traffic) => Evaluated {
  const kept = new WeakMap<Design, Kept>();
  return (design, question, standing) => {
    const known = kept.get(design) ?? { loads: designLoads(), answers: new Map() };
    kept.set(design, known);
    const key = JSON.stringify([question.failed ?? null, question.factor]);
    const before = known.answers.get(key);
    const made = before ?? evaluate(design, question, standing, known.loads);
    // The one that was asked for last comes last: that at the traffic as written is asked for with each other.
    known.answers.delete(key);
    known.answers.set(key, made);
    if (known.answers.size > MOST_KEPT) known.answers.delete(known.answers.keys().next().value as string);
    return made;
  };
}

/** The design, in its scenario, is that of `--traffic` and `--fail` with the same arguments, without lowering it again. */
function evaluate(design: Design, question: Question, standing: () => Traffic, loads: Kept['loads']): Evaluated {
  const { failed, factor } = question;
  const asked = failedIn(factor === 1 ? design : { ...design, traffic: factor }, failed ?? []);
  let made: LoadedDesign | undefined;
  const loaded = (): LoadedDesign => {
    made ??= loads(asked.design);
    return made;
  };
  const traffic = asked.design === design ? standing() : loaded().traffic;
  const common = { question, asked, traffic, loaded, before: design.failed };
  if (!failed && design.failed.length === 0) return common;
  if (asked.design.failed.length === 0) return { ...common, overlay: { flows: [], components: [] } };
  return { ...common, overlay: { flows: effectsOf(asked.design, loaded()), components: componentEffectsOf(asked.design, loaded()) } };
}
