export { type ComposeOptions, exportCompose } from './compose/export-compose.ts';
export { type ExportedFile, isSysdFile } from './exported-file.ts';
