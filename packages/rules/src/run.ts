import {
  type Analysis,
  type Component,
  Derived,
  DerivedMap,
  type Design,
  type Diagnostic,
  type Flow,
  type InputMap,
  type Move,
  RecordedAnalysis,
  RecordedDesign,
  Recorder,
  sortDiagnostics,
} from '@sysd/core';
import { acceptor } from './accepts.ts';
import { ISSUES_URL } from './docs.ts';
import { ask, attempt, keepDiagnostic, keepOutcome, keepRaws, type Outcome, type Severities } from './outcome.ts';
import { RULES } from './registry.ts';
import type { Input, Raw, Rule } from './rule.ts';
import { designIndex } from './shared/design-index.ts';
import { type JudgedPoint, pointsOf } from './shared/single-points/points.ts';

export interface RunOptions {
  /** Severity by rule id, or `off`; what is not named keeps its own. */
  readonly severities?: Severities;
  /** The rules to run; all of them unless a test says otherwise. */
  readonly rules?: readonly Rule[];
}

/**
 * Runs the rules over a design and its analysis. Sorted by place, accepts applied (`accepted` holds the reason). A rule that throws
 * becomes one `internal-error` that names it; the others' findings stand. Nothing is found of a component that could not be read in full.
 */
export function runRules(design: Design, analysis: Analysis, options: RunOptions = {}): Diagnostic[] {
  return ruleRunner()(design, analysis, options);
}

/**
 * Runs the rules over the versions of one design, one after another. What it gives is what `runRules` gives; but a rule is asked again
 * only about what has changed, and findings that did not change are the same objects as for the version before.
 */
export function ruleRunner(): (design: Design, analysis: Analysis, options?: RunOptions) => Diagnostic[] {
  const recorder = new Recorder();
  const design = new RecordedDesign(recorder);
  const analysis = new RecordedAnalysis(recorder);
  const { index, update: updateIndex } = designIndex(recorder, design);
  const { points, update: updatePoints } = pointsOf(recorder, design, analysis, index);
  const input = { design, analysis, index, points };
  const accept = acceptor();
  const acceptReviewed = acceptor();
  let checks: Checks | undefined;
  let reviewed: readonly Raw[] = [];
  let crashes: ReadonlyMap<string, Diagnostic> = new Map();

  return (next, results, options = {}) => {
    const rules = options.rules ?? RULES;
    const severities = options.severities ?? NO_SEVERITIES;
    if (!checks || checks.rules !== rules || !sameSeverities(checks.severities, severities)) {
      checks?.drop();
      checks = checksOf(recorder, input, points, rules, severities);
    }
    const { active, outcomes } = checks;
    recorder.round++;
    const moved = new Map<string, Move>();
    design.update(next, (id, how) => moved.set(id, how));
    analysis.update(results);
    updateIndex(moved);
    if (active.some((rule) => rule.check)) updatePoints();
    const { raws, failed } = outcomes();

    const silent = new Set(rules.filter((rule) => severities.get(rule.id) === 'off').map((rule) => rule.id));
    for (const rule of rules) if (rule.check?.later) silent.add(rule.id);
    for (const rule of failed.keys()) silent.add(rule);
    const checked = accept(
      next.accepts,
      raws.filter((r) => !failed.has(r.diagnostic.rule)),
    );
    const review = { design: next, analysis: results, index, points, findings: checked.diagnostics, usedAccepts: checked.used, silent };
    const found: Raw[] = [];
    for (const rule of active) {
      if (!rule.review) continue;
      const answer = attempt(rule, severities, () => rule.review?.({ ...review, rules: rules.map((r) => r.id) }) ?? []);
      if ('reason' in answer) {
        silent.add(rule.id);
        failed.set(rule.id, answer.reason);
      } else found.push(...answer.raws);
    }
    reviewed = keepRaws(reviewed, found);
    const second = acceptReviewed(next.accepts, reviewed);
    // Of what could not be read in full, a finding would be a guess; the error says what to do first.
    const sure = [...checked.diagnostics, ...second.diagnostics].filter((d) => !isUnread(next, d.element));
    const broken = [...failed].map(([rule, reason]) => keepDiagnostic(crashes, internalError(next, rule, reason)));
    crashes = new Map(broken.map((d) => [d.message, d]));
    return sortDiagnostics([...sure, ...broken]);
  };
}

