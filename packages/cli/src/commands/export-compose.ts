import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCompose, isSysdFile } from '@sysd/export';
import { loadDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { sysdFiles } from '../files.ts';
import { writeFolder } from '../write.ts';

export interface ExportOptions {
  readonly out: string;
  readonly force: boolean;
  readonly scenario?: string;
}

/** `sysd export compose`: writes the compose project of a design into a folder; says what was written and what was simplified. */
export function exportComposeTo(path: string, options: ExportOptions): string {
  const [uri] = sysdFiles([path]);
  const { design, analysis } = loadDesign(uri as string, options);
  const { value: files, diagnostics } = exportCompose(design, { analysis, standin: standinProgram() });
  const notes = diagnostics.map((d) => `note: ${d.message}`);
  if (files.length === 0) throw new CouldNotRun(notes.join('\n') || `${design.id} has nothing to run`);
  const written = writeFolder(
    options.out,
    files.map((f) => ({ ...f, secret: f.secret ?? false, content: f.secret ? randomBytes(24).toString('base64url') : f.content })),
    { force: options.force, isOurs: isSysdFile },
  );
  return `${[...notes, ...written.map((w) => `wrote ${join(options.out, w)}`), `Start it: cd ${options.out} && docker compose up --wait`].join('\n')}\n`;
}

/** The stand-in's bundle: beside the bundled command line, or where the build puts it in the source tree. */
function standinProgram(): string {
  for (const path of ['standin.cjs', '../../../export/dist/standin.cjs', '../../export/dist/standin.cjs']) {
    try {
      return readFileSync(join(import.meta.dirname, path), 'utf8');
    } catch {
      // The next place.
    }
  }
  throw new CouldNotRun('the stand-in program is missing from this installation; in the source tree `npm run build` makes it');
}
