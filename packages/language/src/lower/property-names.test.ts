import { expect, it } from 'vitest';
import { lowerText } from '../index.ts';

const uri = 'file:///design.sysd';
const told = (declaration: string) =>
  lowerText(new Map([[uri, `system Shop\n${declaration}\n`]])).diagnostics.map(({ message, fixes = [] }) => ({
    message,
    fixes: fixes.map((fix) => [fix.title, fix.preferred ?? false]),
  }));

it.each([
  ['queue jobs', 'size: 10k', 'max-length'],
  ['cache c: redis', 'size: 4 GB', 'memory'],
  ['stream s: kafka', 'size: 4 GB', 'disk'],
  ['database d: postgres', 'size: 4 GB', 'disk'],
  ['service s', 'rps: 100/s', 'capacity'],
  ['client users', 'count: 3', 'daily-active'],
  ['client users', 'mau: 3M', 'daily-active'],
])('%s { %s } may mean %s, which the author decides', (head, property, meant) => {
  const message = expect.stringContaining(`; did you mean ${meant}?`);
  expect(told(`${head} { ${property} }`)).toEqual([{ message, fixes: [[`Change to ${meant}`, false]] }]);
});

it.each([
  ['queue jobs', 'max-length: 1 GB, max-lenght: 4', 1, 'max-length'],
  ['queue jobs', 'max-lenght: 4, max-length: 1 GB', 1, 'max-length'],
  ['service s', 'instances: 4, count: 3', 2, 'replicas'],
  ['database d: postgres', 'size: 4 GB, storage: 1 TB', 2, 'disk'],
])('%s { %s } has no fix that makes a duplicate', (head, properties, errors, meant) => {
  const message = expect.stringContaining(`; did you mean ${meant}? That is said here too: leave one of them out`);
  expect(told(`${head} { ${properties} }`)).toEqual(Array.from({ length: errors }, () => ({ message, fixes: [] })));
});

it('what may be said several times is changed beside another', () => {
  const text = 'database d: postgres { table t { key: id, row: 1 KB, index: a, indx: b } }';
  expect(told(text).map((d) => d.fixes)).toEqual([[['Change to index', true]]]);
});
