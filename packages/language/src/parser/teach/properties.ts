import { didYouMean, isProperty, PROPERTY_NAMES } from '@sysd/core';
import { around, instead, NAME, type Notation } from './line.ts';

const COLON = 'a property is said with a colon';

/** Properties as JSON, TOML, HCL and shells write them: `replicas = 3`, `"replicas": 3`, `replicas 3`, `zones: [a, b]`. */
export const properties: Notation = (line) =>
  quotedName(line) ??
  equals(line) ??
  objective(line) ??
  missingColon(line) ??
  missingComma(line) ??
  doubledComma(line) ??
  brackets(line) ??
  variable(line) ??
  quotes(line);

const quotedName: Notation = (line) => {
  const match = around(line, new RegExp(`["'](${NAME})["']\\s*:\\s*`, 'g'));
  const name = match?.[1] ?? '';
  return match && instead(`the name of a property stands without quotes: ${name}:`, match.index, match[0], `${name}: `);
};

const equals: Notation = (line) => {
  const match = around(line, new RegExp(`(?<=^\\s*|[{,;]\\s*)(${NAME})\\s*(?::=|=>?|\\?=)\\s*`, 'g'));
  const name = match?.[1] ?? '';
  const isOwn = isProperty(name) || (line.head === 'scenario' && name.includes('.'));
  if (!match || line.depth + braces(line.text.slice(0, match.index)) <= 0 || !isOwn) return undefined;
  return instead(`${COLON}: ${name}:`, match.index, match[0], `${name}: `);
};

/** `slo` as a block, objectives without it, and relations that are none: `p99 <= 200 ms`, `slo: p99 = 200 ms`. */
const objective: Notation = (line) => {
  const { text, head } = line;
  const block = /^(\s*)slo\s*\{\s*([^{}]*?)\s*\}\s*$/.exec(text);
  if (block && block[2] !== '')
    return instead(`${COLON}: slo: ${block[2]}`, block[1]?.length ?? 0, text.trim(), `slo: ${block[2]?.replaceAll(/\s*;\s*/g, ', ')}`);
  const match = around(
    line,
    /(?<slo>\bslo\s*:?\s*)?(?<![\w-])(?<metric>availability|p50|p95|p99|rto|rpo)\s*(?<sign><=|>=|=<|=>|==|=|<|>|:)\s*(?<bound>\d[\d.,]*\s*(?:%|[A-Za-z]+)?)/g,
  );
  const { slo, metric = '', bound = '' } = match?.groups ?? {};
  if (!match) return undefined;
  const meant = `${metric} ${metric === 'availability' ? '>=' : '<='} ${bound.trimEnd()}`;
  const before = slo ?? (/\bslo\s*:/.test(text.slice(0, match.index)) ? undefined : '');
  const isFlow = head === 'flow' || head === '';
  if (!isFlow) {
    const message = `an objective is one of a flow: slo: ${meant} in its braces`;
    return { message, start: match.index, end: match.index + match[0].length };
  }
  return instead(`an objective is written slo: ${meant}`, match.index, match[0], before === undefined ? meant : `slo: ${meant}`);
};

const missingColon: Notation = (line) => {
  const match = around(line, new RegExp(`(?<=^\\s*|[{,;]\\s*)(${NAME})(\\s+)(?=[-+$"\\d(]|[A-Za-z])`, 'g'));
  const name = match?.[1] ?? '';
  if (!match || !isProperty(name) || line.depth + braces(line.text.slice(0, match.index)) <= 0) return undefined;
  return instead(`${COLON}: ${name}:`, match.index, match[0], `${name}: `);
};

/** `replicas: 2 cores: 4`. */
const missingComma: Notation = (line) => {
  const match = around(line, /(?<=[^\s{,;:])(\s+)([A-Za-z_][\w-]*)\s*:/g);
  const name = match?.[2] ?? '';
  if (!match || didYouMean(name, PROPERTY_NAMES) === undefined) return undefined;
  const gap = match[1] ?? '';
  const { message, corrections } = instead(`a property ends with its line or a comma: , ${name}:`, match.index, gap, ', ');
  return { message, corrections, start: match.index + gap.length, end: match.index + match[0].length } as ReturnType<Notation>;
};

/** `replicas: 3,, cores: 4`. */
const doubledComma: Notation = (line) => {
  const match = around(line, /,\s*[,;](?:\s*[,;])*|;\s*,(?:\s*[,;])*/g);
  return match && instead('one comma is enough between two properties', match.index, match[0], ',');
};

const brackets: Notation = (line) => {
  const match = around(line, /(?<=[:,]\s*)\[([^[\]]*)\]/g);
  const list = (match?.[1] ?? '').replaceAll(/["']/g, '').trim();
  return match && instead(`a list stands without brackets: ${list}`, match.index, match[0], list);
};

const variable: Notation = (line) => {
  const match = around(line, /\$\{?([A-Za-z_]\w*)\}?|\{\{\s*([\w.]+)\s*\}\}/g);
  const name = (match?.[1] ?? match?.[2] ?? '').toLowerCase();
  if (!match) return undefined;
  const message = `there are no variables of an environment: give a number a name with let ${name} = 3 and use that, or set it with --set ${name}=3`;
  return { message, start: match.index, end: match.index + match[0].length };
};

/** Texts without quotes: `image: nginx:1.27`, `health: /healthz`. */
const quotes: Notation = (line) => {
  const match = around(line, /(?<=\b(?:image|health)\s*:\s*(?:http\s+|command\s+)?)[\w./-][^\s",{}]*/g);
  if (!match) return undefined;
  const http = /health\s*:\s*$/.test(line.text.slice(0, match.index)) ? 'http ' : '';
  return instead(`text stands in double quotes: "${match[0]}"`, match.index, match[0], `${http}"${match[0]}"`);
};

const braces = (text: string): number => text.split('{').length - text.split('}').length;
