import { readdirSync, readFileSync } from 'node:fs';
import { type SourceFile, sourceFile } from './project/source-file.ts';

let files: readonly SourceFile[] | undefined;

/**
 * The standard library: `library/*.sysd` beside this module (and beside a bundle of it), so that "go to definition" opens real files.
 * Read and parsed once.
 */
export function standardLibrary(): readonly SourceFile[] {
  files ??= readLibrary(new URL('./library/', import.meta.url));
  return files;
}

function readLibrary(folder: URL): SourceFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sysd'));
  return names.sort().map((name) => {
    const uri = new URL(name, folder);
    return sourceFile(uri.href, readFileSync(uri, 'utf8'), { library: true });
  });
}
