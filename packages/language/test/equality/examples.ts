import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { declarationsIn } from './places.ts';

/** Designs of the examples, each with all of its files; texts by URI. */
export const EXAMPLES: readonly ReadonlyMap<string, string>[] = examples();

function examples(): ReadonlyMap<string, string>[] {
  const folder = join(import.meta.dirname, '../../../../examples');
  const designs = readdirSync(folder, { withFileTypes: true }).filter((e) => e.isDirectory());
  return designs.map(({ name }) => {
    const files = readdirSync(join(folder, name)).filter((file) => file.endsWith('.sysd'));
    return new Map(files.map((file) => [`file:///work/${file}`, readFileSync(join(folder, name, file), 'utf8')]));
  });
}

/** Their declarations, to be pasted into other designs. */
export const BLOCKS: readonly string[] = EXAMPLES.flatMap((files) =>
  [...files.values()].flatMap((text) => declarationsIn(text).map(({ start, end }) => text.slice(start, end))),
);
