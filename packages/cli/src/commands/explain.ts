import { didYouMean } from '@sysd/core';
import { allExplanations, documentationUrl, explain as find } from '@sysd/rules';
import { CouldNotRun } from '../fail.ts';
import { table } from '../formatters/table.ts';

/** `sysd explain ID`: what a rule or error is about, why it matters, what to do, with examples. Without an id: all of them. */
export function explain(id: string | undefined): string {
  const all = allExplanations();
  if (id === undefined) {
    const rows = all.map((e) => [e.id, e.severity, e.summary]);
    return `${table(['Id', 'severity', 'what it reports'], rows, ['left', 'left', 'left'])}\n`;
  }
  const found = find(id);
  if (!found) {
    const near = didYouMean(
      id,
      all.map((e) => e.id),
    );
    throw new CouldNotRun(`there is no rule "${id}"${near ? `; did you mean ${near}?` : ''}. \`sysd explain\` lists them all`);
  }
  const examples = (title: string, list: typeof found.docs.avoid) =>
    list.map((e) => `${title} ${e.title}:\n\n${e.text.trimEnd().replace(/^/gm, '    ')}`);
  const parts = [
    `${found.id} (${found.severity}): ${found.summary}`,
    found.why,
    `What to do: ${found.doInstead}`,
    ...examples('Avoid:', found.docs.avoid),
    ...examples('Better:', found.docs.prefer),
    `See ${documentationUrl(found.id)}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
