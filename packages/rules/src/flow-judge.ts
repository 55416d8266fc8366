import { type Analysis, DerivedMap, type Design, type Flow, RecordedAnalysis, RecordedDesign, Recorder } from '@sysd/core';
import { ask, keepOutcome, type Outcome, type Severities } from './outcome.ts';
import { RULES } from './registry.ts';
import type { Input, Rule } from './rule.ts';
import { type RunOptions, sameSeverities } from './run.ts';

/** What the rules that take longer find of the flows of a design that is not failed. Yields between flows, so that a host can see to other things. */
export type FlowJudge = (design: Design, analysis: Analysis, options?: RunOptions) => Generator<void, readonly Outcome[]>;

interface Asked {
  readonly rules: readonly Rule[];
  readonly severities: Severities;
  readonly later: readonly Rule[];
  readonly outcomes: DerivedMap<Outcome | undefined>;
}

/**
 * Judges the versions of one design, one after another: a flow is judged again only if something changed that its findings follow from. Work
 * that is left unfinished is gone on with in the next version.
 */
export function flowJudge(): FlowJudge {
  const recorder = new Recorder();
  const design = new RecordedDesign(recorder);
  const analysis = new RecordedAnalysis(recorder);
  // All that such a rule sees (`Seen`).
  const input = { design, analysis } as unknown as Input;
  let asked: Asked | undefined;
  /** The version that the recorded views stand for. */
  let standing: Analysis | undefined;

  return function* (next, results, { rules = RULES, severities = new Map() } = {}) {
    for (;;) {
      // Another version may have been judged meanwhile.
      if (standing !== results) {
        recorder.round++;
        design.update(next);
        analysis.update(results);
        standing = results;
      }
      if (asked?.rules !== rules || !sameSeverities(asked.severities, severities)) {
        asked?.outcomes.drop();
        const later = rules.filter((rule) => rule.check?.each === 'flow-later' && severities.get(rule.id) !== 'off');
        asked = { rules, severities: new Map(severities), later, outcomes: new DerivedMap(recorder, keepOutcome) };
      }
      const { outcomes, later, severities: kept } = asked;
      if (!outcomes.step(design.flows.ids, (id) => ask(later, design.flows.get(id) as Flow, input, kept))) {
        const found: Outcome[] = [];
        outcomes.each((outcome) => outcome && found.push(outcome));
        return found;
      }
      yield;
    }
  };
}
