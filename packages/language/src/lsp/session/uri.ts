import { fileURLToPath, pathToFileURL } from 'node:url';

/** One spelling for each file: editors escape differently (`c%3A`), and a file may be open and imported at once. Others stay as they are. */
export function canonicalUri(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return pathToFileURL(fileURLToPath(uri)).href;
  } catch {
    return uri;
  }
}

/** Path of a file on disk; undefined for what is no file, such as an untitled document. */
export function pathOf(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
