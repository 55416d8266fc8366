#!/usr/bin/env node
import { SEVERITIES } from '@sysd/core';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import type { Answer } from './answer.ts';
import { availability } from './commands/availability.ts';
import { check } from './commands/check.ts';
import { estimate } from './commands/estimate.ts';
import { explain } from './commands/explain.ts';
import { exportComposeTo } from './commands/export-compose.ts';
import { exportOpenPsa } from './commands/export-open-psa.ts';
import { format } from './commands/format.ts';
import { render } from './commands/render.ts';
import { report } from './commands/report.ts';
import { CouldNotRun } from './fail.ts';
import { printable } from './formatters/printable.ts';
import { horizonOf } from './horizon.ts';
import { withMeantCommand } from './unknown-command.ts';
import { addWhatIf } from './what-if-options.ts';

/** Waits until everything is written: a pipe may be slower than the process. */
function print(text: string): Promise<void> {
  return new Promise((resolve) => process.stdout.write(text, () => resolve()));
}

// `sysd check | head`: the reader went away; that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

let exitCode: 0 | 1 | 2 = 0;

async function give({ output, notes, code }: Answer): Promise<void> {
  for (const note of notes) process.stderr.write(`${printable(note)}\n`);
  exitCode = code;
  await print(output);
}

const program = new Command('sysd')
  .description('Checks, sizes, draws and exports system designs written in .sysd files.')
  .version(manifest.version)
  .exitOverride()
  .configureOutput({ outputError: (text, write) => write(printable(withMeantCommand(text, process.argv.slice(2)))) })
  .showHelpAfterError('(sysd --help shows the commands)');

const formatOption = () => new Option('--format <format>', 'form of the output').choices(['text', 'json']).default('text');
const scenarioOption = () => new Option('--scenario <name>', 'evaluate a scenario of the design');
const collect = (value: string, before: readonly string[]): readonly string[] => [...before, nonEmpty(value)];
const failOption = () =>
  new Option('--fail <element>', 'let it fail: us.a, api, "api 2" (two instances), lb@eu; may be given several times')
    .argParser(collect)
    .default([], 'nothing');
const setOption = () =>
  new Option('--set <path=value>', 'what if: users.daily-active=1G, followers=500, "Checkout.at=20/s"; may be given several times')
    .argParser(collect)
    .default([], 'nothing');
const trafficOption = () =>
  new Option('--traffic <times>', 'every flow starts so many times as often: 5, 1.5x').argParser((text) => {
    const times = Number(/^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)x?$/i.exec(text)?.[1]);
    if (Number.isFinite(times) && times > 0) return times;
    throw new InvalidArgumentError('a number above 0 is due here, such as 5 or 1.5x.');
  });
const horizonOption = () =>
  new Option('--in <time>', 'see the design in "3 year", when its flows have grown as `growth` says').argParser(horizonOf);
const nonEmpty = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('must not be empty.');
  return value;
};

program
  .command('check')
  .description(
    'report errors and design faults; exit code 1 where one is an error (--fail-on says from which severity on), 2 could not run. With --fail: what that makes of each flow, and findings that are new with it; exit code 1 where a flow fails or is overloaded that was not before',
  )
  .argument('[paths...]', 'files, or folders to search', ['.'])
  .addOption(formatOption())
  .option('--fix', 'make every fix that is the one right move in the files, then report what is left', false)
  .addOption(
    new Option('--fail-on <severity>', 'least severity that makes the exit code 1').choices([...SEVERITIES, 'never']).default('error'),
  )
  .addOption(scenarioOption())
  .addOption(setOption())
  .addOption(trafficOption())
  .addOption(failOption())
  .addOption(horizonOption())
  .action((paths, { in: horizon, ...options }) => give(check(paths, { ...options, horizon })));

addWhatIf(program.command('estimate'))
  .description('rates, utilisation, instances needed, headroom, storage, cost; what cannot be estimated says what it lacks')
  .argument('[paths...]', 'files, or folders to search', ['.'])
  .addOption(new Option('--format <format>', 'form of the output').choices(['text', 'json', 'markdown', 'csv']).default('text'))
  .addOption(scenarioOption())
  .addOption(setOption())
  .addOption(trafficOption())
  .addOption(failOption())
  .addOption(horizonOption())
  .option('--explain', 'show how each number came about', false)
  .action((paths, { in: horizon, ...options }) => give(estimate(paths, { ...options, horizon })));

