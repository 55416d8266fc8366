// Where the browser workbench (code-server, the same VS Code that a desktop has) lives, and which version of it is used.
import { homedir } from 'node:os';
import { join } from 'node:path';

export const codeServerVersion = '4.139.1';

/** Major version of Node.js that this code-server wants; `npm run` and `npx` of this project put it first on PATH. */
export const nodeMajor = 24;

export const workbenchHome = process.env.SYSD_WORKBENCH_HOME ?? join(homedir(), '.cache', 'sysd-workbench');

/** Complete once it exists: an installation is prepared beside it and renamed to this. */
export const installation = join(workbenchHome, `code-server-${codeServerVersion}`);

export const codeServerRoot = join(installation, 'node_modules', 'code-server');

/** The workbench that `npm start` serves: it keeps its settings and extensions between runs. */
export const personalData = join(workbenchHome, 'data');
export const personalExtensions = join(workbenchHome, 'extensions');
