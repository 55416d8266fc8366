import { CATEGORIES, type Category, type Example, type Explanation } from './rule.ts';

/** The Markdown page of one id. */
export function documentationPage(e: Explanation): string {
  const parts = [
    `# ${e.id}`,
    e.summary,
    `Category: ${e.category} · Severity: ${e.severity} · Quick fix: ${e.fixable ? 'yes, where one move is right' : e.changesOnRequest ? 'changes, each with what it gains' : 'no'}`,
    '## Why',
    e.why,
    '## What to do',
    e.doInstead,
    ...examples('Avoid', e.docs.avoid),
    ...examples('Prefer', e.docs.prefer),
    ...(e.category === 'language' ? [] : ['## Settings', settings(e.id)]),
  ];
  if (e.docs.references.length > 0) {
    parts.push('## References', e.docs.references.map((r) => `- ${r.url ? `[${r.title}](${r.url})` : r.title}`).join('\n'));
  }
  return `${parts.join('\n\n')}\n`;
}

/** The Markdown index: every id under its category. */
export function documentationIndex(all: readonly Explanation[]): string {
  const sections = (Object.keys(CATEGORIES) as Category[]).flatMap((category) => {
    const members = all.filter((e) => e.category === category);
    if (members.length === 0) return [];
    const rows = members.map(
      (e) => `| [${e.id}](${e.id}.md) | ${e.severity} | ${e.fixable || e.changesOnRequest ? 'yes' : ''} | ${cell(e.summary)} |`,
    );
    return [`## ${CATEGORIES[category]}`, ['| id | severity | quick fix | reports |', '|---|---|---|---|', ...rows].join('\n')];
  });
  return `${[
    '# What sysd reports',
    'Every finding and every error carries an id. `sysd explain ID` prints its page. These pages are generated from the rules, and every example on them is checked by a test.',
    ...sections,
  ].join('\n\n')}\n`;
}

/** File name to content of the whole folder `docs/rules`. */
export function documentationFiles(all: readonly Explanation[]): Map<string, string> {
  return new Map([['README.md', documentationIndex(all)], ...all.map((e): [string, string] => [`${e.id}.md`, documentationPage(e)])]);
}

const cell = (text: string): string => text.replaceAll('|', '\\|');

const examples = (title: string, list: readonly Example[]): string[] =>
  list.length === 0
    ? []
    : [`## ${title}`, ...list.flatMap((x) => [...(x.title ? [`${x.title}:`] : []), `\`\`\`sysd\n${x.text.trimEnd()}\n\`\`\``])];

const settings = (id: string): string =>
  `A finding that is a decision is accepted in the design, with its reason: \`accept ${id} on ELEMENT because "reason"\`. The setting \`sysd.rules\` gives the rule another severity, or \`off\`.`;
