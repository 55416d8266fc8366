import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatSysd } from '@sysd/language';
import type { Answer } from '../answer.ts';
import { shortName, sysdFiles } from '../files.ts';
import { replaceText } from '../write.ts';

/**
 * `sysd format`: formats files in place, or with `check` only names those that are not formatted (exit code 1). A file whose text is
 * broken is left alone, and the exit code is 2; the others are formatted all the same.
 */
export function format(paths: readonly string[], options: { readonly check: boolean }): Answer {
  const broken: string[] = [];
  const changed: string[] = [];
  for (const uri of sysdFiles(paths)) {
    const path = fileURLToPath(uri);
    const text = readFileSync(path, 'utf8');
    const formatted = formatSysd(text);
    if (formatted === undefined) broken.push(shortName(uri));
    else if (formatted !== text) {
      changed.push(shortName(uri));
      if (!options.check) replaceText(path, formatted);
    }
  }
  const output = changed.map((name) => `${options.check ? 'not formatted' : 'formatted'}: ${name}\n`).join('');
  if (broken.length > 0) {
    const notes = [`sysd: cannot format ${broken.join(', ')}: the text has errors that \`sysd check\` shows; left as it is`];
    return { output, notes, code: 2 };
  }
  return { output: output || 'All files are formatted.\n', notes: [], code: options.check && changed.length > 0 ? 1 : 0 };
}
