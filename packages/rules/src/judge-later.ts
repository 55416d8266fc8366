import { type Design, type Diagnostic, type FlowAvailability, sortDiagnostics } from '@sysd/core';
import { acceptor } from './accepts.ts';
import { attempt, type Outcome } from './outcome.ts';
import { RULES } from './registry.ts';
import type { Input, JudgedObjective, Raw, Rule } from './rule.ts';
import { internalError, isUnread, type RunOptions } from './run.ts';

/** What is known of a design when the rules that take longer are asked. */
export interface Later {
  /** Every flow with an availability objective. */
  readonly reached: readonly FlowAvailability[];
  /** What `flowJudge` has found. */
  readonly ofFlows: readonly Outcome[];
}

/** Whether any rule about availability objectives is switched on: else what flows come to need not be computed. */
export function asksAboutObjectives(options: RunOptions = {}): boolean {
  return askedLater(options).some((rule) => rule.check?.each === 'objective');
}

const askedLater = ({ rules = RULES, severities }: RunOptions): Rule[] =>
  rules.filter((rule) => rule.check?.later && severities?.get(rule.id) !== 'off');

/**
 * Findings of the rules that `runRules` leaves out as they take longer. Accepts are applied, and those of these rules that silence nothing are
 * told. In a design in which something has failed nothing is found: objectives and timeouts are of the design as it stands.
 */
export function judgeLater(design: Design, { reached, ofFlows }: Later, options: RunOptions = {}): Diagnostic[] {
  if (design.failed.length > 0) return [];
  const { rules = RULES, severities = new Map() } = options;
  const asked = askedLater(options);
  const failed = new Map<string, string>();
  const raws: Raw[] = [];
  for (const outcome of ofFlows) {
    raws.push(...outcome.raws);
    for (const { rule, reason } of outcome.failed) if (!failed.has(rule)) failed.set(rule, reason);
  }
  const objectives = objectivesIn(design, reached);
  for (const rule of asked) {
    if (rule.check?.each !== 'objective') continue;
    // What a rule about objectives sees beside the subject (`Seen`).
    const input = { design } as Input;
    const answer = attempt(rule, severities, () => objectives.flatMap((one) => rule.check?.run(one, input) ?? []));
    if ('raws' in answer) raws.push(...answer.raws);
    else failed.set(rule.id, answer.reason);
  }
  const sure = raws.filter(({ diagnostic: { rule, element } }) => !failed.has(rule) && !isUnread(design, element));
  const own = new Set(asked.map((rule) => rule.id));
  const accepts = design.accepts.filter((accept) => own.has(accept.rule));
  const checked = acceptor()(accepts, sure);
  const review = {
    design: { ...design, accepts },
    findings: checked.diagnostics,
    usedAccepts: checked.used,
    silent: new Set(failed.keys()),
  };
  const reviewed = rules.flatMap((rule): Outcome['raws'] => {
    if (!rule.review || accepts.length === 0 || severities.get(rule.id) === 'off') return [];
    const answer = attempt(rule, severities, () => rule.review?.({ ...review, rules: [...own] } as never) ?? []);
    return 'raws' in answer ? answer.raws : [];
  });
  const second = acceptor()(design.accepts, reviewed);
  const broken = [...failed].map(([rule, reason]) => internalError(design, rule, reason));
  return sortDiagnostics([...checked.diagnostics, ...second.diagnostics, ...broken]);
}

/** Nothing is said of flows through what could not be read in full: it would be a guess. */
function objectivesIn(design: Design, reached: readonly FlowAvailability[]): JudgedObjective[] {
  return reached.flatMap((one) => {
    const flow = design.flows.get(one.flow);
    if (!flow || isUnread(design, flow.id)) return [];
    return one.objectives.map((result): JudgedObjective => ({ flow, reached: one, result }));
  });
}
