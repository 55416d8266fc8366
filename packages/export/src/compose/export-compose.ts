import type { Analysis, Design, Diagnostic, Result } from '@sysd/core';
import { type ExportedFile, header } from '../exported-file.ts';
import { assemble } from './assemble.ts';
import { normalise } from './normalise.ts';
import { printCompose } from './print.ts';

export interface ComposeOptions {
  /** Text of the stand-in program, the bundle `dist/standin.cjs` of this package. */
  readonly standin: string;
  /** Results for the same design; without them, flows that no client starts run every ten seconds. */
  readonly analysis?: Analysis;
}

/**
 * A compose project that runs the design on a laptop: `docker-compose.yml`, what it mounts, and requests for secrets. The diagnostics
 * (`export-no-image`, `export-simplified`) say where something else runs than what the design names, or less than it says. No files where
 * the design has nothing to run.
 */
export function exportCompose(design: Design, options: ComposeOptions): Result<readonly ExportedFile[]> {
  const diagnostics: Diagnostic[] = [];
  const project = normalise(design, options.analysis, diagnostics);
  const head = header(design.id);
  const assembly = assemble(project, head);
  if (assembly.services.length === 0) {
    const message = `${design.id} has nothing to run: declare a service, a store or anything else but clients and names.`;
    return { value: [], diagnostics: [...diagnostics, { rule: 'export-no-image', severity: 'warning', message, span: design.span }] };
  }
  const files: ExportedFile[] = [
    { path: 'docker-compose.yml', content: printCompose(project.name, assembly, head) },
    { path: '.gitignore', content: `# ${head}\nsecrets/\n` },
    ...assembly.files,
    ...(assembly.usesStandin ? [{ path: 'standin/standin.cjs', content: options.standin }] : []),
  ];
  return { value: files, diagnostics };
}
