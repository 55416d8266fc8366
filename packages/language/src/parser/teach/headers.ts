import { isKind, KIND_NAMES } from '@sysd/core';
import type { SyntaxProblem } from '../problems.ts';
import { instead, NAME, type Notation } from './line.ts';

const TITLED = ['system', 'flow', 'group', 'region', 'zone', 'table', 'query', ...KIND_NAMES];
const HEADER = new RegExp(`^(?<before>\\s*)(?<word>${TITLED.join('|')})(?<gap>\\s*[:=]\\s*|\\s+)(?<rest>\\S.*)$`);
/** Where what may stand behind a name and its title begins. */
const BEHIND = /\s*\{|\s+from\s+[\w-]+(?=\s|$)|\s+at\s+\S|\s+across\s|$/;
const TECHNOLOGY = /\s*:\s*([A-Za-z][\w-]*)(?:\s*("[^"]*"))?\s*$/;
const WHY = 'a name is one word of letters, digits, _ and -; what people read is the title behind it';

/** Names that are none: `system My Shop`, `flow GET /orders`, `service "Order Service"`, `service bücher`; titles in other marks. */
export const headers: Notation = ({ text }) => {
  const { before = '', word = '', gap = '', rest = '' } = HEADER.exec(text)?.groups ?? {};
  if (rest === '') return undefined;
  const other = (word === 'flow' ? startOf(text) : undefined) ?? twoStatements(text);
  if (other) return other;
  const whole = rest.slice(0, rest.search(BEHIND));
  const technology = isKind(word) ? TECHNOLOGY.exec(whole) : null;
  const said = (technology ? whole.slice(0, technology.index) : whole).trim();
  if (new RegExp(`^${NAME}\\s*:$`).test(said)) {
    const start = text.indexOf(said);
    return {
      message: `what is said of it stands in braces, not behind a colon: ${word} ${said.slice(0, -1).trim()} { … }`,
      start,
      end: start + said.length,
    };
  }
  const [name, title] = nameAndTitle(word, said);
  if (said === '' || said.includes('->') || said.includes(',')) return undefined;
  const written = `${word}${gap}${whole}`.trimEnd();
  if (name === '') {
    const start = before.length + word.length + gap.length;
    const message = `${WHY}: ${word} NAME "${title}"`;
    return { message, start, end: start + said.length };
  }
  const at = text.indexOf(said, before.length + word.length);
  // What stands there is more than a name, such as the next declaration.
  if (word !== 'flow' && /[:;=()[\]]/.test(title)) return { message: WHY, start: at, end: at + said.length };
  const behind = technology ? `: ${technology[1]}` : '';
  const shown = technology?.[2] ?? (title === '' || title === name ? '' : `"${title}"`);
  const meant = `${word} ${name}${behind}${shown === '' ? '' : ` ${shown}`}`;
  if (meant === written) return undefined;
  const why = new RegExp(`^${NAME}$`).test(said) ? 'behind the word a name follows at once' : WHY;
  const begin = said === name ? before.length : at;
  // `database db postgres`: two small words may be a name and what it is made with.
  const [, first, second] = technology === null && isKind(word) ? (/^([a-z][\w-]*)\s+([a-z][\w-]*)$/.exec(said) ?? []) : [];
  const texts = first === undefined || isKind(second ?? '') ? [meant] : [meant, `${word} ${first}: ${second}`];
  const corrections = texts.map((one) => ({ start: before.length, end: before.length + written.length, text: one }));
  return {
    message: `${why}: write ${texts.join(' or ')}`,
    start: begin,
    end: said === name ? before.length + written.length : begin + said.length,
    corrections,
  };
};

/** A flow without one of the words before its source and its rate: `flow Order users at 3/day`, `flow Order from users 3/day`. */
function startOf(text: string): SyntaxProblem | undefined {
  const from = new RegExp(`^(\\s*flow\\s+${NAME}\\s+)(?!from\\b)(${NAME})(?=\\s+at\\b)`).exec(text);
  if (from)
    return instead(`where a flow starts stands behind from: from ${from[2]}`, from[1]?.length ?? 0, from[2] ?? '', `from ${from[2]}`);
  const at = new RegExp(`^(\\s*flow\\s+${NAME}\\s+(?:from\\s+${NAME}\\s+)?)(\\d[\\w./%]*)`).exec(text);
  return at ? instead(`how often a flow starts stands behind at: at ${at[2]}`, at[1]?.length ?? 0, at[2] ?? '', `at ${at[2]}`) : undefined;
}

/** `service a service b`. */
function twoStatements(text: string): SyntaxProblem | undefined {
  const match = new RegExp(
    `^(\\s*)(?:${TITLED.join('|')})\\s+${NAME}(?:\\s*\\{[^{}]*\\})?(?<gap>[,\\s]*)(?=(?:${TITLED.join('|')})\\s+${NAME})`,
  ).exec(text);
  const gap = match?.groups?.gap ?? '';
  if (!match || gap === '') return undefined;
  const end = match[0].length;
  const next = /^\w+/.exec(text.slice(end))?.[0] ?? '';
  const message = `a statement ends with its line: begin a new one before ${next}`;
  return { message, start: end, end: end + next.length, corrections: [{ start: end - gap.length, end, text: `\n${match[1]}` }] };
}

/** What is meant by the text where a name is due; the name is empty where the text has no letters for one. */
export function nameAndTitle(word: string, said: string): [name: string, title: string] {
  const named = new RegExp(
    `^(${NAME})\\s*(?::\\s*)?(?:"([^"]*)"|'([^']*)'|[“‘«„]([^”’»“"]*)[”’»“]|\\[+\\(?([^\\])]*)\\)?\\]+|\\(+[\\["]?([^\\])"]*)["\\]]?\\)+)$`,
  ).exec(said);
  if (named) return [named[1] ?? '', named.slice(2).find((title) => title !== undefined) ?? ''];
  const title = said
    .replaceAll(/["“”„«»]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const plain = title.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').replaceAll('ø', 'o').replaceAll('æ', 'ae');
  if (/[^\x20-\x7e]/.test(plain)) return ['', title];
  const words = plain.match(/[A-Za-z0-9_]+/g) ?? [];
  const joined =
    word === 'system' || word === 'flow'
      ? words.map(capital).join('')
      : words.length > 1
        ? words.join('-').toLowerCase()
        : (words[0] ?? '');
  return [/^[A-Za-z_]/.test(joined) ? joined : joined === '' ? '' : `_${joined}`, title];
}

const capital = (word: string): string => {
  const rest = word.slice(1);
  return word.charAt(0).toUpperCase() + (/^[A-Z]{2,}$/.test(word) ? rest.toLowerCase() : rest);
};
