import { didYouMean } from '@sysd/core';
import { allExplanations, documentationUrl, explain as find } from '@sysd/rules';
import { CouldNotRun } from '../fail.ts';
import { tableText } from '../formatters/table.ts';

/** `sysd explain ID`: what a rule or error is about, why it matters, what to do, with examples. Without an id: all of them. */
export function explain(id: string | undefined): string {
  const all = allExplanations();
  if (id === undefined) {
    const rows = all.map((e) => [e.id, e.severity, e.summary]);
    return `${tableText({ header: ['Id', 'severity', 'what it reports'], rows, align: ['left', 'left', 'left'] })}\n`;
  }
  const found = find(id);
  if (!found) {
    const near = meantIds(
      id,
      all.map((e) => e.id),
    );
    throw new CouldNotRun(
      `there is no rule "${id}"; ${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}\`sysd explain\` lists them all`,
    );
  }
  const examples = (title: string, list: typeof found.docs.avoid) =>
    list.map((e) => `${title}${e.title ? ` ${e.title}:` : ''}\n\n${e.text.trimEnd().replace(/^/gm, '    ')}`);
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

/** Ids that may be meant: misspelt (`circular-valve`), by their initials (`spof`), or by a part of them (`shard`). */
function meantIds(said: string, ids: readonly string[]): string[] {
  const word = said.toLowerCase().replaceAll(/[_\s]+/g, '-');
  const initials = (id: string): string =>
    id
      .split('-')
      .map((part) => part.charAt(0))
      .join('');
  const short = ids.filter((id) => initials(id) === word);
  if (short.length > 0) return short;
  const near = didYouMean(word, ids);
  if (near !== undefined) return [near];
  return word.length < 3 ? [] : ids.filter((id) => id.includes(word)).slice(0, 5);
}
