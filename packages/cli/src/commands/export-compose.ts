import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportCompose, isSysdFile } from '@sysd/export';
import type { Answer } from '../answer.ts';
import { designNamed, loadDesign } from '../designs.ts';
import { CouldNotRun } from '../fail.ts';
import { filesBelow, writeFolder } from '../write.ts';

export interface ExportOptions {
  readonly out: string;
  readonly force: boolean;
  readonly scenario?: string;
}

/** Where exports put what belongs to the compose file. */
const FOLDERS = ['config', 'secrets', 'standin'];

/**
 * `sysd export compose`: writes the compose project of a design into a folder. What was written, what was simplified, and what an older export
 * has left there is for the error output.
 */
export function exportComposeTo(path: string, options: ExportOptions): Answer {
  const { design, analysis } = loadDesign(designNamed(path), options);
  const { value: files, diagnostics } = exportCompose(design, { analysis, standin: standinProgram() });
  const notes = diagnostics.map((d) => `note: ${d.message}`);
  if (files.length === 0) throw new CouldNotRun(notes.join('\n') || `${design.id} has nothing to run`);
  const written = writeFolder(
    options.out,
    files.map((f) => ({ ...f, secret: f.secret ?? false, content: f.secret ? randomBytes(24).toString('base64url') : f.content })),
    { force: options.force, isOurs: isSysdFile },
  );
  const wrote = written.paths.map((w) => `wrote ${join(options.out, w)}`);
  const left = leftBehind(options.out, new Set(files.map((f) => f.path)));
  return {
    output: `Start it: cd ${options.out} && docker compose up --wait\n`,
    notes: [...notes, ...written.notes, ...wrote, ...left],
    code: 0,
  };
}

/** Files of an older export that this one does not write: they are not read any more, but may hold what somebody wants, so they stay. */
function leftBehind(out: string, current: ReadonlySet<string>): string[] {
  const old = filesBelow(out, FOLDERS).filter((f) => !current.has(f) && isFromExport(out, f));
  if (old.length === 0) return [];
  return [`warning: an older export has left files that this one does not use; delete them if you do not need them: ${old.join(', ')}`];
}

/** A secret carries no mark; nothing else stands in its folder. */
const isFromExport = (out: string, file: string): boolean =>
  file.startsWith('secrets/') || isSysdFile(readFileSync(join(out, file), 'utf8'));

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
