import { meantNumbers } from '@sysd/core';
import { instead, type Notation } from './line.ts';

/** Behind these a word such as `two` is a number; elsewhere it may be a name. */
const WANTS_NUMBER = /(?:[:=(*+,]|\b(?:at|times|when|max|returns))\s*$/;

/** Numbers as they are written elsewhere: `at 500 req/s`, `at 1,000/s`, `let x = 10 gb`. */
export const numbers: Notation = ({ text, at }) => {
  const all = meantNumbers(text).filter((n) => /\d/.test(n.written) || WANTS_NUMBER.test(text.slice(0, n.start)));
  for (const place of at) {
    const found = all.filter((n) => n.start <= place && place <= n.end);
    const longest = Math.max(0, ...found.map((n) => n.end - n.start));
    const first = found.find((n) => n.end - n.start === longest);
    if (!first) continue;
    const meant = found.filter((n) => n.start === first.start && n.end === first.end).map((n) => n.meant);
    return instead(`${first.why}: write ${meant.join(' or ')}`, first.start, first.written, ...meant);
  }
  return undefined;
};
