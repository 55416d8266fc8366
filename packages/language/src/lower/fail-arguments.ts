import type { FailTarget, Span } from '@sysd/core';
import { type FailTarget as FailNode, isFail, isScenario } from '../generated/ast.ts';
import { itemsOf, sourceFile, spanAt } from '../project/source-file.ts';
import type { FileRef } from './context.ts';
import type { LowerInput } from './elements-input.ts';
import { failTarget } from './scenarios.ts';
import { bodyOf } from './statements.ts';

/** Begins the URI of the text of an argument: what is wrong with `--fail us.x` is said at `--fail us.x`. */
export const FAIL_ARGUMENT = '--fail ';

/**
 * What the arguments `--fail us.a`, `--fail "api 2"`, `--fail lb@eu` name, read and checked as the same words after `fail` in a scenario.
 * Names are seen as the root of the project sees them.
 */
export function failArguments({ context, scope, components }: LowerInput, root: FileRef, texts: readonly string[]): FailTarget[] {
  return texts.flatMap((text) => {
    const { span, targets } = readTargets(text);
    if (!targets) {
      context.report('invalid-value', span, NAMES_NOTHING);
      return [];
    }
    return targets.flatMap((node) => failTarget(context, scope, { node, file: root }, components) ?? []);
  });
}

export const NAMES_NOTHING = 'this names nothing that can fail: us (a region), us.a (a zone), api, "api 2" (two instances), lb@eu';

/** What an argument says, not yet resolved; `targets` is absent where it says something else. */
export function readTargets(text: string): {
  readonly span: Span;
  readonly targets?: readonly FailNode[];
} {
  const before = 'scenario "--fail" {\n  fail ';
  const file = sourceFile(`${FAIL_ARGUMENT}${text}`, `${before}${text}\n}\n`);
  const span = spanAt(file, before.length, before.length + text.length);
  const [scenario, ...more] = itemsOf(file);
  const fails = scenario && isScenario(scenario) ? bodyOf(scenario) : [];
  const [fail] = fails;
  const broken = file.parsed.problems.length > 0 || more.length > 0 || fails.length !== 1 || /[\r\n]/.test(text);
  return !broken && fail && isFail(fail) ? { span, targets: fail.targets } : { span };
}