program
  .command('availability')
  .description('how available each flow is, against its objectives; what makes it fail. Exit code 1 where an objective is missed')
  .argument('[paths...]', 'files, or folders to search', ['.'])
  .addOption(new Option('--format <format>', 'form of the output').choices(['text', 'json', 'markdown']).default('text'))
  .addOption(scenarioOption())
  .addOption(setOption())
  .addOption(trafficOption())
  .addOption(failOption())
  .addOption(horizonOption())
  .option('--explain', 'show how each number came about', false)
  .action((paths, { in: horizon, ...options }) => give(availability(paths, { ...options, horizon })));

program
  .command('report')
  .description(
    'one page for a design review: diagram, objectives, findings, sizes, latency, availability, cost, scenarios, assumptions, and how each number came about',
  )
  .argument('<file>', 'the design, or a folder that holds one')
  .addOption(
    new Option('--format <format>', 'form of the page; by default what the name of the output file says, else html').choices([
      'html',
      'markdown',
    ]),
  )
  .option('-o, --output <file>', 'write to a file instead of the output', nonEmpty)
  .option('--diagram <file>', 'write the diagram of a Markdown report to a file (SVG) that it shows, instead of Mermaid', nonEmpty)
  .option('--date <date>', 'date to print in the report', nonEmpty)
  .addOption(scenarioOption())
  .addOption(setOption())
  .addOption(trafficOption())
  .addOption(failOption())
  .option('--force', 'replace files that sysd did not write', false)
  .addOption(horizonOption())
  .action(async (file, { in: horizon, ...options }) => give(await report(file, { ...options, horizon })));

program
  .command('render')
  .description('draw the overview as SVG')
  .argument('<file>', 'the design, or a folder that holds one')
  .option('-o, --out <file>', 'write to a file instead of the output', nonEmpty)
  .addOption(new Option('--theme <theme>', 'colours').choices(['light', 'dark', 'high-contrast']).default('light'))
  .addOption(new Option('--overlay <overlay>', 'what colour means').choices(['none', 'load']).default('none'))
  .addOption(scenarioOption())
  .addOption(setOption())
  .addOption(trafficOption())
  .option('--force', 'replace a file that sysd did not write', false)
  .action(async (file, options) => give(await render(file, options)));

const exporting = program.command('export').description('export the design in another form');

exporting
  .command('compose')
  .description('a docker-compose project that runs, scaled to a laptop')
  .argument('<file>', 'the design, or a folder that holds one')
  .requiredOption('-o, --out <folder>', 'folder to write into', nonEmpty)
  .addOption(scenarioOption())
  .option('--force', 'replace files that sysd did not write', false)
  .action((file, options) => give(exportComposeTo(file, options)));

exporting
  .command('open-psa')
  .description('the fault trees of the flows in the Open-PSA exchange format, as SCRAM reads them')
  .argument('<file>', 'the design, or a folder that holds one')
  .option('-o, --out <file>', 'write to a file instead of the output', nonEmpty)
  .addOption(new Option('--flow <name>', 'only this flow; may be given several times').argParser(collect).default([], 'all flows'))
  .addOption(scenarioOption())
  .addOption(failOption())
  .option('--force', 'replace a file that sysd did not write', false)
  .action((file, options) => give(exportOpenPsa(file, options)));

program
  .command('format')
  .description('format files in place')
  .argument('[paths...]', 'files, or folders to search', ['.'])
  .option('--check', 'change nothing; exit code 1 when a file is not formatted', false)
  .action((paths, options) => give(format(paths, options)));

program
  .command('explain')
  .description('what a rule or error means and what to do about it')
  .argument('[id]', 'id of a rule; without it all are listed')
  .action(async (id) => print(explain(id)));

program
  .command('lsp')
  .description('run the language server')
  .requiredOption('--stdio', 'speak over standard input and output')
  .action(async () => {
    const { startServer } = await import('@sysd/language/server');
    await startServer();
  });

try {
  await program.parseAsync();
  process.exitCode = exitCode;
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2;
  else if (error instanceof CouldNotRun) {
    process.stderr.write(`sysd: ${printable(error.message)}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(
      `sysd: internal error, please report it: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = 2;
  }
}
