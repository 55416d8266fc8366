import { DESTRUCTIVE_EDITS } from './destructive-edits.ts';
import { ORDINARY_EDITS, type TextEdit } from './ordinary-edits.ts';
import { declaredIn } from './places.ts';
import type { Random } from './random.ts';
import { applyChanges, type Step, type World, withText } from './world.ts';

/** What a run of edits has besides the texts: where it came from, and what may be pasted. */
export interface Course {
  readonly random: Random;
  /** The start, then worlds on the way, the newest last. */
  readonly history: readonly World[];
  readonly blocks: readonly string[];
  /** A longer text goes back to its start: edits add more than they take away. */
  readonly longest: number;
}

/** The next edits: mostly one, sometimes the several of somebody who types. */
export function nextSteps(course: Course): Step[] {
  const { random } = course;
  const world = course.history.at(-1)!;
  const open = [...world.open.keys()];
  if (open.length === 0) return fileSteps(course, world, 'open');
  const uri = random.pick(open);
  const text = world.open.get(uri)!;
  if (text.length > course.longest) return undo(course, world, course.history.length);
  return random.weighted<() => Step[]>([
    [62, () => textStep(course, world, uri, ORDINARY_EDITS)],
    [20, () => textStep(course, world, uri, DESTRUCTIVE_EDITS)],
    [7, () => undo(course, world, 1 + random.below(6))],
    [2, () => typed(course, world, uri)],
    [1, () => renamed(course, world)],
    [4, () => importStep(course, world, uri)],
    [4, () => fileSteps(course, world, random.pick(['open', 'close', 'disk', 'delete', 'create', 'save']))],
  ])();
}

function materialOf({ random, blocks }: Course, world: World, text: string) {
  return { random, text, blocks, names: [...world.open.values()].flatMap(declaredIn) };
}

function textStep(course: Course, world: World, uri: string, edits: Readonly<Record<string, readonly [number, TextEdit]>>): Step[] {
  const text = world.open.get(uri)!;
  const [what, edit] = course.random.weighted(
    Object.entries(edits).map(([name, [weight, make]]) => [weight, [name, make] as const] as const),
  );
  const changes = edit(materialOf(course, world, text));
  if (changes.length === 0) return [];
  return [{ what, world: withText(world, uri, applyChanges(text, changes)), typed: { uri, changes } }];
}

/** Back to an earlier world's texts at once, as far as its documents are still open. */
function undo({ history }: Course, world: World, count: number): Step[] {
  const earlier = history.at(-1 - count) ?? history[0]!;
  const open = new Map([...world.open].map(([uri, text]) => [uri, earlier.open.get(uri) ?? text]));
  return [{ what: `undo ${count}`, world: { ...world, open } }];
}

/** A statement, key by key. */
function typed({ random }: Course, world: World, uri: string): Step[] {
  const line = random.pick([
    'service typed { replicas: 2 }',
    'api -> typed',
    'let typed = 3 * (2 + 1)',
    '/// Typed.',
    'flow T from u at 1/s {',
  ]);
  let now = world;
  let at = now.open.get(uri)!.indexOf('\n', random.below(now.open.get(uri)!.length + 1)) + 1;
  return [...`${line}\n`].map((key): Step => {
    const change = { start: at, end: at, text: key };
    now = withText(now, uri, applyChanges(now.open.get(uri)!, [change]));
    at += key.length;
    return { what: `type ${JSON.stringify(key)}`, world: now, typed: { uri, changes: [change] } };
  });
}

/** Renames something wherever it stands, in every open file. */
function renamed({ random }: Course, world: World): Step[] {
  const names = [...world.open.values()].flatMap(declaredIn);
  if (names.length === 0) return [];
  const from = random.pick(names);
  const to = `everywhere-${random.below(20)}`;
  const open = new Map([...world.open].map(([uri, text]) => [uri, text.replace(new RegExp(`(?<![\\w-])${from}(?![\\w-])`, 'g'), to)]));
  return [{ what: `rename ${from} to ${to}`, world: { ...world, open } }];
}

function importStep({ random }: Course, world: World, uri: string): Step[] {
  const text = world.open.get(uri)!;
  const imports = [...text.matchAll(/^import [^\r\n]*\r?\n?/gm)];
  if (imports.length > 0 && random.chance(0.5)) {
    const { index, 0: image } = random.pick(imports);
    return [{ what: 'remove an import', world: withText(world, uri, text.slice(0, index) + text.slice(index + image.length)) }];
  }
  const files = [...world.disk.keys()].map((file) => `./${file.slice(file.lastIndexOf('/') + 1)}`);
  const path = random.pick([...files, './not-there.sysd', '../up.sysd', 'no-path', './a b.sysd']);
  return [{ what: `import ${path}`, world: withText(world, uri, `import "${path}"\n${text}`) }];
}

type FileStep = 'open' | 'close' | 'disk' | 'delete' | 'create' | 'save';

function fileSteps({ random, blocks }: Course, world: World, kind: FileStep): Step[] {
  const disk = new Map(world.disk);
  const open = new Map(world.open);
  const files = [...disk.keys()];
  const opened = [...open.keys()];
  const closed = files.filter((uri) => !open.has(uri));
  const step = (what: string): Step[] => [{ what, world: { disk, open } }];
  switch (kind) {
    case 'open': {
      const uri = closed.length > 0 ? random.pick(closed) : 'file:///work/fresh.sysd';
      open.set(uri, disk.get(uri) ?? 'service fresh\n');
      return step(`open ${uri}`);
    }
    case 'close': {
      if (opened.length === 0) return [];
      const uri = random.pick(opened);
      open.delete(uri);
      return step(`close ${uri}`);
    }
    case 'disk': {
      if (files.length === 0) return [];
      const uri = random.pick(files);
      const text = disk.get(uri)!;
      const change = { start: random.below(text.length + 1), end: 0, text: random.pick(blocks) };
      disk.set(uri, random.chance(0.5) ? applyChanges(text, [{ ...change, end: change.start }]) : text.slice(0, change.start));
      return step(`change ${uri} on disk`);
    }
    case 'delete': {
      if (files.length < 2) return [];
      const uri = random.pick(files);
      disk.delete(uri);
      return step(`delete ${uri}`);
    }
    case 'create': {
      const uri = `file:///work/${random.pick(['not-there', 'part-0', 'platform', 'another'])}.sysd`;
      if (disk.has(uri)) return [];
      disk.set(uri, random.pick(blocks));
      return step(`create ${uri}`);
    }
    case 'save': {
      if (opened.length === 0) return [];
      const uri = random.pick(opened);
      disk.set(uri, open.get(uri)!);
      return step(`save ${uri}`);
    }
  }
}
