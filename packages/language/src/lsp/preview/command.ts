import { shellFile, shellWord } from '../../shell-word.ts';

/** What a command line is asked, as `Question`. */
interface Asked {
  readonly scenario: string | undefined;
  readonly failed: readonly string[];
  readonly factor: number;
}

/** The command that gives the figures of a preview: `sysd estimate feed.sysd --traffic 5 --fail us.a`. */
export function estimateCommand(file: string, { scenario, failed, factor }: Asked): string {
  const traffic = factor === 1 ? [] : ['--traffic', String(factor)];
  const options = [...(scenario === undefined ? [] : ['--scenario', scenario]), ...traffic, ...failed.flatMap((one) => ['--fail', one])];
  return ['sysd', 'estimate', shellFile(file), ...options.map(shellWord)].join(' ');
}
