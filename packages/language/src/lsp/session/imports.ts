import { readString } from '../../parser/values.ts';
import { resolveImport } from '../../project/project.ts';
import { remember, type Snapshot, sourceOf } from '../text/snapshot.ts';
import { canonicalUri } from './uri.ts';

/** What a file says about the design that it belongs to. */
export interface Outlook {
  /** Canonical URIs of the files that it imports. */
  readonly imports: readonly string[];
  /** It has `system`: it is a design of its own. */
  readonly system: boolean;
}

export function outlookOf(of: Snapshot): Outlook {
  return remember(of, look);
}

const look = (of: Snapshot): Outlook => (of.version === null ? outlookOfText(of) : outlookOfBlocks(of));

/** Of an open document: what its statements say. */
function outlookOfBlocks(of: Snapshot): Outlook {
  const imports: string[] = [];
  let system = false;
  for (const { block } of sourceOf(of).parsed.telling) {
    system ||= block.outlook?.system === true;
    for (const path of block.outlook?.imports ?? []) addImport(of, path, imports);
  }
  return { imports, system };
}

/** Statements begin a line or stand behind `;`, strings and comments end with their line: no tokens are needed to find these two. */
const IMPORT_OR_SYSTEM = /(?:^|;)[ \t]*(?:import[ \t]*("(?:\\.|[^"\\\r\n])*")|system[ \t]+[A-Za-z_])/gm;

/** Of a file that is not open: a workspace may have many, which need not be parsed. */
function outlookOfText(of: Snapshot): Outlook {
  const imports: string[] = [];
  let system = false;
  for (const [, path] of of.text.matchAll(IMPORT_OR_SYSTEM)) {
    if (path === undefined) system = true;
    else addImport(of, readString(path), imports);
  }
  return { imports, system };
}

function addImport(of: Snapshot, path: string, imports: string[]): void {
  const uri = resolveImport(of.uri, path);
  if (uri !== undefined) imports.push(canonicalUri(uri));
}

/** Files that import each file directly. */
export type Importers = ReadonlyMap<string, readonly string[]>;

export function importersOf(all: Iterable<string>, read: (uri: string) => Snapshot | undefined): Importers {
  const importers = new Map<string, string[]>();
  for (const file of new Set(all)) {
    const from = read(file);
    for (const to of from ? outlookOf(from).imports : []) {
      const known = importers.get(to);
      if (known) known.push(file);
      else importers.set(to, [file]);
    }
  }
  return importers;
}

/**
 * Designs to which a file belongs: itself if it has `system`, else the files with `system` that import it, directly or not, sorted.
 * None: nobody imports it.
 */
export function rootsOf(uri: string, importers: Importers, read: (uri: string) => Snapshot | undefined): string[] {
  const isDesign = (file: string): boolean => {
    const text = read(file);
    return text !== undefined && outlookOf(text).system;
  };
  if (isDesign(uri)) return [uri];
  const reached = new Set([uri]);
  for (const at of reached) for (const importer of importers.get(at) ?? []) reached.add(importer);
  return [...reached].filter((file) => file !== uri && isDesign(file)).sort();
}
