// Entry of the language server: `node server.js --stdio`.
import { startServer } from './lsp/start.ts';

startServer();
