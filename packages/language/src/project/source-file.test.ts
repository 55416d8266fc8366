import { expect, it } from 'vitest';
import { sourceFile, syntaxErrors } from './source-file.ts';

const titles = (text: string) => syntaxErrors(sourceFile('file:///a.sysd', text)).flatMap((d) => d.fixes?.map((f) => f.title) ?? []);

it.each([
  ['service a { replicas: 2 cores: 4 }', 'Add ,'],
  ['service a service b', 'Begin a new line'],
  ['service a\n}', 'Remove }'],
  ['service a\u200b', 'Remove it'],
  ['service a { replicas = 2 }', 'Change to replicas:'],
])('a fix is called by what it does: %j', (text, title) => {
  expect(titles(`${text}\n`)).toEqual([title]);
});
