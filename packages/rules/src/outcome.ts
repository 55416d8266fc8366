import { type Diagnostic, type Severity, sameData } from '@sysd/core';
import type { Input, Raw, Rule, Subjects } from './rule.ts';

/** Severity by rule id, or `off`. */
export type Severities = ReadonlyMap<string, Severity | 'off'>;

/** What rules found of a subject, and which of them failed on it and why. */
export interface Outcome {
  readonly raws: readonly Raw[];
  readonly failed: readonly { readonly rule: string; readonly reason: string }[];
}

/** Asks rules about a subject; undefined where there is nothing to say, as mostly. */
export function ask(
  rules: readonly Rule[],
  subject: Subjects[keyof Subjects] | undefined,
  input: Input,
  severities: Severities,
): Outcome | undefined {
  const raws: Raw[] = [];
  const failed: { rule: string; reason: string }[] = [];
  for (const rule of rules) {
    const answer = attempt(rule, severities, () => rule.check?.run(subject, input) ?? []);
    if ('reason' in answer) failed.push(answer);
    else for (const raw of answer.raws) raws.push(raw);
  }
  return raws.length > 0 || failed.length > 0 ? { raws, failed } : undefined;
}

/** Runs a rule, gives its findings the severity that the user has set, and says why it failed if it did. */
export function attempt(
  rule: Rule,
  severities: Severities,
  run: () => readonly Raw[],
): { readonly raws: readonly Raw[] } | { readonly rule: string; readonly reason: string } {
  try {
    const severity = severities.get(rule.id);
    const raws = run();
    if (severity === undefined || severity === 'off') return { raws };
    return { raws: raws.map((r) => ({ ...r, diagnostic: { ...r.diagnostic, severity } })) };
  } catch (error) {
    return { rule: rule.id, reason: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Findings that were there before stay the same objects. */
export function keepOutcome(before: Outcome | undefined, now: Outcome | undefined): Outcome | undefined {
  if (!before || !now) return now;
  return { raws: keepRaws(before.raws, now.raws), failed: now.failed };
}

export function keepRaws(before: readonly Raw[], now: readonly Raw[]): readonly Raw[] {
  const old = new Map<string, Raw[]>();
  for (const raw of before) {
    const list = old.get(raw.diagnostic.message);
    if (list) list.push(raw);
    else old.set(raw.diagnostic.message, [raw]);
  }
  return now.map((raw) => old.get(raw.diagnostic.message)?.find((r) => sameData(r, raw)) ?? raw);
}

/** A diagnostic that stays the same object as long as it says the same. */
export function keepDiagnostic(before: ReadonlyMap<string, Diagnostic>, now: Diagnostic): Diagnostic {
  const old = before.get(now.message);
  return old && sameData(old, now) ? old : now;
}
