import { absolute, type Span } from '@sysd/core';
import { assessor } from '../../assess.ts';
import { isAlive } from '../../project/source-file.ts';
import type { Snapshot } from '../text/snapshot.ts';
import type { DesignState } from './design-state.ts';
import { type Drift, driftBetween } from './drift.ts';
import type { Files } from './files.ts';
import { type Importers, importersOf, outlookOf, rootsOf } from './imports.ts';
import { type DesignLoader, designLoader } from './load-design.ts';
import { DEFAULT_SETTINGS, type Settings } from './settings.ts';
import { canonicalUri } from './uri.ts';

export interface Place {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}

export interface Session {
  readonly files: Files;
  /** How spans become ranges: the same object throughout. */
  readonly places: Pick<Files, 'read' | 'clientUri'>;
  readonly settings: Settings;
  /** Design files of the workspace, open or not: where importers of a fragment are looked for. Set through `workspaceChanged`. */
  readonly workspaceFiles: readonly string[];
  workspaceChanged(uris: readonly string[]): void;
  /** The designs that a file belongs to, at the newest text; a fragment that nobody imports by itself. None where it cannot be read. */
  designsOf(uri: string): DesignState[];
  /** The first of them. */
  designOf(uri: string): DesignState | undefined;
  /**
   * A part of designs as if nobody imported it: by itself, with what it imports, which is all that its names can mean. Undefined where it has
   * `system`, where these texts have more than `most` characters, and where other files may say something else of it: with technologies of
   * their own, or by a circle of imports.
   */
  apart(uri: string, most: number): DesignState | undefined;
  /**
   * The design whose figures and findings hold: the newest, unless the line being typed has an error; then the last one before, if there
   * has been one. An error that stays behind elsewhere costs its own statement only.
   */
  standing(state: DesignState): DesignState;
  /** The last design of that root before the newest that has been assessed: its findings stand in while the newest is being assessed. */
  assessedBefore(root: string): DesignState | undefined;
  /** The last design of that root before the newest of which it is known what misses its objectives: it stands in until that is computed. */
  judgedBefore(root: string): DesignState | undefined;
  /** The design to draw: the newest, unless its text has errors; then the last one without, if there has been one. */
  drawable(state: DesignState): DesignState;
  /** What was computed last for a file, maybe for an older text: for requests that must not wait. */
  latest(uri: string): DesignState | undefined;
  /** Where a span of a design stands in the newest text of its file; undefined where it has been edited since. */
  place(state: DesignState, span: Span): Place | undefined;
  /** Forgets all designs but these: what no open document belongs to need not be kept. */
  keepOnly(kept: Iterable<DesignState>): void;
  /** Forgets results that depend on settings. */
  settingsChanged(settings: Settings): void;
}

const TECHNOLOGY = /(?:^|[;{}])[ \t]*technology[ \t]/m;

