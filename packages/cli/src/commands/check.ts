import { effectsOf } from '@sysd/analysis';
import { type Design, type FlowEffect, SEVERITIES, type Severity } from '@sysd/core';
import { setArgumentText } from '@sysd/language';
import { documentationUrl } from '@sysd/rules';
import { type Checked, checkArguments, checkFiles } from '../designs.ts';
import { locator, readText, shortName, sysdFiles } from '../files.ts';
import { checkJson } from '../formatters/check-json.ts';
import { checkText } from '../formatters/check-text.ts';
import { effectsText } from '../formatters/effects-text.ts';

export interface CheckOptions {
  readonly format: 'text' | 'json';
  /** Findings of this severity or a worse one make the exit code 1; `never` leaves it 0. */
  readonly failOn: Severity | 'never';
  /** What has failed: the findings are those of the design without it, and each flow says what it makes of that. */
  readonly fail?: readonly string[];
  /** What is set: the findings are those of the design with these values. */
  readonly set?: readonly string[];
}

/**
 * `sysd check`: findings of every design among the paths. Exit code 0 clean, 1 findings at or above `failOn`, or a flow that fails or is
 * overloaded with what has failed.
 */
export function check(paths: readonly string[], options: CheckOptions): { readonly output: string; readonly code: 0 | 1 } {
  const { fail = [], set = [] } = options;
  const checked = checkFiles(sysdFiles(paths), new Map(), { fail, set });
  for (const c of checked) checkArguments(c.lowered);
  const effects = checked.flatMap(({ assessment }) => (assessment && fail.length > 0 ? [effectsIn(assessment.design)] : []));
  // A file that two designs import is checked in both; the same finding is told once.
  const seen = new Set<string>();
  const diagnostics = checked
    .flatMap((c) => c.diagnostics)
    .filter((d) => {
      const key = `${d.span.block.uri} ${d.span.block.offset + d.span.start} ${d.rule} ${d.message}`;
      return !seen.has(key) && seen.add(key);
    });
  const texts = new Map(checked.flatMap((c) => [...c.project.files, ...c.project.library].map((f) => [f.uri, f.text])));
  const source = (uri: string) => texts.get(uri) ?? setArgumentText(uri) ?? readText(uri);
  const locate = locator(source);
  const output =
    options.format === 'json'
      ? `${JSON.stringify(checkJson(diagnostics, { locate, nameFile: shortName, link: documentationUrl, effects }), null, 2)}\n`
      : checkText(diagnostics, { color: useColor(), source, locate, nameFile: shortName }) +
        effects.map((e) => `\n${effectsText(e.design, e.flows)}`).join('') +
        partsText(checked);
  const limit = options.failOn === 'never' ? -1 : SEVERITIES.indexOf(options.failOn);
  const failed = diagnostics.some((d) => d.accepted === undefined && SEVERITIES.indexOf(d.severity) <= limit);
  const down = effects.some((e) => e.flows.some((f) => f.state === 'fails' || f.state === 'overloaded'));
  return { output, code: failed || (down && options.failOn !== 'never') ? 1 : 0 };
}

const effectsIn = (design: Design): { readonly design: Design; readonly flows: readonly FlowEffect[] } => ({
  design,
  flows: effectsOf(design),
});

/** Only a design has rates and faults: nothing found in a file without `system` does not mean much. */
function partsText(checked: readonly Checked[]): string {
  const parts = checked.filter((c) => c.assessment === undefined).map((c) => shortName(c.project.root.uri));
  if (parts.length === 0) return '';
  const [has, its] = parts.length === 1 ? ['has', 'its'] : ['have', 'their'];
  return `\n${parts.join(', ')} ${has} no \`system NAME\` line: only ${its} text was checked. Faults are found in designs, and in what they import.\n`;
}

/** https://no-color.org */
function useColor(): boolean {
  return Boolean(process.stdout.isTTY) && !process.env.NO_COLOR;
}
