import { didYouMean, KIND_NAMES } from '@sysd/core';
import { meantKind } from '../kind-names.ts';
import { around, instead, NAME, type Notation } from './line.ts';

/** Statements as other languages write them. */
export const statements: Notation = (line) =>
  listItem(line) ??
  imported(line) ??
  constant(line) ??
  assigned(line) ??
  compared(line) ??
  reason(line) ??
  titled(line) ??
  power(line) ??
  negative(line) ??
  targets(line) ??
  modifier(line);

/** `- name: a`, `1. api -> orders`. */
const listItem: Notation = ({ text }) => {
  const match = /^(\s*)([-*•]|\d+[.)])\s+(?=\S)/.exec(text);
  const mark = match?.[2] ?? '';
  return match ? instead(`a statement stands without ${mark} before it`, match[1]?.length ?? 0, match[0].trimStart(), '') : undefined;
};

const imported: Notation = ({ text }) => {
  const match =
    /^(\s*)(?:import|include|use|require|!include|from)\b\s*(?:\{[^}]*\}\s*from\s*|\*.*\bfrom\s*)?["'<]?([\w./-]+)["'>]?\s*$/.exec(text);
  const path = match?.[2] ?? '';
  if (!match || !/[./]/.test(path)) return undefined;
  const meant = `import "${/^\.\.?\//.test(path) ? path : `./${path}`}"`;
  return instead(`another file is imported by its path in double quotes: ${meant}`, match[1]?.length ?? 0, text.trim(), meant);
};

/** `const x = 5 MB`, `let x: 5`, `let x 5`, `x = 5 * 2` at the top level. */
const constant: Notation = ({ text, depth }) => {
  const match = new RegExp(`^(\\s*)(?:(let|const|var|val|def|define|set)\\s+)?(${NAME})\\s*(:=|=|:|\\s)\\s*(?=[\\d(-]|[a-z])([^=]+)$`).exec(
    text,
  );
  const [, before = '', word, name = '', sign = '', value = ''] = match ?? [];
  if (!match || depth > 0 || (word === undefined && (sign !== '=' || /["{]/.test(value)))) return undefined;
  if (word !== undefined && word !== 'let' && sign === ' ') return undefined;
  const meant = `let ${name} = ${value.trimEnd()}`;
  return meant === text.trim() ? undefined : instead(`a number is named with let: ${meant}`, before.length, text.trim(), meant);
};

/** `api = service "API"` of Structurizr and LikeC4. */
const assigned: Notation = ({ text }) => {
  const match = new RegExp(`^(\\s*)(${NAME})\\s*[:=]\\s*([A-Za-z][\\w-]*)\\s*("[^"]*")?(?:\\s*"[^"]*")*(?=\\s*(?:\\{|$))`).exec(text);
  const [written = '', before = '', name = '', word = '', title] = match ?? [];
  if (!match) return undefined;
  const kind = KIND_NAMES.find((k) => k === word) ?? meantKind(word) ?? didYouMean(word, KIND_NAMES);
  if (kind === undefined) return undefined;
  const meant = `${kind} ${name}${title === undefined ? '' : ` ${title}`}`;
  return instead(`a component is declared by its kind and name: ${meant}`, before.length, written.slice(before.length), meant);
};

const RELATIONS: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['===', '=='],
  ['=<', '<='],
  ['=>', '>='],
  ['<>', '!='],
]);

const compared: Notation = (line) => {
  const match = /^\s*expect\b/.test(line.text) ? around(line, /(?<![<>=!])(?:===?|=<|=>|<>|=)(?!=)/g) : undefined;
  const meant = match && RELATIONS.get(match[0]);
  return match && meant !== undefined
    ? instead(`expect compares with <=, >=, ==, !=, < or >: write ${meant}`, match.index, match[0], meant)
    : undefined;
};

const reason: Notation = ({ text }) => {
  const match = /(?<=\bbecause\s+)[^"\s].*$/.exec(text);
  const said = match?.[0].trimEnd() ?? '';
  return match ? instead('a reason stands in double quotes', match.index, said, `"${said.replaceAll(/['"]/g, '')}"`) : undefined;
};

/** `scenario Black Friday {`. */
const titled: Notation = ({ text }) => {
  const match = /^(\s*(?:scenario|view)\s+)([^"{]+?)(?=\s*(?:\{|$))/.exec(text);
  const [, before = '', title = ''] = match ?? [];
  return title === ''
    ? undefined
    : instead(`a title stands in double quotes: "${title}"`, before.length, title, `"${title.replaceAll(/['“”]/g, '')}"`);
};

const power: Notation = (line) => {
  const match = around(line, /\s*\*\*\s*/g);
  return match && instead('a power is written with ^: 2 ^ 10', match.index, match[0], ' ^ ');
};

const negative: Notation = (line) => {
  const match = around(line, /(?<=(?:[:=(,]|\btimes|\bwhen|\bat|<=|>=)\s*)-\s*\d[\w.%/]*/g);
  if (!match) return undefined;
  const message = `no number is negative here: ${match[0]} is less than nothing`;
  if (!/^\s*let\b/.test(line.text)) return { message, start: match.index, end: match.index + match[0].length };
  const meant = `0 - ${match[0].slice(1).trim()}`;
  return instead(`a number has no sign: write ${meant}`, match.index, match[0], meant);
};

/** `api -> orders, cache`. */
const targets: Notation = (line) => {
  const match = around(line, new RegExp(`(?<=[-~]>\\s*${NAME})\\s*(?:,|&|\\band\\b)\\s*(?=${NAME}\\s*$)`, 'g'));
  if (!match) return undefined;
  const message = 'a step has one target: write a line for each; a | between them means one or the other, by share';
  return { message, start: match.index, end: match.index + match[0].length };
};

/** `on cache miss`, `5 times`. */
const modifier: Notation = (line) => {
  if (line.depth === 0) return undefined;
  const miss = around(line, new RegExp(`\\bon\\s+(?:(${NAME})\\s+miss|(?:cache[- ])?miss)\\b`, 'g'));
  const cache = miss?.[1];
  if (miss) {
    const meant = cache === undefined || cache === 'cache' || cache === 'a' ? 'on miss' : `on miss of ${cache}`;
    return instead(`a step for what a cache did not have is said ${meant}`, miss.index, miss[0], meant);
  }
  const times = around(line, /(\d[\w.]*)\s*(?:times\b|x$)/g);
  return times && instead(`how often stands behind times: times ${times[1]}`, times.index, times[0], `times ${times[1]}`);
};