/** The state of the server: texts, and what has been computed from them. Computes on demand and keeps one result per design. */
export function session(files: Files): Session {
  const loader: DesignLoader = designLoader(
    files,
    () => {
      const assess = assessor();
      return (design) => assess(design, self.settings.severities);
    },
    () => self.settings.severities,
  );
  const states = new Map<string, DesignState>();
  /** By root: the last design that was not in the middle of an edit, and the last one without errors. */
  const settled = new Map<string, DesignState>();
  const good = new Map<string, DesignState>();
  const assessedBefore = new Map<string, DesignState>();
  const judgedBefore = new Map<string, DesignState>();

  /** From an older text of a file to the newest: asked for every finding, computed once. */
  const drifts = new WeakMap<Snapshot, { readonly to: Snapshot; readonly drift: Drift }>();
  /** Generation of the files at which each root was last found current. */
  const checked = new Map<string, number>();
  let graph: { readonly generation: number; readonly importers: Importers; readonly roots: Map<string, readonly string[]> } | undefined;

  let declaring: { readonly generation: number; readonly uris: readonly string[] } | undefined;

  const isCurrent = (state: DesignState): boolean => {
    if (checked.get(state.root) === files.generation) return true;
    for (const [uri, text] of state.files) if (files.read(uri) !== text) return false;
    if (state.missing.some((uri) => files.read(uri) !== undefined)) return false;
    checked.set(state.root, files.generation);
    return true;
  };

  const driftOf = (state: DesignState, uri: string): Drift | undefined => {
    const [older, newer] = [state.files.get(uri), files.read(uri)];
    if (!older || !newer) return undefined;
    const known = drifts.get(older);
    if (known?.to === newer) return known.drift;
    const drift = driftBetween(older.text, newer.text);
    drifts.set(older, { to: newer, drift });
    return drift;
  };

  const isBeingTyped = (state: DesignState): boolean => {
    const edit = files.lastEdit;
    if (!edit || !state.files.has(edit.uri)) return false;
    return state.problems.some((problem) => {
      if (problem.severity !== 'error' || problem.rule === 'expectation-failed') return false;
      const { uri, start, end } = absolute(problem.span);
      return uri === edit.uri && start <= edit.end && end >= edit.start;
    });
  };

  const forget = (root: string): void => {
    loader.forget(root);
    for (const byRoot of [states, settled, good, assessedBefore, judgedBefore, checked]) byRoot.delete(root);
  };

  const load = (root: string): DesignState | undefined => {
    const known = states.get(root);
    if (known && isCurrent(known)) return known;
    const state = loader.load(root);
    if (!state) {
      forget(root);
      return undefined;
    }
    const before = settled.get(root);
    if (before?.assessed()) assessedBefore.set(root, before);
    if (before?.objectives.findings()) judgedBefore.set(root, before);
    states.set(root, state);
    checked.set(root, files.generation);
    if (!isBeingTyped(state)) settled.set(root, state);
    if (!state.broken) good.set(root, state);
    return state;
  };

  const rootsOfFile = (uri: string): readonly string[] => {
    if (graph?.generation !== files.generation) {
      const importers = importersOf([...files.opened(), ...self.workspaceFiles], files.read);
      graph = { generation: files.generation, importers, roots: new Map() };
    }
    const known = graph.roots.get(uri);
    if (known) return known;
    const found = rootsOf(uri, graph.importers, files.read);
    const roots = found.length > 0 ? found : [uri];
    graph.roots.set(uri, roots);
    return roots;
  };

  /** A file may be imported where it means nothing (inside of braces), as is known only when the design has been read: then it stands for itself. */
  const designsOf = (uri: string): DesignState[] => {
    const key = canonicalUri(uri);
    const states = rootsOfFile(key)
      .flatMap((root) => load(root) ?? [])
      .filter((state) => state.files.has(key));
    if (states.length > 0) return states;
    const own = load(key);
    return own ? [own] : [];
  };

  const apart = (uri: string, most: number): DesignState | undefined => {
    const key = canonicalUri(uri);
    const text = files.read(key);
    if (!text || outlookOf(text).system) return undefined;
    let left = most;
    const seen = new Set([key]);
    for (const one of seen) {
      const read = files.read(one);
      if (!read) continue;
      left -= read.text.length;
      if (left < 0) return undefined;
      for (const imported of outlookOf(read).imports) seen.add(imported);
    }
    for (const other of withTechnologies()) if (!seen.has(other)) return undefined;
    const state = load(key);
    // Which import of a circle counts depends on where it is entered.
    return state?.problems.some((problem) => problem.rule === 'import-cycle') ? undefined : state;
  };

  /** Files that may declare technologies: these mean the same in all files of a design, whoever imports them. */
  const withTechnologies = (): readonly string[] => {
    if (declaring?.generation !== files.generation) {
      const all = new Set([...files.opened(), ...self.workspaceFiles].map(canonicalUri));
      const uris = [...all].filter((uri) => TECHNOLOGY.test(files.read(uri)?.text ?? ''));
      declaring = { generation: files.generation, uris };
    }
    return declaring.uris;
  };

  const self: Session & { settings: Settings; workspaceFiles: readonly string[] } = {
    files,
    places: { read: files.read, clientUri: files.clientUri },
    settings: DEFAULT_SETTINGS,
    workspaceFiles: [],
    workspaceChanged(uris) {
      self.workspaceFiles = uris;
      graph = undefined;
      declaring = undefined;
    },
    designsOf,
    apart,
    designOf: (uri) => designsOf(uri)[0],
    standing: (state) => settled.get(state.root) ?? state,
    assessedBefore: (root) => assessedBefore.get(root),
    judgedBefore: (root) => judgedBefore.get(root),
    drawable: (state) => (state.broken ? (good.get(state.root) ?? state) : state),
    latest(uri) {
      const key = canonicalUri(uri);
      // A file that was a design by itself and is now a part of another has a state of its own still.
      const [root] = rootsOfFile(key);
      return states.get(root ?? key) ?? [...states.values()].find((s) => s.files.has(key));
    },
    place(state, span) {
      const at = absolute(span);
      if (states.get(state.root) === state || isAlive(span.block)) return at;
      // The block is gone or has been edited: it stood where it began in the texts of its own state.
      const offset = state.places().get(span.block) ?? span.block.offset;
      const moved = driftOf(state, at.uri)?.(offset + span.start, offset + span.end);
      return moved && { uri: at.uri, ...moved };
    },
    keepOnly(kept) {
      const roots = new Set([...kept].map((state) => state.root));
      for (const root of [...states.keys()]) {
        if (!roots.has(root)) forget(root);
      }
    },
    settingsChanged(settings) {
      self.settings = settings;
      states.clear();
      settled.clear();
      good.clear();
      assessedBefore.clear();
      judgedBefore.clear();
    },
  };
  return self;
}