const NO_SEVERITIES: Severities = new Map();

export function sameSeverities(a: Severities, b: Severities): boolean {
  return a === b || (a.size === b.size && [...a].every(([rule, severity]) => b.get(rule) === severity));
}

interface Checks {
  readonly rules: readonly Rule[];
  readonly severities: Severities;
  /** Rules that are not switched off. */
  readonly active: readonly Rule[];
  /** Forgets them: others are asked for from now on. */
  readonly drop: () => void;
  /** Findings of all subjects, and the first reason for which each rule failed that did. */
  readonly outcomes: () => { readonly raws: readonly Raw[]; readonly failed: Map<string, string> };
}

/** What rules have found of each subject, under these severities. */
function checksOf(
  recorder: Recorder,
  input: Input & { readonly design: RecordedDesign },
  points: InputMap<JudgedPoint>,
  rules: readonly Rule[],
  severities: Severities,
): Checks {
  const { design } = input;
  const kept = new Map(severities);
  const active = rules.filter((rule) => severities.get(rule.id) !== 'off');
  const of = (each: NonNullable<Rule['check']>['each']) => active.filter((rule) => rule.check?.each === each);
  const [whole, ofComponents, ofFlows, ofPoints] = [of('design'), of('component'), of('flow'), of('point')];
  const inAll = whole.map((rule) => ({ rule, outcome: new Derived<Outcome | undefined>(recorder, keepOutcome) }));
  const components = new DerivedMap<Outcome | undefined>(recorder, keepOutcome);
  const flows = new DerivedMap<Outcome | undefined>(recorder, keepOutcome);
  const told = new DerivedMap<Outcome | undefined>(recorder, keepOutcome);

  const outcomes = () => {
    for (const { rule, outcome } of inAll) outcome.update(() => ask([rule], undefined, input, kept));
    components.update(design.components.ids, (id) => ask(ofComponents, design.components.get(id) as Component, input, kept));
    flows.update(design.flows.ids, (id) => ask(ofFlows, design.flows.get(id) as Flow, input, kept));
    told.update(points.ids, (key) => ask(ofPoints, points.get(key) as JudgedPoint, input, kept));
    const raws: Raw[] = [];
    const failed = new Map<string, string>();
    const add = (outcome: Outcome | undefined): void => {
      if (!outcome) return;
      for (const raw of outcome.raws) raws.push(raw);
      for (const { rule, reason } of outcome.failed) if (!failed.has(rule)) failed.set(rule, reason);
    };
    for (const { outcome } of inAll) add(outcome.value);
    for (const map of [components, flows, told]) map.each(add);
    return { raws, failed };
  };
  const drop = (): void => {
    for (const { outcome } of inAll) outcome.drop();
    for (const map of [components, flows, told]) map.drop();
  };
  return { rules, severities: kept, active, outcomes, drop };
}

/** Whether the finding is about a component that could not be read in full, a connection of one, or a flow that stops at one. */
export function isUnread(design: Design, element: string | undefined): boolean {
  if (element === undefined) return false;
  const is = (id: string): boolean => design.components.get(id)?.unread === true;
  const connection = design.connections.get(element);
  if (connection) return is(connection.from) || is(connection.to);
  return is(element) || (design.flows.get(element)?.stops.some((stop) => is(stop.component)) ?? false);
}

export function internalError(design: Design, rule: string, reason: string): Diagnostic {
  return {
    rule: 'internal-error',
    severity: 'error',
    message:
      `The rule ${rule} failed on this design (${reason}). This is a fault of sysd, not of the design: ` +
      `the rule's findings are missing, all others stand. Please report it at ${ISSUES_URL}; until then the rule can be switched off.`,
    span: design.span,
    element: design.id,
  };
}
