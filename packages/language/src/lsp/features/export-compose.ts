import { existsSync, readFileSync } from 'node:fs';
import { absolute } from '@sysd/core';
import { exportCompose } from '@sysd/export';
import type { ExportComposeResult } from '../protocol.ts';
import type { Session } from '../session/session.ts';

/** The stand-in program: beside the bundled server, in development where the build puts it. */
const STANDIN = ['./standin.cjs', '../../../../export/dist/standin.cjs'];

/** The compose project of the design that a file belongs to. Refuses while the text has errors: an export of something else helps nobody. */
export function exportComposeOf(session: Session, uri: string): ExportComposeResult {
  const state = session.designOf(uri);
  if (!state) return { files: [], problems: ['The file cannot be read.'] };
  if (!state.complete)
    return { files: [], problems: ['This file is no design: it has no `system`, and no file of the workspace that has one imports it.'] };
  const errors = state.problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) {
    const { uri: file, start } = absolute(errors[0]!.span);
    const line = (session.files.read(file)?.document.positionAt(start).line ?? 0) + 1;
    const count = errors.length === 1 ? 'an error' : `${errors.length} errors`;
    return { files: [], problems: [`The text has ${count}; the first, in line ${line}: ${errors[0]!.message}. Correct it first.`] };
  }
  const standin = readStandin();
  if (standin === undefined)
    return { files: [], problems: ['The stand-in program is missing from this installation of sysd; run `npm run build`.'] };
  const { value, diagnostics } = exportCompose(state.design, { standin, analysis: state.assessment().analysis });
  return { files: value, problems: diagnostics.map((d) => d.message) };
}

function readStandin(): string | undefined {
  const found = STANDIN.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url));
  return found && readFileSync(found, 'utf8');
}
