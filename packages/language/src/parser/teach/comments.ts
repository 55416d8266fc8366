import { instead, type Notation } from './line.ts';

const WHY = 'comments begin with // and go to the end of the line';

/** The fence around a block of code in Markdown, which is copied with it. */
export const fences: Notation = ({ text }) => {
  const fence = /^\s*(?:`{3,}|~{3,})[\w-]*\s*$/.exec(text);
  return fence ? instead('this fence is of Markdown and no part of the text in it: remove it', 0, text, '') : undefined;
};

/** Comments of SQL, YAML, Mermaid, PlantUML, HTML and C: a line of its own, or the end of one. */
export const comments: Notation = ({ text }) => {
  const inside = [...text.matchAll(/\/\*(.*?)\*\/(?=\s*\S)/g)].find(({ index }) => !isInString(text, index));
  if (inside) {
    const rest = `${text.slice(0, inside.index)}${text.slice(inside.index + inside[0].length)}`.trim();
    const meant = `${/^\s*/.exec(text)?.[0] ?? ''}${rest} // ${inside[1]?.trim()}`;
    return { ...instead(WHY, inside.index, inside[0]), corrections: [{ start: 0, end: text.trimEnd().length, text: meant }] };
  }
  const line = /^(\s*)(--+(?!>)|%%+|#+|'+(?=[^']*$)|<!--|"{3}|\/\*+|\*(?=\s)(?!.*[-~]>)|REM\b|rem\b)\s*(.*?)\s*(?:-->|\*\/|"{3})?\s*$/.exec(
    text,
  );
  if (line) return commented(line[1] ?? '', text, line[3] ?? '');
  const open = /^(\s*)(.*?)\s*\*\/\s*$/.exec(text);
  if (open && !text.includes('/*')) return commented(open[1] ?? '', text, open[2] ?? '');
  return atTheEnd(text);
};

function atTheEnd(text: string): ReturnType<Notation> {
  const marks = [...text.matchAll(/(?<=\s)(?:#+|--|%%|\/\*+)(?=\s)/g)];
  const found = marks.find(({ index }) => /[^\s-]/.test(text.slice(0, index)) && !isInString(text, index));
  if (!found) return undefined;
  const [mark] = found;
  const code = text.slice(0, found.index);
  const said = text
    .slice(found.index + mark.length)
    .replace(/\*\/\s*$/, '')
    .trim();
  // `a -- b` is a line between two boxes in other notations.
  if (said === '' || (mark === '--' && (/^\s*[\w.-]+\s*$/.test(code) || said.includes('>')))) return undefined;
  const problem = commented(code, text, said);
  // A brace may belong to what stands before.
  return /[{}]/.test(said) ? { message: problem.message, start: problem.start, end: problem.end } : problem;
}

/** Strings end with their line. */
const isInString = (text: string, at: number): boolean => text.slice(at).split('"').length % 2 === 0;

function commented(before: string, text: string, said: string) {
  return instead(WHY, before.length, text.slice(before.length).trimEnd(), said === '' ? '//' : `// ${said}`);
}
