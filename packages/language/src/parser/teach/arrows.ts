import { meantOperation } from '../operation-names.ts';
import type { SyntaxProblem } from '../problems.ts';
import { LEADING_WORDS, OPERATION_WORDS } from '../words.ts';
import { type BrokenLine, instead, NAME, type Notation } from './line.ts';

export const ARROWS = 'arrows are -> (waits for the answer) and ~> (does not)';

const DRAWN = '[-=~.<>x*o|]*[-=~.<>][-=~.<>x*o]*|[→⟶⇒➔⟹]|[–—]>?|[-~]\\s+>';
const STEP = new RegExp(
  `^(?<before>\\s*(?:else\\s+)?(?:.*[-~]>\\s*)?)(?<source>${NAME})(?<shape>\\[[^\\]]*\\]|\\([^)]*\\))?\\s*(?:` +
    `-\\[(?<inside>[^\\]]*)\\]->|--\\s+(?<along>[^-\\s>|{]+(?:\\s+[^-\\s>|{]+)*)\\s+-->|(?<arrow>${DRAWN})\\s*(?:\\|(?<pipes>[^|]*)\\|)?)\\s*(?<target>${NAME})`,
);

/** Arrows as Mermaid, D2, PlantUML, Structurizr, LikeC4 and others draw them: `a --> b`, `a -.-> b`, `a <- b`, `a -->|reads| b`. */
export const arrows: Notation = (line) => {
  const match = STEP.exec(line.text);
  const { before = '', source = '', shape, inside, along, arrow, pipes, target = '' } = match?.groups ?? {};
  if (!match || /^(?:expect|let|slo|where|join)$/.test(source) || /:/.test(before)) return undefined;
  const label = inside ?? along ?? pipes;
  const isRight = (arrow === '->' || arrow === '~>') && label === undefined && shape === undefined;
  if (isRight || (arrow !== undefined && !isDrawn(arrow)) || (label === undefined && !touches(line, match))) return undefined;
  const start = match.index + before.length;
  const written = line.text.slice(start, match.index + match[0].length);
  if (shape !== undefined)
    return instead(
      `a title stands where its component is declared, such as service ${source} "${shape.replaceAll(/[[\]()"]/g, '')}"`,
      start,
      written,
      `${source} -> ${target}`,
    );
  if (arrow !== undefined && /^<[-=~.]*$/.test(arrow))
    return instead(`an arrow goes from who asks to who answers: ${target} -> ${source}`, start, written, `${target} -> ${source}`);
  const both = arrow !== undefined && /^</.test(arrow);
  const dotted = arrow !== undefined && /[.~]/.test(arrow);
  const operation = label === undefined || line.head !== 'flow' ? undefined : meantOperation(label.trim().split(/\s/)[0] ?? '');
  const behind = operation === undefined ? '' : ` ${operation}`;
  const steps = (dotted ? ['->', '~>'] : ['->']).map((one) => `${source} ${one} ${target}${behind}`);
  const what = both ? 'one arrow goes one way: the answer needs none' : label === undefined ? ARROWS : `${ARROWS}; they have no labels`;
  return instead(`${what}: write ${steps.join(' or ')}`, start, written, ...steps);
};

/** Whether signs are an arrow and no comparison or operator. */
const isDrawn = (arrow: string): boolean =>
  /[→⟶⇒➔⟹–—]|[-=~.]\s*>|^<[-=~.]|^--+[x*o]?$|^==+$|^\.\.+$|^~+$/.test(arrow) && !/^(?:[<>=!]=|[<>])$/.test(arrow);

const touches = ({ at }: BrokenLine, match: RegExpExecArray): boolean =>
  at.some((place) => match.index <= place && place <= match.index + match[0].length);

/** A label behind a step, as in `a -> b: "reads"` and `a -> b "Reads" "SQL"`: an operation where it names one, else a comment. */
export const labels: Notation = (line) => {
  const pattern = new RegExp(
    `^(?<step>\\s*(?:else\\s+)?${NAME}(?:\\s*[-~]>\\s*${NAME})+)(?<colon>\\s*:)?\\s*(?<label>"[^"]*"(?:\\s*"[^"]*")*|[A-Za-z][^"{}:]*)\\s*$`,
  );
  const { step = '', colon, label = '' } = pattern.exec(line.text)?.groups ?? {};
  if (label === '' || (colon === undefined && !label.startsWith('"'))) return undefined;
  const words = label.replaceAll('"', ' ').trim();
  return labelled(line, step, words.replaceAll(/\s+/g, ' '));
};

function labelled({ text, head }: BrokenLine, step: string, label: string): SyntaxProblem {
  const operation = head === 'flow' ? meantOperation(label.split(' ')[0] ?? '') : undefined;
  const meant = operation === undefined ? `  // ${label}` : ` ${operation}`;
  const why =
    head === 'flow'
      ? 'a step has no label: what it does is its operation, and more is a comment'
      : 'a connection has no label: more about it is a comment';
  const written = text.slice(step.length).trim();
  const start = text.indexOf(written, step.length);
  const corrections = [{ start: step.length, end: start + written.length, text: meant }];
  return { message: `${why}: ${step.trim()}${meant}`, start, end: start + written.length, corrections };
}

const VERBS = new RegExp(
  `^(?<before>\\s*(?:else\\s+)?)(?<source>${NAME})\\s+(?<verb>[A-Za-z]+)\\s+(?:(?:to|from|on|into)\\s+)?(?<target>${NAME})\\s*$`,
);
const SAID = new Set(['to', 'calls', 'uses', 'asks', 'requests', 'invokes', 'queries', 'goes', 'connects']);

/** A step in words: `api calls orders`, `api reads orders`. */
export const verbs: Notation = ({ text, head, depth }) => {
  const { before = '', source = '', verb = '', target = '' } = VERBS.exec(text)?.groups ?? {};
  const operation = SAID.has(verb) ? '' : meantOperation(verb);
  if (head !== 'flow' || depth === 0 || operation === undefined) return undefined;
  const meant = `${source} -> ${target}${operation === '' || operation === 'call' ? '' : ` ${operation}`}`;
  return instead(`a step is written with an arrow: ${meant}`, before.length, text.slice(before.length).trimEnd(), meant);
};

const FORGOTTEN = new RegExp(
  `^(?<before>\\s*)(?<source>${NAME})(?<gap>\\s+)(?<target>${NAME})\\s+(?:${[...OPERATION_WORDS].join('|')})\\b`,
);

/** `api orders read`: a step whose arrow is missing. */
export const forgotten: Notation = ({ text }) => {
  const { before = '', source = '', gap = '', target = '' } = FORGOTTEN.exec(text)?.groups ?? {};
  if (source === '' || LEADING_WORDS.has(source)) return undefined;
  return instead(`a step needs an arrow: ${source} -> ${target}`, before.length, `${source}${gap}${target}`, `${source} -> ${target}`);
};
