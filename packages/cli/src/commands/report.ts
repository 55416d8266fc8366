import { basename, dirname, relative, resolve } from 'node:path';
import type { Quantity } from '@sysd/core';
import { setArgumentText, shellFile, shellWord } from '@sysd/language';
import manifest from '../../package.json' with { type: 'json' };
import type { Answer } from '../answer.ts';
import { checkFiles, designNamed, designOf } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { locator, readText, shortName } from '../files.ts';
import { reportHtml } from '../formatters/report-html.ts';
import { reportMarkdown } from '../formatters/report-markdown.ts';
import { lowerOptionsOf } from '../lower-options.ts';
import { drawingFile, drawReport } from '../report/drawings.ts';
import { reportAnswer } from '../report/report-answer.ts';
import { type Made, reportPage } from '../report/report-page.ts';
import { writeFiles } from '../write.ts';

export interface ReportOptions {
  /** By default what the ending of the output file says, else HTML. */
  readonly format?: 'html' | 'markdown';
  readonly output?: string;
  /** File for the diagram of a Markdown report, which shows it as an image. */
  readonly diagram?: string;
  /** Printed as it is: a report asks no clock. */
  readonly date?: string;
  readonly scenario?: string;
  /** What is set besides, as a line of a scenario would: `users.daily-active=1G`. */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often. */
  readonly traffic?: number;
  /** How far in the future the design is seen (`--in`), a time. */
  readonly horizon?: Quantity;
  readonly fail?: readonly string[];
  readonly force: boolean;
}

const MARK = '<!-- Made by sysd. Reporting again replaces this file. -->';

/** `sysd report`: all that is known of a design as one page for a review, to a file or as the output. */
export async function report(path: string, options: ReportOptions): Promise<Answer> {
  const { output, diagram, force } = options;
  const format = options.format ?? (output !== undefined && /\.(md|markdown)$/i.test(output) ? 'markdown' : 'html');
  if (diagram !== undefined && format === 'html')
    throw new CouldNotRun(
      '--diagram writes the drawing beside a Markdown report; an HTML report has it within. Leave --diagram out, or add --format markdown',
    );
  const uri = designNamed(path);
  const lowering = lowerOptionsOf(options);
  const [checked] = checkFiles([uri], { ...lowering, objectives: true });
  if (!checked) throw new CouldNotRun(`${shortName(uri)} cannot be read`);
  designOf(checked.lowered, lowering); // says what keeps it from being a design before anything is computed of it
  const answer = reportAnswer(checked, lowering);
  const drawn = { ...(await drawReport(answer)), ...(diagram === undefined ? {} : { file: addressOf(diagram, output) }) };
  const { files, library } = checked.project;
  const texts = new Map([...files, ...library].map((f) => [f.uri, f.text]));
  const source = (file: string) => texts.get(file) ?? setArgumentText(file) ?? readText(file);
  const places = { locate: locator(source), nameFile: namer(uri, library), source };
  const page = reportPage(
    answer,
    drawn,
    places,
    made(
      uri,
      { ...options, format },
      files.map((f) => f.uri),
    ),
  );
  const text = format === 'html' ? reportHtml(page, MARK) : reportMarkdown(page, MARK);
  const written = [
    ...(diagram === undefined ? [] : [{ path: diagram, content: `${drawingFile(drawn).trimEnd()}\n${MARK}\n` }]),
    ...(output === undefined ? [] : [{ path: output, content: text }]),
  ];
  const notes = writeFiles(written, { force, isOurs: (old) => old.includes(MARK) });
  return { output: output === undefined ? text : '', notes, code: 0 };
}

/** Files from the design's folder, so that a report says the same wherever it is made; those of the library by their names. */
function namer(root: string, library: readonly { readonly uri: string }[]): (uri: string) => string {
  const known = new Set(library.map((f) => f.uri));
  const folder = dirname(shortName(root));
  return (uri) => {
    if (known.has(uri)) return `sysd library, ${basename(shortName(uri))}`;
    return uri.startsWith('file:') ? relative(folder, shortName(uri)).replaceAll('\\', '/') : uri;
  };
}

/** From the page's folder to the drawing; of a page that goes to the output, from the working directory. */
function addressOf(diagram: string, output: string | undefined): string {
  const folder = output === undefined ? process.cwd() : dirname(resolve(output));
  return relative(folder, resolve(diagram)).replaceAll('\\', '/');
}

function made(uri: string, given: ReportOptions, files: readonly string[]): Made {
  const { format = 'html', scenario, set = [], fail = [], traffic, horizon, date, diagram, output } = given;
  const options = [
    ...['--format', format],
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
    ...set.flatMap((s) => ['--set', s]),
    ...(traffic === undefined ? [] : ['--traffic', `${traffic}`]),
    ...(horizon ? ['--in', horizon.text ?? `${horizon.value} s`] : []),
    ...fail.flatMap((f) => ['--fail', f]),
    ...(date === undefined ? [] : ['--date', date]),
    // Where the page is matters to its address of the drawing only.
    ...(diagram === undefined ? [] : ['--diagram', diagram, ...(output === undefined ? [] : ['--output', output])]),
  ];
  const command = ['sysd', 'report', shellFile(shortName(uri)), ...options.map(shellWord)].join(' ');
  return { command, version: manifest.version, files, ...(date === undefined ? {} : { date }) };
}
