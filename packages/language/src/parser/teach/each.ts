import { findUnit, meantUnit } from '@sysd/core';
import { around, instead, type Notation } from './line.ts';

const COUNT = '(?<![\\w.,])(?<count>\\d[\\d.]*[kMGT]?)';
const PER = '(?:\\s*/\\s*|\\s+(?:per|an?|every)\\s+)';
const UNIT = '(?<unit>[A-Za-z]+)\\b';
const BEFORE_TIME = new RegExp(`${COUNT}(?:(?:\\s+[A-Za-z]+)?\\s+each|${PER}users?)${PER}${UNIT}(?:\\s+each\\b)?`, 'g');
const BEHIND_TIME = new RegExp(`${COUNT}${PER}${UNIT}${PER}users?\\b(?:\\s+each\\b)?`, 'g');

/** `at 1 each/day`, `at 10 per user per day`, `at 10 per day per user`: the rate of each user, which is never that of all together. */
export const each: Notation = (line) => {
  if (!/^\s*flow\b/.test(line.text)) return undefined;
  const match = around(line, BEFORE_TIME) ?? around(line, BEHIND_TIME);
  const { count, unit = '' } = match?.groups ?? {};
  const time = findUnit(unit)?.name ?? meantUnit(unit);
  if (!match || time === undefined) return undefined;
  const meant = `${count}/${time} each`;
  return instead(`a rate of each user ends in each: write ${meant}`, match.index, match[0], meant);
};
