// The licences of the packages that ended up in a bundle.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** Name, version and licence text of every npm package that the bundles contain, sorted by name. */
export function thirdPartyNotices(bundles: readonly Metafile[]): string {
  const folders = new Set<string>();
  for (const input of bundles.flatMap((bundle) => Object.keys(bundle.inputs))) {
    const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input.replaceAll('\\', '/'))?.[0];
    if (folder !== undefined && existsSync(join(folder, 'package.json'))) folders.add(folder);
  }
  const notices = [...folders].map(notice).sort();
  return `sysd contains these packages:\n\n${notices.join('\n')}`;
}

function notice(folder: string): string {
  const { name, version, license, repository } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  const source = typeof repository === 'string' ? repository : (repository?.url ?? '');
  const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
  return `---- ${name} ${version}, ${license}, ${source}\n${text}`;
}
