import { expect, it } from 'vitest';
import { taught } from './teach.ts';

it('a line of blanks costs no more than another', () => {
  const line = `a --${' '.repeat(181)}"`;
  // Patterns that try each way to share the blanks take half a second a line.
  for (let i = 0; i < 100; i++) expect(taught(line, [2])).toBeUndefined();
});
