import { meantNumbers } from '@sysd/core';
import { instead, type Notation } from './line.ts';

/** Numbers as they are written elsewhere: `at 500 req/s`, `at 1,000/s`, `let x = 10 gb`. */
export const numbers: Notation = ({ text, at }) => {
  const all = meantNumbers(text);
  for (const place of at) {
    const found = all.filter((n) => n.start <= place && place <= n.end);
    const [first] = found;
    if (!first) continue;
    const meant = found.map((n) => n.meant);
    return instead(`${first.why}: write ${meant.join(' or ')}`, first.start, first.written, ...meant);
  }
  return undefined;
};
