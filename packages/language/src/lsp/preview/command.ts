/** What a command line is asked, as `Question`. */
interface Asked {
  readonly failed: readonly string[];
  readonly factor: number;
}

/** The command that gives the figures of a preview: `sysd estimate feed.sysd --traffic 5 --fail us.a`. */
export function estimateCommand(file: string, { failed, factor }: Asked): string {
  const traffic = factor === 1 ? [] : ['--traffic', String(factor)];
  return ['sysd', 'estimate', file.startsWith('-') ? `./${file}` : file, ...traffic, ...failed.flatMap((one) => ['--fail', one])]
    .map(word)
    .join(' ');
}

/** A word as a POSIX shell and PowerShell read it. */
const word = (text: string): string => (/^[\w./:@=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
