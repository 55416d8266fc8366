// Settings of the workbenches that this project starts: quiet, nothing sent anywhere, nothing saved unless a person saves.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const settings = {
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  // Beside the preview it would cover the ends of lines.
  'editor.minimap.enabled': false,
  'git.openRepositoryInParentFolders': 'never',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'files.autoSave': 'off',
  'security.workspace.trust.enabled': false,
};

/** Writes the settings below a server's data folder. A file that is already there is left alone: it may be the user's. */
export function writeSettings(serverData: string): void {
  for (const scope of ['Machine', 'User']) {
    const file = join(serverData, 'data', scope, 'settings.json');
    if (existsSync(file)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${JSON.stringify(settings, null, 2)}\n`);
  }
}
