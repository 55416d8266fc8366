import { expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const told = (line: string) => lowerText(`system S\nclient users\nservice api\nservice cart\n${line}\n`).diagnostics.map((d) => d.rule);

it.each([
  ['service a { replicas 3, memry: 5 GB }', ['syntax', 'unknown-property']],
  ['service a { memry: 5 GB; image: nginx:1 }', ['unknown-property', 'syntax']],
  ['service a { corse: 2, replicas: ), memry: 5 GB }', ['unknown-property', 'syntax', 'unknown-property']],
  ['api -> cart { timeout 3 s, retris: 2 }', ['syntax', 'unknown-property']],
])('tells what is wrong beside a broken statement of a body on one line: %s', (line, rules) => {
  expect(told(line)).toEqual(rules);
});

it.each([
  // In the broken statement itself, and in the braces that are part of it.
  'service a { memry: 5 GB + }',
  'service a { slo { p99 <= 200 ms; foo: 3 } }',
  // A broken header may make something else of the body.
  'service Two Words { memry: 5 GB }',
  // Steps follow from each other.
  'flow F from users at 1/s { users -> ), api -> nowhere }',
  'flow F from users at 1/s { users --> api, cart -> api }',
])('tells one error where the rest of the line may follow from it: %s', (line) => {
  expect(told(line)).toEqual(['syntax']);
});

it('takes any number of errors in one statement', () => {
  const { diagnostics } = lowerText(`system S\nservice us { ${'a: 3; '.repeat(130_000)} x y z }\n`);
  expect(diagnostics).toHaveLength(1000);
});
