import type { Diagnostic } from '@sysd/core';
import type { DesignState } from './session/design-state.ts';
import type { Log } from './session/guard.ts';
import type { Session } from './session/session.ts';
import { inSlices } from './slices.ts';

/** So long after the last edit an editor is quiet, ms. */
const QUIET = 300;

export interface QuietWork {
  /** Something changed: once it is quiet, or at once where that is said, the objectives are judged. */
  schedule(now?: boolean): void;
  /** It waits until it is scheduled again: quick checks are under way, step by step. */
  hold(): void;
  dispose(): void;
}

/**
 * Judges the availability objectives of the designs of the open documents when the editor is quiet: exact, so it takes too long for every
 * key. A further edit ends it, between two flows. `judged` hears when there is something new to show.
 */
export function quietWork(session: Session, log: Log, judged: () => void): QuietWork {
  let timer: NodeJS.Timeout | undefined;
  /** The last run that was begun: an earlier one that is still under way leaves off. */
  let latest = 0;
  /** Designs whose findings have been shown; what a request has computed meanwhile has not. */
  const told = new WeakSet<DesignState>();

  const fault = (error: unknown): void =>
    log(`judging objectives failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

  function* judge(): Generator<void, boolean> {
    const states = new Set(session.files.opened().flatMap((uri) => session.designsOf(uri)));
    const judgedNow: DesignState[] = [];
    let news = false;
    for (const state of states) {
      const standing = session.standing(state);
      if (!standing.complete || told.has(standing)) continue;
      let found: readonly Diagnostic[];
      try {
        found = yield* standing.objectives.compute();
      } catch (error) {
        // A fault in one design keeps nothing from the others.
        fault(error);
        continue;
      }
      const shown = session.judgedBefore(state.root)?.objectives.findings() ?? [];
      news ||= found.length > 0 || shown.length > 0;
      judgedNow.push(standing);
    }
    for (const state of judgedNow) told.add(state);
    return news;
  }

  const run = async (): Promise<void> => {
    const own = ++latest;
    const { generation } = session.files;
    try {
      const news = await inSlices(judge(), () => own === latest && session.files.generation === generation);
      if (news) judged();
    } catch (error) {
      fault(error);
    }
  };

  const hold = (): void => {
    clearTimeout(timer);
    latest++;
  };

  return {
    schedule(now = false) {
      clearTimeout(timer);
      timer = setTimeout(run, now ? 0 : QUIET);
    },
    hold,
    dispose: hold,
  };
}
