import { VALUES } from './design-parts.ts';
import { declarationsIn, declaredIn, innerLinesIn, linesIn, numbersIn, type Stretch, valuesIn, wordsIn } from './places.ts';
import type { Random } from './random.ts';
import type { TextChange } from './world.ts';

/** What edits of a text may draw from. */
export interface Material {
  readonly random: Random;
  readonly text: string;
  /** Declarations of other designs, to be pasted. */
  readonly blocks: readonly string[];
  /** Names declared in any file. */
  readonly names: readonly string[];
}

/** Changes of one edit; none where there is nothing of that kind to edit. */
export type TextEdit = (material: Material) => readonly TextChange[];

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-_. :';

const insert = (at: number, text: string): TextChange[] => [{ start: at, end: at, text }];
const replace = ({ start, end }: Stretch, text: string): TextChange[] => [{ start, end, text }];
const one = (random: Random, from: readonly Stretch[]): Stretch | undefined => (from.length > 0 ? random.pick(from) : undefined);
const on = (found: Stretch | undefined, change: (at: Stretch) => TextChange[]): TextChange[] => (found ? change(found) : []);

/** Moves a stretch in front of another one; offsets are of the text as it was. */
function move(text: string, from: Stretch, to: number): TextChange[] {
  const moved = text.slice(from.start, from.end);
  if (to > from.start && to < from.end) return [];
  const [first, second] = [
    { ...from, text: '' },
    { start: to, end: to, text: moved },
  ];
  return to <= from.start ? [second, { ...first, start: from.start + moved.length, end: from.end + moved.length }] : [second, first];
}

const property = ({ random, names }: Material): string => {
  const name = random.pick(Object.keys(VALUES));
  return random.chance(0.1) && names.length > 0 ? `covers: ${random.pick(names)}` : `${name}: ${random.pick(VALUES[name]!)}`;
};

const name = ({ random, names }: Material): string =>
  names.length > 0 && random.chance(0.9) ? random.pick(names) : `new-${random.below(9)}`;

