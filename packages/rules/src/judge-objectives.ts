import { type Design, type Diagnostic, type FlowAvailability, sortDiagnostics } from '@sysd/core';
import { acceptor } from './accepts.ts';
import { attempt, type Outcome } from './outcome.ts';
import { RULES } from './registry.ts';
import type { Input, JudgedObjective, Raw } from './rule.ts';
import { internalError, isJudgedLater, type RunOptions } from './run.ts';

/** Whether any rule about objectives is switched on: else their availability need not be computed. */
export function asksAboutObjectives(options: RunOptions = {}): boolean {
  return (options.rules ?? RULES).some((rule) => isJudgedLater(rule) && options.severities?.get(rule.id) !== 'off');
}

/**
 * Runs the rules about availability objectives, which `runRules` leaves out as it takes longer to know what they need. Accepts are applied,
 * and those of these rules that silence nothing are told. In a design in which something has failed nothing is found: an objective speaks
 * of the whole year.
 * @param reached every flow with an availability objective
 */
export function judgeObjectives(design: Design, reached: readonly FlowAvailability[], options: RunOptions = {}): Diagnostic[] {
  if (design.failed.length > 0) return [];
  const { rules = RULES, severities = new Map() } = options;
  const asked = rules.filter((rule) => isJudgedLater(rule) && severities.get(rule.id) !== 'off');
  const failed = new Map<string, string>();
  const raws = asked.flatMap((rule): readonly Raw[] => {
    const subjects = subjectsOf(design, reached);
    // What a rule about objectives sees beside the subject (`EachCheck`).
    const input = { design } as Input;
    const answer = attempt(rule, severities, () => subjects.flatMap((subject) => rule.check?.run(subject, input) ?? []));
    if ('raws' in answer) return answer.raws;
    failed.set(rule.id, answer.reason);
    return [];
  });
  const own = new Set(asked.map((rule) => rule.id));
  const accepts = design.accepts.filter((accept) => own.has(accept.rule));
  const checked = acceptor()(accepts, raws);
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
function subjectsOf(design: Design, reached: readonly FlowAvailability[]): JudgedObjective[] {
  return reached.flatMap((one) => {
    const flow = design.flows.get(one.flow);
    if (!flow || flow.stops.some((stop) => design.components.get(stop.component)?.unread)) return [];
    return one.objectives.map((result): JudgedObjective => ({ flow, reached: one, result }));
  });
}
