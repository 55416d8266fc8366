// Renders packages/extension/icon.svg to the PNG that the marketplace wants: `node scripts/render-icon.ts`.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './workbench/chromium.ts';

const folder = join(import.meta.dirname, '..', 'packages', 'extension');
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 256, height: 256 } });
await page.setContent(`<body style="margin:0">${readFileSync(join(folder, 'icon.svg'), 'utf8')}</body>`);
await page.screenshot({ path: join(folder, 'icon.png'), omitBackground: true });
await browser.close();
