import { findUnit, meantUnit } from '@sysd/core';
import { around, instead, type Notation } from './line.ts';

const EVERY = /(?<at>\bat\s+)?(?:(?<count>\d[\d.]*|once|one|twice)\s+(?:[a-z]+\s+)?)?every\s+(?<length>\d[\d.]*)?\s*(?<unit>[A-Za-z]+)\b/g;
const COUNTS: ReadonlyMap<string, string> = new Map([
  ['once', '1'],
  ['one', '1'],
  ['twice', '2'],
]);

/** `at 1 every 3 s`, `every 3 s`, `once every hour`: how often a flow starts, by the time between two of them. */
export const every: Notation = (line) => {
  if (!/^\s*flow\b/.test(line.text)) return undefined;
  const match = around(line, EVERY);
  const { at, count = '1', length, unit = '' } = match?.groups ?? {};
  const time = findUnit(unit)?.name ?? meantUnit(unit);
  if (!match || time === undefined || length === '0') return undefined;
  const number = COUNTS.get(count) ?? count;
  const rate = length === undefined || length === '1' ? `${number}/${time}` : `${number} / ${length} ${time}`;
  const skipped = at?.length ?? 0;
  return instead(
    `a rate is written with a slash: ${at === undefined ? 'at ' : ''}${rate}`,
    match.index + skipped,
    match[0].slice(skipped),
    at === undefined ? `at ${rate}` : rate,
  );
};
