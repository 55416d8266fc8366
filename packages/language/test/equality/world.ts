import { sharedEnds } from '../../src/parser/edit.ts';

/** Texts as the disk and an editor have them at one moment. Never changes. */
export interface World {
  readonly disk: ReadonlyMap<string, string>;
  /** Open documents, in the order in which they were opened. */
  readonly open: ReadonlyMap<string, string>;
}

/** One replacement; offsets are of the text that the replacement before it left. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** One edit: the world that it leads to, and, for an edit in an open document, the changes as an editor sends them. */
export interface Step {
  readonly what: string;
  readonly world: World;
  /** Whether the editor asks for something right away, so that the server brings its designs to these texts. */
  readonly asks?: boolean;
  readonly typed?: { readonly uri: string; readonly changes: readonly TextChange[] };
}

/** What a server is told on the way from one world to the next. */
export type Event =
  | { readonly kind: 'disk'; readonly uri: string; readonly gone: boolean; readonly created: boolean }
  | { readonly kind: 'close'; readonly uri: string }
  | { readonly kind: 'open'; readonly uri: string; readonly text: string }
  | {
      readonly kind: 'change';
      readonly uri: string;
      readonly before: string;
      readonly text: string;
      readonly changes: readonly TextChange[];
    };

export function eventsBetween(from: World, { world: to, typed }: Step): Event[] {
  const events: Event[] = [];
  for (const uri of new Set([...from.disk.keys(), ...to.disk.keys()])) {
    if (from.disk.get(uri) === to.disk.get(uri)) continue;
    events.push({ kind: 'disk', uri, gone: !to.disk.has(uri), created: !from.disk.has(uri) });
  }
  for (const uri of from.open.keys()) if (!to.open.has(uri)) events.push({ kind: 'close', uri });
  for (const [uri, text] of to.open) {
    const before = from.open.get(uri);
    if (before === undefined) events.push({ kind: 'open', uri, text });
    else if (typed?.uri === uri) events.push({ kind: 'change', uri, before, text, changes: typed.changes });
    else if (before !== text) events.push({ kind: 'change', uri, before, text, changes: [changeBetween(before, text)] });
  }
  return events;
}

/** The one replacement that leads from a text to another. */
export function changeBetween(before: string, after: string): TextChange {
  const { head, tail } = sharedEnds(before, after);
  return { start: head, end: before.length - tail, text: after.slice(head, after.length - tail) };
}

export function applyChanges(text: string, changes: readonly TextChange[]): string {
  return changes.reduce((now, { start, end, text: put }) => now.slice(0, start) + put + now.slice(end), text);
}

/** Every file on disk is open, as they are. */
export function worldOf(files: ReadonlyMap<string, string>): World {
  return { disk: files, open: files };
}

export function withText(world: World, uri: string, text: string): World {
  return { ...world, open: new Map([...world.open]).set(uri, text) };
}
