import { expect, it } from 'vitest';
import { blocksOf, rangeOf, snapshot } from '../text/snapshot.ts';
import { colouring } from './semantic-tokens.ts';
import { TOKEN_TYPES } from './token-types.ts';

/** `word:type` for each token, decoded as an editor does. */
function colours(text: string, from = 0, to = text.length): string[] {
  const of = snapshot('file:///a.sysd', 1, text);
  const data = colouring().within(blocksOf(of), new Map([['orders', 'variable']]), rangeOf(of, from, to));
  const lines = text.split(/\r\n|\n/);
  const found: string[] = [];
  let [line, character] = [0, 0];
  for (let i = 0; i < data.length; i += 5) {
    character = data[i] === 0 ? character + data[i + 1]! : data[i + 1]!;
    line += data[i]!;
    found.push(`${lines[line]!.slice(character, character + data[i + 2]!)}:${TOKEN_TYPES[data[i + 3]!]}`);
  }
  return found;
}

it('colours words by where they stand', () => {
  expect(colours('cache cache: redis { ttl: 5 min } // c')).toEqual([
    'cache:class',
    'cache:variable',
    'redis:type',
    'ttl:property',
    '5 min:number',
    '// c:comment',
  ]);
  expect(colours('service a { replicas: 2 across us, failover: automatic }')).toContain('across:keyword');
  expect(colours('client u\nflow F from u at 1/s {\r\n  u -> orders read 1 KB when 5%\r\n}')).toEqual(
    expect.arrayContaining(['flow:keyword', 'F:event', 'u:variable', '->:operator', 'orders:variable', 'read:function', 'when:keyword']),
  );
});

it('gives a part of the text on its own', () => {
  const text = 'service a\nservice b\nservice c\n';
  expect(colours(text, 10, 19)).toEqual(['service:class', 'b:variable']);
});
