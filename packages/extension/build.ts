// Assembles the extension in `dist/vscode`, which VS Code can load as it is (`--extensionDevelopmentPath`), and packs it into a VSIX.
import { copyFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RULES } from '@sysd/rules';
import { createVSIX } from '@vscode/vsce';
import { assemble } from '../../scripts/assemble.ts';
import { bundleForBrowser, bundleForExtensionHost } from '../../scripts/bundle.ts';
import { thirdPartyNotices } from '../../scripts/third-party.ts';

const here = import.meta.dirname;
const root = join(here, '..', '..');

/** The complete extension, unpacked. */
export const extensionFolder = join(here, 'dist', 'vscode');
export const vsixFile = join(here, 'dist', 'sysd.vsix');

/** Builds the client and the webview and gathers everything that the extension needs. The server must have been built before. */
export async function buildExtension(): Promise<void> {
  await assemble(extensionFolder, async (folder) => {
    const out = join(folder, 'dist');
    cpSync(join(root, 'packages', 'language', 'dist'), out, { recursive: true });
    const bundles = [
      await bundleForExtensionHost(join(here, 'src', 'extension.ts'), join(out, 'extension.cjs')),
      await bundleForBrowser(join(here, 'webview', 'main.ts'), join(out, 'webview.js')),
    ];
    const styles = ['style.css', 'traffic.css'].map((file) => readFileSync(join(here, 'webview', file), 'utf8'));
    writeFileSync(join(out, 'webview.css'), styles.join('\n'));
    for (const file of ['README.md', 'icon.png']) copyFileSync(join(here, file), join(folder, file));
    cpSync(join(here, 'icons'), join(folder, 'icons'), { recursive: true });
    cpSync(join(root, 'syntaxes'), join(folder, 'syntaxes'), { recursive: true });
    copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
    writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
    writeFileSync(join(folder, '.vscodeignore'), '');
    writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(bundles));
  });
}

/** Packs `dist/vscode` and returns the path of the VSIX. @throws when vsce refuses, with its output. */
export async function packageExtension(): Promise<string> {
  // From a copy: a build meanwhile would pull the folder away.
  const copy = mkdtempSync(join(tmpdir(), 'sysd-vsix-'));
  try {
    cpSync(extensionFolder, copy, { recursive: true });
    await createVSIX({ cwd: copy, packagePath: vsixFile, dependencies: false, allowMissingRepository: true });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  return vsixFile;
}

/** `package.json` as it is shipped: without what only this tree needs, and with the rules in the schema of their setting. */
function manifest(): object {
  const {
    private: _private,
    dependencies: _bundled,
    devDependencies: _tools,
    ...shipped
  } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
  const setting = shipped.contributes.configuration.properties['sysd.rules'];
  const severity = setting.additionalProperties;
  setting.properties = Object.fromEntries(
    RULES.map((rule) => [rule.id, { ...severity, default: rule.severity, description: rule.summary }]),
  );
  return shipped;
}

if (import.meta.main) {
  await buildExtension();
  console.log(await packageExtension());
}
