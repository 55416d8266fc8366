import { type Command, InvalidArgumentError, Option } from 'commander';

const nonEmpty = (value: string): string => {
  if (value === '') throw new InvalidArgumentError('must not be empty.');
  return value;
};

/** Options of `sysd estimate` that ask what if. */
export function addWhatIf(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--sweep <path=low..high>',
        'over a range: users.daily-active=1M..1G, with :25 in 25 steps, with :linear evenly',
      ).argParser(nonEmpty),
    )
    .addOption(new Option('--chart <file>', 'write the sweep as a drawing (SVG) as well').argParser(nonEmpty))
    .option('--bands', 'what ranges such as 80M..120M make of the results: P10, P50 and P90 of 1000 samples, and what that comes from')
    .addOption(new Option('--samples <n>', 'samples of --bands').argParser(nonEmpty))
    .option('--scenarios', 'all scenarios of the design side by side')
    .option('--force', 'replace a chart file that sysd did not write', false);
}
