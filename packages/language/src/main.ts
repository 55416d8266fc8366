// Entry of the language server: `node server.js --stdio`.
import { keepCompiledCode } from './compiled-code.ts';

keepCompiledCode();
// Only what is imported behind that line is kept compiled.
const { startServer } = await import('./lsp/start.ts');
startServer();
