import { kindCalled } from '../kind-names.ts';
import { nameAndTitle } from './headers.ts';
import { instead, NAME, type Notation } from './line.ts';

const BOX = `(?:${NAME}\\s*)?(?:\\[[^\\[\\]]+\\]|\\("[^"()]+"\\))|"[^"]+"|${NAME}`;
const ARROW = '\\s*(?:[-~]+>)\\s*';
const STEP = new RegExp(`^(?<before>\\s*(?:else\\s+)?)(?<steps>(?:${BOX})(?:${ARROW}(?:${BOX}))+)(?<rest>\\s+[a-z].*|\\s*)$`);
const ALONE = new RegExp(`^(?<before>\\s*)(?<word>[A-Za-z]+\\s+)?(?<box>${BOX})(?:\\s+as\\s+(?<alias>${NAME}))?\\s*$`);
const C4 =
  /^(?<before>\s*)(?<what>Person|System|Container|Component)(?<how>Db|Queue)?(?<external>_Ext)?\(\s*(?<name>[A-Za-z]\w*)\s*,\s*"(?<title>[^"]*)".*\)\s*$/;

/** Boxes with titles, as Mermaid, PlantUML and C4 draw them: `[User Service] -> [Orders]`, `[User Service]`, `Person(u, "User")`. */
export const boxes: Notation = (line) => steps(line) ?? c4(line) ?? alone(line);

const steps: Notation = ({ text }) => {
  const { before = '', steps: written = '', rest = '' } = STEP.exec(text)?.groups ?? {};
  const ends = written.split(new RegExp(ARROW)).map(boxOf);
  const titled = ends.filter(({ title }) => title !== undefined);
  const [first] = titled;
  // One with a name and a title is taught with the arrow.
  if (!first || (titled.length === 1 && first.isNamed) || titled.some(({ name }) => name === '') || /["[\]]/.test(rest)) return undefined;
  let at = 0;
  const meant = written.replaceAll(new RegExp(BOX, 'g'), () => ends[at++]?.name ?? '').replaceAll(/\s*([-~])+>\s*/g, ' $1> ');
  const declared = titled.map(({ name, title }) => `${kindCalled(title ?? '') ?? 'service'} ${name} "${title}"`).join(', ');
  return instead(`a step names components; their titles stand where they are declared, such as ${declared}`, before.length, written, meant);
};

interface Box {
  readonly name: string;
  /** Absent where it is only a name. */
  readonly title?: string;
  readonly isNamed: boolean;
}

function boxOf(written: string): Box {
  const [, own = '', title] = new RegExp(`^(${NAME})?\\s*(?:[\\["(]+([^\\])"]*)[\\])"]+)?$`).exec(written.trim()) ?? [];
  if (title === undefined) return { name: own, isNamed: true };
  return { name: own === '' ? nameAndTitle('service', title)[0] : own, title: title.trim(), isNamed: own !== '' };
}

const alone: Notation = ({ text, head, depth }) => {
  const { before = '', word, box = '', alias } = ALONE.exec(text)?.groups ?? {};
  const { name, title } = boxOf(box);
  if (box === '' || title === undefined || name === '' || (depth > 0 && head !== 'group')) return undefined;
  const said = word?.trim();
  if (said !== undefined && alias === undefined && !box.startsWith('[')) return undefined;
  return declared(text, before, kindCalled(said ?? title), alias ?? name, title);
};

const c4: Notation = ({ text }) => {
  const { before = '', what, how, external, name = '', title = '' } = C4.exec(text)?.groups ?? {};
  if (what === undefined) return undefined;
  const kind = external ? 'external' : how === 'Db' ? 'database' : how === 'Queue' ? 'queue' : what === 'Person' ? 'client' : 'service';
  return declared(text, before, kind, name, title);
};

/** A declaration; where its kind is not known it is told with the commonest, and there is no fix. */
function declared(text: string, before: string, kind: string | undefined, name: string, title: string): ReturnType<Notation> {
  const meant = `${kind ?? 'service'} ${name} "${title}"`;
  const written = text.slice(before.length).trimEnd();
  return instead(`a component is declared by its kind and name: ${meant}`, before.length, written, ...(kind === undefined ? [] : [meant]));
}
