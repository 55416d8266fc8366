import { type Design, type Diagnostic, sortDiagnostics } from '@sysd/core';
import {
  type Assessment,
  assess,
  FAIL_ARGUMENT,
  type Lowered,
  type LowerOptions,
  lowerProject,
  type Project,
  projectLoader,
  SET_ARGUMENT,
  type Severities,
  sampledLowering,
  standardLibrary,
  type UncertainInput,
} from '@sysd/language';
import { CouldNotRun } from './fail.ts';
import { readText, shortName, sysdFiles } from './files.ts';

/** A checked file: a design, or a fragment that no design among the files imports. */
export interface Checked {
  readonly project: Project;
  readonly lowered: Lowered;
  /** Absent for a fragment: it has no findings of its own, only errors of its text. */
  readonly assessment?: Assessment;
  /** Errors of the language and findings of the rules, in text order. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether the file that was asked for is a design and not a fragment of one. */
const isDesign = (lowered: Lowered): boolean => lowered.hasSystem && lowered.design.uri === lowered.project.root.uri;

/** Loads, lowers and checks files. A fragment is checked as part of the designs that import it, and by itself only where none does. */
export function checkFiles(uris: readonly string[], severities: Severities = new Map(), options: LowerOptions = {}): Checked[] {
  const loader = projectLoader(readText, standardLibrary());
  const all = uris.flatMap((uri): Checked[] => {
    const project = loader.load(uri);
    if (!project) return [];
    const lowered = lowerProject(project, options);
    const assessment = isDesign(lowered) ? assess(lowered.design, severities) : undefined;
    const diagnostics = sortDiagnostics([...lowered.diagnostics, ...(assessment?.findings ?? [])]);
    return [{ project, lowered, ...(assessment ? { assessment } : {}), diagnostics }];
  });
  const imported = new Set(all.filter((c) => c.assessment).flatMap((c) => c.project.files.map((f) => f.uri)));
  return all.filter((c) => c.assessment !== undefined || !imported.has(c.project.root.uri));
}

/** One design with its results, for the commands that show or export it; errors of the text keep them from running. */
export function loadDesign(uri: string, options: LowerOptions = {}): Assessment {
  return assess(readDesign(uri, options));
}

/** The design alone, for commands that compute something else of it. */
export function readDesign(uri: string, options: LowerOptions = {}): Design {
  return designReader(uri)(options);
}

/** Reads a file once, to lower its design with other options each time. */
export function designReader(uri: string): (options: LowerOptions) => Design {
  const project = loadProject(uri);
  return ({ scenario, fail, set }) => {
    const options = { ...(scenario === undefined ? {} : { scenario }), ...(fail ? { fail } : {}), ...(set ? { set } : {}) };
    return designOf(lowerProject(project, options), uri, options);
  };
}

/** A design whose ranges may be given other numbers, sample after sample. */
export interface DesignSampler {
  /** As written: of each range its middle. */
  readonly design: Design;
  readonly inputs: readonly UncertainInput[];
  /** The design with a number for each input, in their order. */
  readonly sample: (values: readonly number[]) => Design;
}

export function designSampler(uri: string, options: LowerOptions): DesignSampler {
  const { base, inputs, lower } = sampledLowering(loadProject(uri), options);
  const sample = (values: readonly number[]): Design => {
    const { design, diagnostics } = lower(values);
    const wrong = diagnostics.find(isError);
    if (!wrong) return design;
    const numbers = inputs.map((input, i) => `${input.name} = ${Number((values[i] ?? 0).toPrecision(4))}`).join(', ');
    throw new CouldNotRun(`${shortName(uri)} has an error with ${numbers}: ${wrong.message}`);
  };
  return { design: designOf(base, uri, options), inputs, sample };
}

function loadProject(uri: string): Project {
  const project = projectLoader(readText, standardLibrary()).load(uri);
  if (!project) throw new CouldNotRun(`${shortName(uri)} cannot be read`);
  return project;
}

/** An expectation that does not hold is a result, and shown as one. */
const isError = (d: Diagnostic): boolean => d.severity === 'error' && d.rule !== 'expectation-failed';

/** The design of a file; what keeps it from being one is said. */
function designOf(lowered: Lowered, uri: string, { scenario, set }: LowerOptions): Design {
  if (!isDesign(lowered))
    throw new CouldNotRun(`${shortName(uri)} is not a design: it has no \`system NAME\` line. Name the file that has it`);
  const names = lowered.design.scenarios.map((s) => s.id);
  if (scenario !== undefined && lowered.design.scenario === undefined) {
    throw new CouldNotRun(
      `there is no scenario "${scenario}" in ${shortName(uri)}${names.length > 0 ? `; there is ${names.map((n) => `"${n}"`).join(', ')}` : ''}`,
    );
  }
  checkArguments(lowered);
  const errors = lowered.diagnostics.filter(isError);
  if (errors.length > 0) {
    const settings = (set ?? []).map((s) => ` --set "${s}"`).join('');
    throw new CouldNotRun(
      `${shortName(uri)} has ${errors.length} error${errors.length === 1 ? '' : 's'}; \`sysd check ${shortName(uri)}${settings}\` shows them. The first: ${errors[0]?.message}`,
    );
  }
  return lowered.design;
}

/** What is wrong with an argument `--fail …` or `--set …` is no fault of the design. */
export function checkArguments({ diagnostics }: Lowered): void {
  const wrong = diagnostics.find(
    ({ severity, span: { block } }) => severity === 'error' && (block.uri.startsWith(FAIL_ARGUMENT) || block.uri.startsWith(SET_ARGUMENT)),
  );
  if (wrong) throw new CouldNotRun(`${wrong.span.block.uri}: ${wrong.message}`);
}

/** Files with `system`; a file that is named alone must be one. */
export function designsAmong(paths: readonly string[]): string[] {
  const uris = sysdFiles(paths);
  if (uris.length === 1) return uris;
  const designs = checkFiles(uris).flatMap((c) => (c.assessment ? [c.project.root.uri] : []));
  if (designs.length === 0) throw new CouldNotRun(`none of ${uris.map(shortName).join(', ')} is a design: no \`system NAME\` line`);
  return designs;
}
