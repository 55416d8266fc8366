import { type Design, type Diagnostic, didYouMean, sortDiagnostics } from '@sysd/core';
import {
  type Assessment,
  assess,
  FAIL_ARGUMENT,
  finish,
  type Lowered,
  type LowerOptions,
  laterFindings,
  lowerProject,
  type Project,
  projectLoader,
  SET_ARGUMENT,
  type Severities,
  standardLibrary,
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
  /** Set where `--scenario`, `--set` or `--fail` names nothing of this design, or sets what cannot be. */
  readonly wrongArgument?: WrongArgument;
}

/** Why an argument cannot be of a design. */
export interface WrongArgument {
  readonly message: string;
  /** The file of the design. */
  readonly file: string;
}

/** Whether the file that was asked for is a design and not a fragment of one. */
const isDesign = (lowered: Lowered): boolean => lowered.hasSystem && lowered.design.uri === lowered.project.root.uri;

export interface CheckFilesOptions extends LowerOptions {
  readonly severities?: Severities;
  /** Whether availability objectives are judged as well, which takes longer. */
  readonly objectives?: boolean;
  /** Text of a file by URI; the file's own where not said. */
  readonly read?: (uri: string) => string | undefined;
}

/** Loads, lowers and checks files. A fragment is checked as part of the designs that import it, and by itself only where none does. */
export function checkFiles(uris: readonly string[], options: CheckFilesOptions = {}): Checked[] {
  const { severities = new Map(), objectives = false, read = readText, ...lowering } = options;
  const all = lowerFiles(uris, lowering, read).map((lowered): Checked => {
    const { project } = lowered;
    const text = textOf(lowered);
    if (!isDesign(lowered)) return { project, lowered, diagnostics: sortDiagnostics(text) };
    const assessment = assess(lowered.design, severities);
    const judged = objectives ? finish(laterFindings(assessment, severities)) : [];
    const diagnostics = sortDiagnostics([...text, ...assessment.findings, ...judged]);
    const wrongArgument = wrongArgumentOf(lowered, lowering);
    return { project, lowered, assessment, diagnostics, ...(wrongArgument === undefined ? {} : { wrongArgument }) };
  });
  const imported = importedBy(all.filter((c) => c.assessment).map((c) => c.project));
  return all.filter((c) => c.assessment !== undefined || !imported.has(c.project.root.uri));
}

/** A file that two designs import is checked in both; the same finding is told once. */
export function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Set<string>();
  return diagnostics.filter((d) => {
    const key = `${d.span.block.uri} ${d.span.block.offset + d.span.start} ${d.rule} ${d.message}`;
    return !seen.has(key) && seen.add(key);
  });
}

/** Each file as a design with what it imports; what several import is read once. */
function lowerFiles(uris: readonly string[], options: LowerOptions, read = readText): Lowered[] {
  const loader = projectLoader(read, standardLibrary());
  return uris.flatMap((uri) => {
    const project = loader.load(uri);
    return project ? [lowerProject(project, options)] : [];
  });
}

const importedBy = (projects: readonly Project[]): ReadonlySet<string> => new Set(projects.flatMap((p) => p.files.map((f) => f.uri)));

/** What is wrong with the text itself: an argument is none of it. */
export const textOf = ({ diagnostics }: Lowered): readonly Diagnostic[] => diagnostics.filter((d) => !isOfArgument(d));

const isOfArgument = ({ span: { block } }: Diagnostic): boolean =>
  block.uri.startsWith(FAIL_ARGUMENT) || block.uri.startsWith(SET_ARGUMENT);

/** What `--scenario`, `--set` or `--fail` names that is not in the design, or sets to what cannot be; it is no fault of the design. */
function wrongArgumentOf({ design, diagnostics, project }: Lowered, { scenario }: LowerOptions): WrongArgument | undefined {
  const file = shortName(project.root.uri);
  if (scenario !== undefined && design.scenario === undefined) {
    return { message: `there is no scenario "${scenario}"${otherScenarios(scenario, design)}`, file };
  }
  const wrong = diagnostics.find((d) => d.severity === 'error' && isOfArgument(d));
  return wrong && { message: `${wrong.span.block.uri}: ${wrong.message}`, file };
}

/** The scenarios that there are; first the one that is meant, where it is one of several. */
function otherScenarios(scenario: string, { scenarios }: Design): string {
  // As one types it in a shell: `blackfriday`.
  const plain = (id: string): string => id.toLowerCase().replaceAll(/[\s_-]/g, '');
  const ids = scenarios.map((s) => s.id);
  const near = didYouMean(plain(scenario), ids.map(plain));
  const meant = near === undefined ? '' : `; did you mean "${ids.find((id) => plain(id) === near)}"?`;
  if (ids.length === 0) return '; it has none';
  return `${meant || ';'} ${meant ? 'T' : 't'}here ${ids.length === 1 ? 'is' : 'are'} ${ids.map((id) => `"${id}"`).join(', ')}`;
}

/** An argument asks for what the design does not have: no fault of it, and another design may have it. */
export class NotInDesign extends CouldNotRun {
  readonly argument: WrongArgument;

  constructor(argument: WrongArgument) {
    super(wrongArgumentTexts([argument]).join(''));
    this.argument = argument;
  }
}

