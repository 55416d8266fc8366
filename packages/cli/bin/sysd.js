#!/usr/bin/env node
// There before the build, so that npm can link it when it installs the tree.
import { existsSync } from 'node:fs';

const built = new URL('../dist/sysd.js', import.meta.url);
if (existsSync(built)) await import(built.href);
else {
  console.error('sysd: not built yet; `npm run build` (or `npm start`) builds it');
  process.exitCode = 2;
}
