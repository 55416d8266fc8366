import type { Analysis, Design, Diagnostic, Severity } from '@sysd/core';
import { applyAccepts } from './accepts.ts';
import { ISSUES_URL } from './docs.ts';
import { compareDiagnostics } from './order.ts';
import { RULES } from './registry.ts';
import type { Raw, Rule } from './rule.ts';

export interface RunOptions {
  /** Severity by rule id, or `off`; what is not named keeps its own. */
  readonly severities?: ReadonlyMap<string, Severity | 'off'>;
  /** The rules to run; all of them unless a test says otherwise. */
  readonly rules?: readonly Rule[];
}

/**
 * Runs the rules over a design and its analysis. Sorted by place, accepts applied (`accepted` holds the reason). A rule that throws
 * becomes one `internal-error` that names it; the others' findings stand. Nothing is found of a component that could not be read in full.
 */
export function runRules(design: Design, analysis: Analysis, options: RunOptions = {}): Diagnostic[] {
  const severities = options.severities ?? new Map<string, Severity | 'off'>();
  const silent = new Set<string>();
  const crashes: Diagnostic[] = [];

  const attempt = (rule: Rule, run: () => Raw[]): Raw[] => {
    const severity = severities.get(rule.id);
    if (severity === 'off') {
      silent.add(rule.id);
      return [];
    }
    try {
      const raws = run();
      return severity === undefined ? raws : raws.map((r) => ({ ...r, diagnostic: { ...r.diagnostic, severity } }));
    } catch (error) {
      silent.add(rule.id);
      crashes.push(internalError(design, rule, error));
      return [];
    }
  };

  const rules = options.rules ?? RULES;
  const input = { design, analysis };
  const checked = applyAccepts(
    design,
    rules.flatMap((rule) => (rule.check ? attempt(rule, () => (rule.check as NonNullable<Rule['check']>)(input)) : [])),
  );
  const reviewed = rules.flatMap((rule) => {
    const { review } = rule;
    if (!review) return [];
    return attempt(rule, () =>
      review({ ...input, findings: checked.diagnostics, usedAccepts: checked.used, silent, rules: rules.map((r) => r.id) }),
    );
  });
  const second = applyAccepts(design, reviewed);
  // Of what could not be read in full, a finding would be a guess; the error says what to do first.
  const sure = [...checked.diagnostics, ...second.diagnostics].filter((d) => !isUnread(design, d.element));
  return [...sure, ...crashes].sort(compareDiagnostics);
}

const isUnread = (design: Design, element: string | undefined): boolean =>
  element !== undefined && design.components.get(element)?.unread === true;

function internalError(design: Design, rule: Rule, error: unknown): Diagnostic {
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return {
    rule: 'internal-error',
    severity: 'error',
    message:
      `The rule ${rule.id} failed on this design (${reason}). This is a fault of sysd, not of the design: ` +
      `the rule's findings are missing, all others stand. Please report it at ${ISSUES_URL}; until then the rule can be switched off.`,
    span: design.span,
    element: design.id,
  };
}
