import type { Diagnostic } from '@sysd/core';
import { type Import, isImport } from '../generated/ast.ts';
import { spanOfFeature } from '../lower/spans.ts';
import { type SourceFile, sourceFile, syntaxErrors } from './source-file.ts';

/** Reads a file of the author, as a text or parsed already; undefined where it cannot be read. */
export type ReadFile = (uri: string) => string | SourceFile | undefined;

/** A design with all that it imports. */
export interface Project {
  /** The file that was asked for. */
  readonly root: SourceFile;
  /** Every file once: what a file imports comes before it, in the order of its imports. */
  readonly files: readonly SourceFile[];
  /** URIs of the files whose names each file sees, by its own: itself, and what it imports, directly or not. In the order of `files`. */
  readonly visible: ReadonlyMap<string, ReadonlySet<string>>;
  /** File that each import statement names; absent where it could not be read. */
  readonly imported: ReadonlyMap<Import, SourceFile>;
  readonly library: readonly SourceFile[];
  /** Syntax errors and errors of imports. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ProjectLoader {
  /** The project with that root, as its files are now; undefined where the root cannot be read. Unchanged files are not parsed again. */
  load(uri: string): Project | undefined;
}

/**
 * Loads projects through an injected reader (open documents of an editor, a file system, a map in a test).
 * @param library files of the standard library, always in scope
 */
export function projectLoader(readFile: ReadFile, library: readonly SourceFile[]): ProjectLoader {
  const parsed = new Map<string, SourceFile>();
  const read = (uri: string): SourceFile | undefined => {
    const text = readFile(uri);
    if (typeof text !== 'string') {
      parsed.delete(uri);
      return text;
    }
    const known = parsed.get(uri);
    if (known?.text === text) return known;
    const file = sourceFile(uri, text, known ? { before: known } : {});
    parsed.set(uri, file);
    return file;
  };
  return {
    load(uri) {
      const root = read(uri);
      return root && collect(root, read, library);
    },
  };
}

function collect(root: SourceFile, read: (uri: string) => SourceFile | undefined, library: readonly SourceFile[]): Project {
  const files: SourceFile[] = [];
  const direct = new Map<SourceFile, SourceFile[]>();
  const imported = new Map<Import, SourceFile>();
  const diagnostics: Diagnostic[] = [];
  const path: SourceFile[] = [];
  const byUri = new Map<string, SourceFile | undefined>([[root.uri, root]]);

  const fail = (statement: Import, rule: 'import-not-found' | 'import-cycle', message: string) =>
    diagnostics.push({ rule, severity: 'error', message, span: spanOfFeature(statement, 'path') });

  const visit = (file: SourceFile): void => {
    path.push(file);
    const targets: SourceFile[] = [];
    direct.set(file, targets);
    for (const statement of importsOf(file)) {
      if (statement.path === undefined) continue;
      const uri = resolveImport(file.uri, statement.path);
      if (uri === undefined) {
        fail(
          statement,
          'import-not-found',
          `an import names a file by its relative path, such as "./platform.sysd"; "${statement.path}" is none`,
        );
        continue;
      }
      if (!byUri.has(uri)) byUri.set(uri, read(uri));
      const target = byUri.get(uri);
      if (!target) {
        fail(statement, 'import-not-found', `there is no readable file ${statement.path} (looked for ${uri})`);
        continue;
      }
      if (path.includes(target)) {
        const names = [...path.slice(path.indexOf(target)), target].map((f) => fileName(f.uri)).join(' → ');
        fail(statement, 'import-cycle', `files import each other in a circle: ${names}; move what both need into a third file`);
        continue;
      }
      imported.set(statement, target);
      targets.push(target);
      if (!direct.has(target)) visit(target);
    }
    path.pop();
    files.push(file);
  };
  visit(root);
  for (const file of files) for (const error of syntaxErrors(file)) diagnostics.push(error);
  return { root, files, visible: closure(files, direct), imported, library, diagnostics };
}

/** Import statements of a file. */
function importsOf(file: SourceFile): Import[] {
  const found: Import[] = [];
  for (const { block } of file.parsed.telling) found.push(...block.items.filter(isImport));
  return found;
}

/** `files` has imported files before their importers, so that each set is made of sets that are there already. */
function closure(files: readonly SourceFile[], direct: ReadonlyMap<SourceFile, readonly SourceFile[]>) {
  const visible = new Map<string, Set<string>>();
  for (const file of files) {
    const all = new Set([file.uri]);
    for (const target of direct.get(file) ?? []) for (const one of visible.get(target.uri) ?? []) all.add(one);
    visible.set(file.uri, all);
  }
  return visible;
}

/** URI of a relative import, or undefined where the path is not relative. */
export function resolveImport(from: string, path: string): string | undefined {
  if (!/^\.\.?\//.test(path)) return undefined;
  try {
    return new URL(path, from).href;
  } catch {
    return undefined;
  }
}

/** Last part of a URI, for messages. */
export function fileName(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
