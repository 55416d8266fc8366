import { type Diagnostic, type Quantity, SEVERITIES, type Severity } from '@sysd/core';
import { type Assessment, setArgumentText } from '@sysd/language';
import { documentationUrl } from '@sysd/rules';
import type { Answer } from '../answer.ts';
import { type Checked, checkFiles, eachOnce, leftOut, noDesign, textOf, wrongArgumentTexts } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { isWorse, underFailure } from '../failure.ts';
import { locator, readText, shortName, sysdFiles } from '../files.ts';
import { checkJson } from '../formatters/check-json.ts';
import { checkText, type TextOptions } from '../formatters/check-text.ts';
import { effectsText } from '../formatters/effects-text.ts';
import { lowerOptionsOf } from '../lower-options.ts';
import { fixFiles } from './fix.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  /** Findings of this severity or a worse one make the exit code 1; `never` leaves it 0. */
  readonly failOn: Severity | 'never';
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: the findings are those of the design with these values. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often: the findings are those at that load. */
  readonly traffic?: number;
  /** What has failed: each flow says what it makes of that, and only findings that are new with it are told. */
  readonly fail?: readonly string[];
  /** How far in the future the design is seen (`--in`), a time. */
  readonly horizon?: Quantity;
  /** Make the fixes that are the one right move in the files first. */
  readonly fix?: boolean;
}

/**
 * `sysd check`: findings of every design among the paths. Exit code 0 clean, 1 findings at or above `failOn`. Where something has failed (by
 * `fail`, or by the scenario): 1 where a flow fails or is overloaded that was neither without the failure, or where the text has errors.
 */
export function check(paths: readonly string[], options: CheckOptions): Answer {
  const { scenario, set = [], fail = [] } = options;
  const lowering = lowerOptionsOf(options);
  const uris = sysdFiles(paths);
  const asWritten = scenario === undefined && set.length + fail.length === 0 && options.traffic === undefined && !options.horizon;
  if (options.fix && !asWritten)
    throw new CouldNotRun('--fix changes the design as it is written: leave out --scenario, --set, --fail, --traffic and --in');
  const fixed = options.fix ? fixFiles(uris) : [];
  const all = checkFiles(uris, { ...lowering, objectives: true });
  const left = wrongArgumentTexts(all.flatMap((c) => c.wrongArgument ?? []));
  const checked = all.filter((c) => c.wrongArgument === undefined);
  if ((left.length > 0 || scenario !== undefined || set.length > 0 || fail.length > 0) && !checked.some((c) => c.assessment))
    throw left.length > 0 ? new CouldNotRun(left.join('\n')) : noDesign(all.map((c) => c.project.root.uri));
  const failing = checked.flatMap(({ assessment }) => (assessment && hasFailed(assessment) ? [underFailure(assessment)] : []));
  const diagnostics = eachOnce(all.flatMap(toldOf));
  const texts = new Map(all.flatMap((c) => [...c.project.files, ...c.project.library].map((f) => [f.uri, f.text])));
  const source = (uri: string) => texts.get(uri) ?? setArgumentText(uri) ?? readText(uri);
  const locate = locator(source);
  const shown: TextOptions = { color: useColor(), source, locate, nameFile: shortName };
  const output =
    options.format === 'json'
      ? `${JSON.stringify(checkJson(diagnostics, { locate, nameFile: shortName, link: documentationUrl, failing }), null, 2)}\n`
      : [
          ...failing.map((f) => effectsText(f, shown)),
          ...(diagnostics.length > 0 || failing.length < checked.length ? [checkText(diagnostics, shown)] : []),
          ...partsText(checked),
        ].join('\n');
  const limit = options.failOn === 'never' ? -1 : SEVERITIES.indexOf(options.failOn);
  const found = diagnostics.some((d) => d.accepted === undefined && SEVERITIES.indexOf(d.severity) <= limit);
  const down = options.failOn !== 'never' && failing.some((f) => f.flows.some(isWorse));
  return { output, notes: [...fixed, ...left.map(leftOut)], code: found || down ? 1 : 0 };
}

const hasFailed = ({ design }: Assessment): boolean => design.failed.length > 0;

/**
 * What is told of a design: everything; of one in which something has failed only the errors of its text, as the findings of rules are worded for
 * a design that is whole, and those that are new with the failure stand below its flows.
 */
function toldOf({ assessment, wrongArgument, lowered, diagnostics }: Checked): readonly Diagnostic[] {
  if (wrongArgument === undefined && !(assessment && hasFailed(assessment))) return diagnostics;
  return textOf(lowered).filter((d) => d.severity === 'error');
}

/** Only a design has rates and faults: nothing found in a file without `system` does not mean much. */
function partsText(checked: readonly Checked[]): string[] {
  const parts = checked.filter((c) => c.assessment === undefined).map((c) => shortName(c.project.root.uri));
  if (parts.length === 0) return [];
  const [has, its] = parts.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return [
    `${parts.join(', ')} ${has} no \`system NAME\` line: only ${its} text was checked. Faults are found in designs, and in what they import.\n`,
  ];
}

/** https://no-color.org */
function useColor(): boolean {
  return Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
}