export const ORDINARY_EDITS: Readonly<Record<string, readonly [weight: number, edit: TextEdit]>> = {
  'type in a word': [
    8,
    ({ random, text }) =>
      on(one(random, wordsIn(text)), ({ start, end }) =>
        insert(start + random.below(end - start + 1), LETTERS[random.below(LETTERS.length)]!),
      ),
  ],
  'delete in a word': [
    5,
    ({ random, text }) =>
      on(one(random, wordsIn(text)), ({ start, end }) => {
        const at = start + random.below(end - start);
        return replace({ start: at, end: at + 1 }, '');
      }),
  ],
  'change a number': [
    8,
    ({ random, text }) =>
      on(one(random, numbersIn(text)), (at) => replace(at, random.pick(['0', '1', '2', '7', '10', '99.9', '1000', '12.5']))),
  ],
  'change a value': [
    6,
    ({ random, text }) => on(one(random, valuesIn(text)), (at) => replace(at, random.pick(VALUES[random.pick(Object.keys(VALUES))]!))),
  ],
  'add a property': [
    5,
    (material) => {
      const { random, text } = material;
      if (random.chance(0.6)) return on(one(random, innerLinesIn(text)), ({ start }) => insert(start, `  ${property(material)}\n`));
      return on(
        one(
          random,
          [...text.matchAll(/[{,]/g)].map((m) => ({ start: m.index, end: m.index + 1 })),
        ),
        ({ start, end }) => (text[start] === '{' ? insert(end, ` ${property(material)}, `) : insert(start, `, ${property(material)}`)),
      );
    },
  ],
  'add a declaration': [
    4,
    ({ random, text }) => {
      const kind = random.pick(['service', 'database', 'cache', 'queue', 'loadbalancer', 'client', 'zone', 'worker']);
      const made = `${kind} added-${random.below(30)}${random.pick(['', ' { replicas: 2 }', ' "Added"', ' {\n  replicas: 2\n  cores: 4\n}'])}\n`;
      return insert(one(random, declarationsIn(text))?.start ?? 0, made);
    },
  ],
  'remove a declaration': [4, ({ random, text }) => on(one(random, declarationsIn(text)), (at) => replace(at, ''))],
  'duplicate a declaration': [
    2,
    ({ random, text }) => on(one(random, declarationsIn(text)), ({ start, end }) => insert(end, text.slice(start, end))),
  ],
  'move a declaration': [
    3,
    ({ random, text }) => {
      const all = declarationsIn(text);
      return on(one(random, all), (from) => move(text, from, random.pick(all).start));
    },
  ],
  'swap two declarations': [
    2,
    ({ random, text }) => {
      const all = declarationsIn(text);
      const i = random.below(all.length - 1);
      const [a, b] = [all[i], all[i + 1]];
      return a && b ? replace({ start: a.start, end: b.end }, text.slice(b.start, b.end) + text.slice(a.start, a.end)) : [];
    },
  ],
  'add a step': [
    6,
    (material) => {
      const { random, text } = material;
      const step = `  ${name(material)} ${random.pick(['->', '->', '~>'])} ${name(material)}${random.pick(['', ' read 2 KB', ' write 1 KB', ' publish 1 KB', ' read 2 KB on miss', ' when 10%', ' optional', ' times 3'])}\n`;
      const steps = innerLinesIn(text).filter(({ start, end }) => /[-~]>/.test(text.slice(start, end)));
      return on(one(random, steps), ({ end }) => insert(end, step));
    },
  ],
  'add a connection': [
    3,
    (material) => {
      const { random, text } = material;
      const body = random.pick(['', ' { timeout: 200 ms }', ' { retries: 2, backoff: exponential 50 ms }']);
      return insert(one(random, declarationsIn(text))?.start ?? text.length, `${name(material)} -> ${name(material)}${body}\n`);
    },
  ],
  'add a remark': [
    4,
    (material) => {
      const { random, text } = material;
      const made = random.pick([
        `scenario "S${random.below(5)}" { fail ${name(material)} }\n`,
        `scenario "T${random.below(5)}" { ${name(material)}.replicas: 2 }\n`,
        `accept ${random.pick(['single-point-of-failure', 'over-capacity', 'no-such-rule'])} on ${name(material)} because "so"\n`,
        `expect ${name(material)} <= 10 "why"\n`,
        `view "V" { include: ${name(material)} }\n`,
        `let added-let-${random.below(5)} = ${name(material)} * 2\n`,
        `technology ${random.pick(['postgres', 'own-tech'])}: database, cache { capacity: 100/s }\n`,
      ]);
      return insert(one(random, declarationsIn(text))?.start ?? text.length, made);
    },
  ],
  'move a line': [
    3,
    ({ random, text }) => {
      const all = innerLinesIn(text);
      return on(one(random, all), (from) => move(text, from, random.pick(all).start));
    },
  ],
  'remove a line': [4, ({ random, text }) => on(one(random, innerLinesIn(text)), (at) => replace(at, ''))],
  'duplicate a line': [
    2,
    ({ random, text }) => on(one(random, innerLinesIn(text)), ({ start, end }) => insert(end, text.slice(start, end))),
  ],
  'rename in this file': [
    2,
    ({ random, text }) => {
      const names = declaredIn(text);
      if (names.length === 0) return [];
      const [from, to] = [random.pick(names), `renamed-${random.below(20)}`];
      const found = wordsIn(text).filter(({ start, end }) => text.slice(start, end) === from);
      // From the end, so that the offsets of those before stay right.
      return found.reverse().map((at) => ({ ...at, text: to }));
    },
  ],
  'rename a declaration only': [
    3,
    ({ random, text }) => {
      const names = declaredIn(text);
      if (names.length === 0) return [];
      const from = random.pick(names);
      const at = wordsIn(text).find(({ start, end }) => text.slice(start, end) === from);
      return on(at, (found) => replace(found, random.chance(0.3) ? random.pick(names) : `renamed-${random.below(20)}`));
    },
  ],
  'add a comment': [
    4,
    ({ random, text }) =>
      on(one(random, linesIn(text)), ({ start, end }) =>
        random.chance(0.5)
          ? insert(start, random.pick(['// a note\n', '/// A word of documentation.\n', '  // inside\n', '///\n']))
          : insert(text.slice(start, end).trimEnd().length + start, random.pick([' // note', ' // a: {', '// "'])),
      ),
  ],
  'remove a comment': [
    2,
    ({ random, text }) => {
      const found = [...text.matchAll(/[ \t]*\/\/[^\r\n]*/g)].map((m) => ({ start: m.index, end: m.index + m[0].length }));
      return on(one(random, found), (at) => replace(at, ''));
    },
  ],
  'comment a line out': [
    3,
    ({ random, text }) =>
      on(one(random, linesIn(text)), ({ start, end }) => {
        const line = text.slice(start, end);
        return line.startsWith('// ') ? replace({ start, end: start + 3 }, '') : insert(start, '// ');
      }),
  ],
  'comment lines out': [
    1,
    ({ random, text }) => {
      const all = linesIn(text);
      const first = random.below(all.length);
      return all
        .slice(first, first + 1 + random.below(8))
        .reverse()
        .map(({ start }) => ({ start, end: start, text: '// ' }));
    },
  ],
  'blank lines': [
    3,
    ({ random, text }) =>
      on(one(random, linesIn(text)), ({ start, end }) =>
        text.slice(start, end).trim() === '' ? replace({ start, end }, '') : insert(start, random.pick(['\n', '\n\n', '   \n'])),
      ),
  ],
  indent: [
    3,
    ({ random, text }) =>
      on(one(random, linesIn(text)), ({ start }) => {
        if (random.chance(0.5)) return insert(start, random.pick(['  ', ' ', '\t']));
        const blanks = /^[ \t]+/.exec(text.slice(start, start + 8))?.[0].length ?? 0;
        return blanks > 0 ? replace({ start, end: start + random.below(blanks) + 1 }, '') : insert(start, '  ');
      }),
  ],
  'split or join lines': [
    3,
    ({ random, text }) =>
      random.chance(0.5)
        ? insert(random.below(text.length + 1), '\n')
        : on(one(random, linesIn(text)), ({ end }) => replace({ start: Math.max(0, end - 1), end }, ' ')),
  ],
  'paste a declaration of another design': [
    3,
    ({ random, text, blocks }) => insert(one(random, declarationsIn(text))?.start ?? text.length, random.pick(blocks)),
  ],
};
