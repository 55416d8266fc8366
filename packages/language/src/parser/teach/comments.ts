import { instead, type Notation } from './line.ts';

const WHY = 'comments begin with // and go to the end of the line';

/** Comments of SQL, YAML, Mermaid, PlantUML, HTML and C: a line of its own, or the end of one. */
export const comments: Notation = ({ text }) => {
  const inside = /\/\*(.*?)\*\/(?=\s*\S)/.exec(text);
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
  const behind = /^(.*?[^\s-].*?\s)(#+|--|%%|\/\*+)\s+((?:[^"]|"[^"]*")*?)\s*(?:\*\/)?\s*$/.exec(text);
  // `a -- b` is a line between two boxes in other notations.
  if (!behind || (behind[2] === '--' && /^\s*[\w.-]+\s*$/.test(behind[1] ?? ''))) return undefined;
  const [, code = '', mark = '', said = ''] = behind;
  return said === '' || (mark === '--' && /->|>/.test(said)) ? undefined : commented(code, text, said);
};

function commented(before: string, text: string, said: string) {
  return instead(WHY, before.length, text.slice(before.length).trimEnd(), said === '' ? '//' : `// ${said}`);
}
