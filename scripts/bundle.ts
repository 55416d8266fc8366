// esbuild with the settings that all bundles of this tree share.
import { basename, dirname } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';

const shared: BuildOptions = {
  bundle: true,
  metafile: true,
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  logLevel: 'warning',
};

/** `Object.groupBy` came with Node.js 21; the parser library (Chevrotain) calls it, and sysd runs on 20. */
const groupBy = `Object.groupBy ??= (items, keyOf) => {
  const groups = Object.create(null);
  let index = 0;
  for (const item of items) (groups[keyOf(item, index++)] ??= []).push(item);
  return groups;
};`;

/**
 * An ES module for Node.js 20 or newer; what it imports with `import()` becomes a module of its own beside it. `require` is there for the
 * CommonJS packages in the bundle.
 */
export async function bundleForNode(entry: string, outfile: string, options: BuildOptions = {}): Promise<Metafile> {
  const banner = "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);\n";
  const done = await build({
    ...shared,
    ...(options.format === 'cjs' ? { entryPoints: [entry], outfile } : inModules(entry, outfile)),
    platform: 'node',
    target: 'node20',
    format: 'esm',
    banner: { js: banner + groupBy },
    ...options,
  });
  return done.metafile!;
}

/** `server.js`, and `server-NAME.js` for what is imported later. */
function inModules(entry: string, outfile: string): BuildOptions {
  const name = basename(outfile, '.js');
  return { entryPoints: { [name]: entry }, outdir: dirname(outfile), splitting: true, chunkNames: `${name}-[name]` };
}

/** A CommonJS module for VS Code's extension host, which provides `vscode`; `external` packages are loaded from node_modules. */
export async function bundleForExtensionHost(entry: string, outfile: string, external: string[] = []): Promise<Metafile> {
  const options: BuildOptions = { platform: 'node', target: 'node22', format: 'cjs', external: ['vscode', ...external] };
  return (await build({ ...shared, entryPoints: [entry], outfile, ...options })).metafile!;
}

/** A script (and, when it imports one, a style sheet) for a page. */
export async function bundleForBrowser(entry: string, outfile: string): Promise<Metafile> {
  return (await build({ ...shared, entryPoints: [entry], outfile, platform: 'browser', target: 'es2022', format: 'iife' })).metafile!;
}
