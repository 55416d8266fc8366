import { ORDINARY_EDITS, type TextEdit } from './ordinary-edits.ts';
import { declarationsIn, linesIn, type Stretch, wordsIn } from './places.ts';
import type { Random } from './random.ts';
import { applyChanges, type TextChange } from './world.ts';

const insert = (at: number, text: string): TextChange[] => [{ start: at, end: at, text }];

const STRUCTURE = ['{', '}', '(', ')', '"', '#', '/*', '*/', '//', ';', ',', ':', '->', '~>', '|', '..', '=', '@', '\\', '<=', '%'];
const ODD_NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'service', 'flow', 'let', 'read', 'on', 'each'];
const UNICODE = [
  '\u{1F600}',
  '\ud83d',
  '\ude00',
  'é',
  'ß',
  '漢字',
  '\u2028',
  '\u2029',
  '\ufeff',
  '\u00a0',
  '\u0000',
  '\u200b',
  '\ue000',
  'İ',
];

function randomText(random: Random, length: number): string {
  const codes = Array.from({ length }, () =>
    random.weighted<() => number>([
      [6, () => 32 + random.below(95)],
      [1, () => random.below(32)],
      [1, () => 128 + random.below(1000)],
      [1, () => 0xd800 + random.below(0x800)],
    ])(),
  );
  return String.fromCharCode(...codes);
}

/** Names of a run of declarations, each of which needs the next: `let a-0 = a-1` … */
function chain(length: number, closed: boolean): string {
  const link = (i: number): string => `let chain-${i} = ${i + 1 < length ? `chain-${i + 1}` : closed ? 'chain-0' : '1'}`;
  return `${Array.from({ length }, (_, i) => link(i)).join('\n')}\n`;
}

const top: (made: (random: Random) => string) => TextEdit =
  (made) =>
  ({ random, text }) => {
    const all = declarationsIn(text);
    return insert(all.length > 0 ? random.pick(all).start : 0, made(random));
  };

/** Edits that break a text, or that a session may trip over. */
export const DESTRUCTIVE_EDITS: Readonly<Record<string, readonly [weight: number, edit: TextEdit]>> = {
  'insert structure': [8, ({ random, text }) => insert(random.below(text.length + 1), random.pick(STRUCTURE))],
  'delete structure': [
    8,
    ({ random, text }) => {
      const found = [...text.matchAll(/[{}()",;:|=]|->|~>/g)];
      if (found.length === 0) return [];
      const { index, 0: image } = random.pick(found);
      return [{ start: index, end: index + image.length, text: '' }];
    },
  ],
  'cut a stretch': [
    4,
    ({ random, text }) => {
      const start = random.below(text.length + 1);
      return [{ start, end: Math.min(text.length, start + random.below(random.pick([5, 40, 200]))), text: '' }];
    },
  ],
  'paste random text': [2, ({ random, text }) => insert(random.below(text.length + 1), randomText(random, 1 + random.below(40)))],
  'paste unicode': [3, ({ random, text }) => insert(random.below(text.length + 1), random.pick(UNICODE))],
  'change line ends': [
    2,
    ({ random, text }) => {
      const lines = linesIn(text).slice(random.below(5), random.pick([3, 50, 1000]));
      const end = random.pick(['\r\n', '\r', '\n', '\n\r']);
      const body = ({ start, end: to }: Stretch) => text.slice(start, to).replace(/[\r\n]+$/, '');
      return lines.toReversed().map((line) => ({ start: line.start + body(line).length, end: line.end, text: end }));
    },
  ],
  'an odd name': [
    3,
    ({ random, text }) => {
      const words = wordsIn(text);
      return words.length > 0 ? [{ ...random.pick(words), text: random.pick(ODD_NAMES) }] : [];
    },
  ],
  'a name that is taken': [
    3,
    ({ random, text, names }) => {
      const words = wordsIn(text);
      return words.length > 0 && names.length > 0 ? [{ ...random.pick(words), text: random.pick(names) }] : [];
    },
  ],
  'a very long line': [
    0.5,
    ({ random, text }) => insert(random.below(text.length + 1), random.pick(['a ', 'a, ', '1 + ', 'a: ', '"', 'x -> ', '(']).repeat(300)),
  ],
  'lets in a circle': [
    1,
    top((random) => random.pick(['let a = b\nlet b = a\n', 'let a = a\n', 'let a = b + c\nlet b = c\nlet c = a\n', chain(5, true)])),
  ],
  'a long chain of lets': [0.3, top((random) => chain(40 + random.below(160), random.chance(0.3)))],
  'rates in a circle': [
    1,
    top((random) =>
      random.pick([
        'flow A from client-0 at B * 2 { }\nflow B from client-0 at A { }\n',
        'flow A from client-0 at A { }\n',
        'let a = A * 1 s\nflow A from client-0 at a * 1/s { }\n',
      ]),
    ),
  ],
  'a second system': [0.5, top(() => 'system Other\n')],
  'odd statements': [
    1,
    top((random) =>
      random.pick([
        'else a -> b\n',
        '| b\n',
        '{ a: 1 }\n',
        '}\n',
        'service __proto__ { constructor: 1 }\n',
        'service a: __proto__\n',
        'group g { group g { service x } }\n',
        'flow __proto__ from constructor at toString { }\n',
        'let __proto__ = constructor\n',
        'table t { key: a }\n',
        'service a b c\nservice\n',
        'accept\nexpect\nview\nscenario\n',
      ]),
    ),
  ],
  'everything away': [0.3, ({ text }) => [{ start: 0, end: text.length, text: '' }]],
  'the text twice': [0.3, ({ text }) => (text.length < 20_000 ? insert(text.length, text) : [])],
  'several changes at once': [
    3,
    (material) => {
      const changes: TextChange[] = [];
      let { text } = material;
      for (let i = 0; i < 2 + material.random.below(4); i++) {
        const edit = material.random.pick([...Object.values(ORDINARY_EDITS), DESTRUCTIVE_EDITS['insert structure']!])[1];
        const more = edit({ ...material, text });
        changes.push(...more);
        text = applyChanges(text, more);
      }
      return changes;
    },
  ],
};