/** What is said of wrong arguments: the same message once for all files. */
export function wrongArgumentTexts(wrong: readonly WrongArgument[]): string[] {
  const files = new Map<string, string[]>();
  for (const { message, file } of wrong) files.set(message, [...(files.get(message) ?? []), file]);
  return [...files].map(([message, of]) => `${message} (in ${of.join(', ')})`);
}

/** One design with its results, for the commands that show or export it; errors of the text keep them from running. */
export function loadDesign(uri: string, options: LowerOptions = {}): Assessment {
  return assess(readDesign(uri, options));
}

/** The design alone, for commands that compute something else of it. */
export function readDesign(uri: string, options: LowerOptions = {}): Design {
  return designOf(lowerFile(uri, options), options);
}

/** Reads a file once, to lower its design with other options each time. */
export function designReader(uri: string): (options: LowerOptions) => Design {
  const { project } = lowerFile(uri, {});
  return (options) => designOf(lowerProject(project, options), options);
}

function lowerFile(uri: string, options: LowerOptions): Lowered {
  const [lowered] = lowerFiles([uri], options);
  if (!lowered) throw new CouldNotRun(`${shortName(uri)} cannot be read`);
  return lowered;
}

/** The design of a file; what keeps it from being one is said. */
export function designOf(lowered: Lowered, options: LowerOptions): Design {
  const name = shortName(lowered.project.root.uri);
  if (!isDesign(lowered)) throw noDesign([lowered.project.root.uri]);
  const errors = textOf(lowered).filter(isError);
  if (errors.length > 0) {
    const settings = (options.set ?? []).map((s) => ` --set "${s}"`).join('');
    throw new CouldNotRun(
      `${name} has ${errors.length} error${errors.length === 1 ? '' : 's'}; \`sysd check ${name}${settings}\` shows them. The first: ${errors[0]?.message}`,
    );
  }
  const wrong = wrongArgumentOf(lowered, options);
  if (wrong !== undefined) throw new NotInDesign(wrong);
  return lowered.design;
}

/** An `expect` that does not hold says something of the design; its figures are right. */
export const isError = (d: Diagnostic): boolean => d.severity === 'error' && d.rule !== 'expectation-failed';

/** What there is of the designs among some paths. */
export interface OfDesigns<T> {
  readonly designs: readonly T[];
  /** Why others are left out, for the error output. */
  readonly notes: readonly string[];
  /** Whether one of them is left out for a fault of its own, and not because an argument names nothing of it. */
  readonly broken: boolean;
}

/**
 * All designs among the paths. One that cannot be read does not hide the others, nor does one that has nothing of the name that an argument gives,
 * as long as another has. Fails where no design is left; a file that is named alone must be one.
 */
export function readDesigns(paths: readonly string[], options: LowerOptions = {}): OfDesigns<Design> {
  return eachDesign(paths, options, (lowered) => designOf(lowered, options));
}

/** The same, of each design something that is read from it; `read` may find that there is none. */
export function eachDesign<T>(paths: readonly string[], options: LowerOptions, read: (lowered: Lowered) => T): OfDesigns<T> {
  const all = lowerFiles(sysdFiles(paths), options);
  const roots = all.length === 1 ? all : all.filter(isDesign);
  if (roots.length === 0) throw noDesign(all.map((l) => l.project.root.uri));
  const imported = importedBy(roots.map((l) => l.project));
  const fragments = all.flatMap(({ project: { root } }) => (imported.has(root.uri) ? [] : [shortName(root.uri)]));
  const designs: T[] = [];
  const left: CouldNotRun[] = [];
  for (const lowered of roots) {
    try {
      designs.push(read(lowered));
    } catch (error) {
      if (!(error instanceof CouldNotRun)) throw error;
      left.push(error);
    }
  }
  const texts = [
    ...left.flatMap((e) => (e instanceof NotInDesign ? [] : [e.message])),
    ...wrongArgumentTexts(left.flatMap((e) => (e instanceof NotInDesign ? [e.argument] : []))),
  ];
  if (designs.length === 0) throw new CouldNotRun(texts.join('\n'));
  return {
    designs,
    notes: [
      ...texts.map(leftOut),
      ...fragments.map((name) => leftOut(`${name} has no \`system NAME\` line, and no design here imports it`)),
    ],
    broken: left.some((e) => !(e instanceof NotInDesign)),
  };
}

/** Said of a design among several that there is no answer about. */
export const leftOut = (why: string): string => `left out: ${why}`;

/** The file of the one design that paths name: a file, or a folder that holds one design. */
export function designNamed(...paths: readonly string[]): string {
  const uris = sysdFiles(paths);
  const [only] = uris;
  if (uris.length === 1 && only !== undefined) return only;
  const designs = lowerFiles(uris, {}).filter(isDesign);
  const [design] = designs;
  if (!design) throw noDesign(uris);
  if (designs.length === 1) return design.project.root.uri;
  const names = designs.map((l) => shortName(l.project.root.uri));
  throw new CouldNotRun(
    `${paths.join(', ')} ${paths.length === 1 ? 'holds' : 'hold'} ${designs.length} designs; name one of them: ${names.join(', ')}`,
  );
}

/** Said where there is no design among the files. */
export const noDesign = ([first = '', ...more]: readonly string[]): CouldNotRun =>
  new CouldNotRun(
    more.length === 0
      ? `${shortName(first)} is not a design: it has no \`system NAME\` line. Name the file that has it`
      : `none of ${[first, ...more].map(shortName).join(', ')} is a design: no \`system NAME\` line`,
  );
