import { fileURLToPath, pathToFileURL } from 'node:url';

/** Spellings met so far: a workspace has few files, and each is asked for with every finding. */
const canonical = new Map<string, string>();
const MOST_SPELLINGS = 10_000;

/** One spelling for each file: editors escape differently (`c%3A`), and a file may be open and imported at once. Others stay as they are. */
export function canonicalUri(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  const known = canonical.get(uri);
  if (known !== undefined) return known;
  if (canonical.size >= MOST_SPELLINGS) canonical.clear();
  const spelling = spell(uri);
  canonical.set(uri, spelling);
  return spelling;
}

function spell(uri: string): string {
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
