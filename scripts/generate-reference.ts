// Writes docs/reference.md from the schema and the standard library.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type LibraryEntry, referencePage } from './reference-page.ts';

const root = new URL('..', import.meta.url);
const library = new URL('packages/language/src/library/', root);

/** The technologies that the library's files declare. The files are ours and regular: one header a line, the title right below. */
function libraryEntries(): LibraryEntry[] {
  const files = readdirSync(library).filter((f) => f.endsWith('.sysd'));
  return files.flatMap((file) => {
    const text = readFileSync(new URL(file, library), 'utf8');
    return [...text.matchAll(/^technology ([\w-]+): ([^{]+) \{\n {2}title: "([^"]*)"/gm)].map(
      ([, name = '', kinds = '', title = '']): LibraryEntry => ({ name, kinds: kinds.split(', '), title, file }),
    );
  });
}

export const referenceFile = new URL('docs/reference.md', root);
export const generatedReference = (): string => referencePage(libraryEntries());

if (import.meta.main) writeFileSync(referenceFile, generatedReference());
