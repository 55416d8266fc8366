// The one place where this test touches how the language package makes and feeds a session.
import type { Lowered } from '../../src/lower/lower.ts';
import { lowering } from '../../src/lower/lowering.ts';
import type { DesignState } from '../../src/lsp/session/design-state.ts';
import { files as filesOver } from '../../src/lsp/session/files.ts';
import { session as newSession, type Session } from '../../src/lsp/session/session.ts';
import { projectLoader } from '../../src/project/project.ts';
import { standardLibrary } from '../../src/standard-library.ts';
import { contentChanges } from './content-changes.ts';
import { eventsBetween, type Step, type World } from './world.ts';

/** A session of the server that follows a world from step to step. */
export interface Subject {
  readonly session: Session;
  to(step: Step): void;
  /** The design of a root with its trees and names, at the newest texts. */
  lowered(root: string): Lowered | undefined;
}

/** A session started fresh on these texts: told of every file, then of every open document. */
export function subjectAt(start: World): Subject {
  let world: World = { disk: new Map(), open: new Map() };
  let version = 0;
  const files = filesOver((uri) => world.disk.get(uri));
  const session = newSession(files);
  const loader = projectLoader(files.source, standardLibrary());
  const lowerings = new Map<string, ReturnType<typeof lowering>>();

  const to = (step: Step): void => {
    const events = eventsBetween(world, step);
    world = step.world;
    const onDisk = events.filter((e) => e.kind === 'disk');
    for (const { uri } of onDisk) files.forget(uri);
    if (onDisk.length > 0) session.workspaceChanged([...world.disk.keys()].sort());
    for (const event of events) {
      if (event.kind === 'close') files.close(event.uri);
      else if (event.kind === 'open') files.open(event.uri, ++version, event.text);
      else if (event.kind === 'change') files.change(event.uri, ++version, contentChanges(event));
    }
  };
  to({ what: 'start', world: start });
  return {
    session,
    to,
    lowered(root) {
      const project = loader.load(root);
      const lower = lowerings.get(root) ?? lowering();
      lowerings.set(root, lower);
      return project && lower(project);
    },
  };
}

/** The designs of all open documents, loaded as the server loads them after an edit. */
export function statesOf({ session }: Subject): DesignState[] {
  return [...new Set(session.files.opened().flatMap((uri) => session.designsOf(uri)))];
}
