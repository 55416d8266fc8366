import { sameItems } from '@sysd/core';
import type { Connection, Diagnostic as LspDiagnostic } from 'vscode-languageserver';
import { diagnose, diagnoseSyntax } from './features/diagnose.ts';
import { makeRoomFor } from './memory.ts';
import { type DesignChangedParams, designChangedNotification } from './protocol.ts';
import { quietWork } from './quiet.ts';
import type { DesignState } from './session/design-state.ts';
import type { Log } from './session/guard.ts';
import type { Session } from './session/session.ts';

/** Messages that have come with an edit, such as a request right behind it, go first. */
const SOON = 1;
/** A check that takes no longer than this holds nothing up: it is done for every key. */
const QUICK = 25;
/** Quiet time after an edit where checks take longer: quicker keys than that are one edit. */
const QUIET = 30;
/** Checked at the latest so long after the first edit that was not. */
const LATEST = 300;

/**
 * What takes a while when it is opened is told in steps, as soon as each is known. Where the texts of the workspace have more characters than
 * `LONG`: what is wrong with the opened documents apart from the designs that they belong to. Where a design has more components than `LARGE`:
 * errors of names, values and imports. Then findings.
 */
const LONG = 50_000;
const LARGE = 200;

export interface Validation {
  /** Something changed: check soon. */
  schedule(): void;
  /** A document was saved: what else waits for the editor to be quiet is done now. */
  saved(): void;
  dispose(): void;
}

/** Checks the designs of the open documents after edits, and publishes what is new. `changed` hears of it when a design has become another. */
export function validation(session: Session, connection: Connection, log: Log, changed: () => void): Validation {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  /** What the editor shows, by canonical URI. */
  const published = new Map<string, { readonly version: number | null | undefined; readonly diagnostics: readonly LspDiagnostic[] }>();
  /** How long the last check took, ms. */
  let lasted = 0;
  let told = new Set<DesignState>();
  let sending: Promise<void> = Promise.resolve();

  const send = (uri: string, diagnostics: readonly LspDiagnostic[]): void => {
    const version = session.files.isOpen(uri) ? session.files.read(uri)?.version : undefined;
    const before = published.get(uri);
    const isKnown = before
      ? before.version === version && sameItems(before.diagnostics, diagnostics)
      : diagnostics.length === 0 && version === undefined;
    if (isKnown) return;
    if (diagnostics.length === 0 && version === undefined) published.delete(uri);
    else published.set(uri, { version, diagnostics });
    const params = { uri: session.files.clientUri(uri), diagnostics: [...diagnostics] };
    sending = connection.sendDiagnostics(typeof version === 'number' ? { ...params, version } : params).catch(() => undefined);
  };

  const publish = (states: ReadonlySet<DesignState>, quick: boolean): void => {
    const due = diagnose([...states], session, quick);
    for (const uri of published.keys()) if (!due.has(uri)) due.set(uri, []);
    for (const [uri, shown] of due) {
      send(
        uri,
        shown.map((s) => s.lsp),
      );
    }
  };

  const tell = (states: Set<DesignState>): void => {
    for (const state of states) {
      if (told.has(state)) continue;
      const params: DesignChangedParams = { uris: [...state.files.keys()].map(session.files.clientUri) };
      connection.sendNotification(designChangedNotification, params).catch(() => undefined);
    }
    if ([...states].some((state) => !told.has(state))) changed();
    told = states;
  };

  const guarded = (act: () => void): void => {
    try {
      act();
    } catch (error) {
      log(`checking failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  };

  const states = (): Set<DesignState> => new Set(session.files.opened().flatMap((uri) => session.designsOf(uri)));
  const quiet = quietWork(session, log, () => publish(states(), false));

  const finish = (states: Set<DesignState>): void => {
    for (const { design } of states) makeRoomFor(design.components.size);
    publish(states, false);
    tell(states);
    session.keepOnly(states);
    quiet.schedule();
  };

  const isLong = (): boolean => {
    let left = LONG;
    for (const uri of new Set([...session.files.opened(), ...session.workspaceFiles])) {
      left -= session.files.read(uri)?.text.length ?? 0;
      if (left < 0) return true;
    }
    return false;
  };

  /**
   * The next step, when what has been told is written: the connection does that piece by piece, and not while we compute. Messages that have
   * come meanwhile go first; after a further edit this work would be for nothing.
   */
  const next = (act: () => void): void => {
    const { generation } = session.files;
    quiet.hold();
    void sending.then(() =>
      setImmediate(() => {
        if (session.files.generation === generation) guarded(act);
      }),
    );
  };

  const check = (): void => {
    const now = states();
    const late = [...now].some(
      (s) => s.design.components.size > LARGE && !session.standing(s).assessed() && !session.assessedBefore(s.root),
    );
    if (!late) {
      finish(now);
      return;
    }
    publish(now, true);
    next(() => finish(now));
  };

  /** What is wrong with parts by themselves; beyond so much text, and of designs, errors of syntax. */
  const tellApart = (uris: readonly string[]): void => {
    let left = LONG;
    for (const uri of uris) {
      const text = session.files.read(uri);
      if (!text) continue;
      const apart = session.apart(uri, left);
      for (const read of apart?.files.values() ?? []) left -= read.text.length;
      const shown = apart
        ? diagnose([apart], session, true)
            .get(text.uri)
            ?.map((s) => s.lsp)
        : diagnoseSyntax(text, session);
      send(uri, shown ?? []);
    }
  };

  const run = (): void => {
    timer = undefined;
    since = 0;
    const begin = performance.now();
    guarded(() => {
      const unknown = session.files.opened().filter((uri) => !published.has(uri));
      if (unknown.length === 0 || !isLong()) {
        check();
        return;
      }
      tellApart(unknown);
      next(check);
    });
    lasted = performance.now() - begin;
  };

  return {
    schedule() {
      const now = performance.now();
      if (since === 0) since = now;
      clearTimeout(timer);
      timer = setTimeout(run, Math.max(0, Math.min(lasted <= QUICK ? SOON : QUIET, since + LATEST - now)));
    },
    saved: () => quiet.schedule(true),
    dispose() {
      clearTimeout(timer);
      quiet.dispose();
    },
  };
}
