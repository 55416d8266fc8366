// One journey as a person makes it, in a real workbench with the packaged extension: `npm run test:journey`. With `--screenshot` it also
// renews the picture in the README.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';
import { packageExtension } from '../../packages/extension/build.ts';
import { buildAll } from '../build.ts';
import { launchChromium } from './chromium.ts';
import { goTo, openFile, openWorkbenchPage, patience, runCommand, webviewPage } from './editor.ts';
import { installWorkbench } from './install.ts';
import { installExtension, serveWorkbench } from './serve.ts';

const failedPicture = join(tmpdir(), 'sysd-journey-failed.png');

installWorkbench(console.log);
await buildAll();
const vsix = await packageExtension();

const temporary = mkdtempSync(join(tmpdir(), 'sysd-journey-'));
const folder = join(temporary, 'twitter-feed');
cpSync('examples/twitter-feed', folder, { recursive: true });
const [data, extensions] = [join(temporary, 'data'), join(temporary, 'extensions')];
installExtension(vsix, data, extensions);
const workbench = await serveWorkbench({ data, extensions });
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1680, height: 940 } });
page.setDefaultTimeout(patience);
const start = Date.now();
try {
  await journey(page);
  console.log('The journey ended well.');
} catch (error) {
  await page.screenshot({ path: failedPicture });
  console.error(error, `\nPicture of the moment: ${failedPicture}\n`, workbench.log().slice(-1000));
  process.exitCode = 1;
} finally {
  await browser.close();
  workbench.stop();
  await workbench.ended;
  rmSync(temporary, { recursive: true, force: true });
}

async function journey(page: Page): Promise<void> {
  await openWorkbenchPage(page, workbench.url(folder));
  const editor = await openFile(page, 'feed.sysd');
  done('feed.sysd is open');

  const preview = webviewPage(page);
  await runCommand(page, 'sysd: Open Preview to the Side');
  await card(preview, 'lb').waitFor();
  await card(preview, 'tweets').waitFor();
  done('the preview shows the design');

  const text = readFileSync(join(folder, 'feed.sysd'), 'utf8').split('\n');
  const line = text.findIndex((content) => content.startsWith('loadbalancer lb')) + 1;
  const column = text[line - 1]!.indexOf('replicas: 2') + 'replicas: '.length + 1;
  const squiggles = editor.locator('.squiggly-error, .squiggly-warning');
  expect((await squiggles.count()) === 0, 'the example starts without a squiggle');
  await focusEditor(page);
  await goTo(page, line, column);
  await page.keyboard.press('Delete');
  await page.keyboard.type('1');
  await squiggles.first().waitFor();
  await card(preview, 'lb').locator('.badge').first().waitFor();
  expect(
    /finding|error|warning/.test((await card(preview, 'lb').getAttribute('aria-label')) ?? ''),
    'the card says in words that it has a finding',
  );
  done('without the second replica: a squiggle while typing, a mark in the preview');

  if (process.argv.includes('--screenshot')) await takePicture(page, preview, line, column);

  await page.keyboard.press('Control+.');
  const menu = page.locator('.action-widget .monaco-list-row.action');
  await menu.first().waitFor();
  done(`quick fixes: ${(await menu.allTextContents()).map((title) => title.trim()).join(' | ')}`);
  await menu.filter({ hasText: 'Show in the preview what fails with lb' }).click();
  await preview.locator('.flow.fails[data-flow="PostTweet"]').waitFor();
  await card(preview, 'lb').and(preview.locator('.failure-down')).waitFor();
  await preview.getByRole('button', { name: 'Leave' }).click();
  await card(preview, 'lb').locator('.badge').first().waitFor();
  done('the finding shows in the preview what fails');

  await focusEditor(page);
  await goTo(page, line, column);
  await page.keyboard.press('Control+.');
  await menu.first().waitFor();
  await page.keyboard.press('Enter');
  await squiggles.first().waitFor({ state: 'detached' });
  await card(preview, 'lb').locator('.badge').first().waitFor({ state: 'detached' });
  done('the quick fix removes both');

  await card(preview, 'fanout-worker').click();
  const worker = text.findIndex((content) => content.startsWith('worker fanout-worker')) + 1;
  // The preview keeps the focus, so the status bar shows no cursor; the editor's margin does.
  await editor.locator('.line-numbers.active-line-number', { hasText: new RegExp(`^${worker}$`) }).waitFor();
  done('a click in the preview moves the cursor');

  await focusEditor(page);
  const api = text.findIndex((content) => content.startsWith('service api')) + 1;
  await goTo(page, api, 10);
  await preview.locator('.node.selected[data-element="api"]').waitFor();
  done('the preview marks what the cursor is in');

  await goTo(page, api, 1);
  await page.keyboard.type('{ : ');
  await preview.locator('.stale-bar', { hasText: 'last good drawing' }).waitFor();
  await card(preview, 'api').waitFor();
  for (let i = 0; i < 4; i++) await page.keyboard.press('Backspace');
  await preview.locator('.stale-bar').waitFor({ state: 'hidden' });
  done('broken text keeps the last good drawing, and says so');

  await preview.getByRole('radio', { name: 'Load' }).click();
  await preview.locator('svg.load .percent').first().waitFor();
  done('the load overlay shows utilisation');

  await preview.getByRole('radio', { name: 'None' }).click();
  await growTraffic(page, preview);
  await preview.getByRole('radio', { name: 'None' }).click();
  await kill(page, preview);
  await chooseScenario(page, preview);
  await exportCompose(page, preview);
}

/** The slider names what breaks first, the drawing and the estimate beside it say what `sysd estimate` says at that traffic. */
async function growTraffic(page: Page, preview: FrameLocator): Promise<void> {
  const strip = preview.getByRole('region', { name: 'Traffic' });
  const slider = strip.getByRole('slider', { name: 'Traffic' });
  const first = strip.locator('.break').first();
  const named = (await first.locator('.break-name').textContent()) ?? '';
  const plain = estimated(named);
  expect(plain.includes('54.7 %') && named === 'timelines', `${named} breaks first, at 1 of its utilisation`);
  expect(((await first.textContent()) ?? '').includes('1.83x'), 'and when');

  const before = await card(preview, named).boundingBox();
  await slider.focus();
  for (const _ of [1, 2]) await page.keyboard.press('PageUp');
  await preview.locator(`.node.over[data-element="${named}"]`).waitFor();
  expect((await slider.getAttribute('aria-valuetext'))?.startsWith(`5 times; ${named}, `) === true, 'the slider says it aloud');
  expect((await redness(preview, `.node[data-element="${named}"] .heat`, 'fill')) > 1.5, `${named} is red`);
  expect((await redness(preview, '.node[data-element="fanout"] .heat', 'fill')) < 2.5, 'what is not full is not');
  const after = await card(preview, named).boundingBox();
  expect(before?.x === after?.x && before?.y === after?.y, 'no box has moved');
  done(`the slider at 5x: ${named} is red`);

  await strip.getByRole('button', { name: 'Estimate' }).click();
  const panel = preview.getByRole('complementary', { name: 'At 5 times the traffic' });
  await card(preview, named).click();
  const figures = panel.locator(`[data-component="${named}"] dd`);
  await figures.first().waitFor();
  const [rate = '', utilisation = '', instances = '', full = '', needed = ''] = await figures.allTextContents();
  const command = (await panel.locator('code').textContent()) ?? '';
  expect(command === 'sysd estimate feed.sysd --traffic 5', `the command: ${command}`);
  const grown = estimated(named, '--traffic', '5');
  for (const figure of [rate, utilisation, instances, full, needed]) expect(grown.includes(figure), `${figure} in ${grown.join(' ')}`);
  const set = estimated(named, '--set', 'users.daily-active=users.daily-active * 5');
  expect(grown.join() === set.join(), 'five times as many users are the same');
  await panel.locator('.flow[data-flow="ReadTimeline"]', { hasText: 'over capacity: lb, api, timelines' }).waitFor();
  done(`and the estimate beside it is that of \`${command}\`: ${named} ${rate}, ${utilisation}, ${needed} of ${instances} needed`);
  if (process.argv.includes('--screenshot')) await takePreviewPicture(page, preview, 'docs/images/more-traffic.png');

  await panel.getByRole('button', { name: 'Copy the command' }).click();
  await strip.getByLabel('Times the traffic').fill('1.5');
  await page.keyboard.press('Enter');
  await preview.locator('.node.over').first().waitFor({ state: 'detached' });
  await preview.getByRole('complementary', { name: 'At 1.5 times the traffic' }).waitFor();
  await strip.getByLabel('Times the traffic').fill('500');
  await page.keyboard.press('Enter');
  await strip.getByRole('alert').filter({ hasText: 'from 1 to 100' }).waitFor();
  await slider.dblclick();
  await preview.getByRole('complementary', { name: 'At the traffic as written' }).waitFor();
  await strip.getByRole('button', { name: 'Estimate' }).click();
  done('a factor can be typed, and a double click goes back');
}

/** The row of a component in `sysd estimate`, cell by cell. */
function estimated(component: string, ...more: readonly string[]): string[] {
  const command = ['packages/cli/dist/sysd.js', 'estimate', join(folder, 'feed.sysd'), '--format', 'markdown', ...more];
  const lines = execFileSync(process.execPath, command, { encoding: 'utf8' }).split('\n');
  const row = lines.find((line) => line.startsWith(`| ${component} |`) && line.includes('/s'));
  return (row ?? '').split('|').map((cell) => cell.trim());
}

/** What fails when zones do: the answer of `sysd check --fail`, in the drawing and by name. */
async function kill(page: Page, preview: FrameLocator): Promise<void> {
  await preview.getByRole('button', { name: 'Kill', exact: true }).click();
  const panel = preview.getByRole('complementary', { name: 'What fails' });
  await panel.getByText('Click what is to fail').waitFor();
  const zone = (id: string) => preview.locator(`.zone-chip[data-fail="${id}"]`);
  await zone('us.a').click();
  await panel.locator('.flow.degraded[data-flow="PostTweet"]', { hasText: '95 of 285 instances of api are down' }).waitFor();
  await card(preview, 'api').locator('.chip', { hasText: '95 of 285 down' }).waitFor({ state: 'attached' });
  done('a click fails a zone: flows are degraded, and the panel says why');

  const factor = preview.getByRole('textbox', { name: 'Times the traffic' });
  await factor.fill('3');
  await page.keyboard.press('Enter');
  await panel.locator('.flow.overloaded[data-flow="PostTweet"]', { hasText: 'api would run at 206 % of its capacity' }).waitFor();
  expect(estimated('api', '--traffic', '3', '--fail', 'us.a').includes('206 %'), 'as sysd estimate with both');
  await factor.fill('1');
  await page.keyboard.press('Enter');
  await panel.locator('.flow.degraded[data-flow="PostTweet"]').waitFor();
  await preview.getByRole('radio', { name: 'None' }).click();
  done('three times the traffic overloads what is left of the zone');

  await zone('us.b').click();
  const dead = panel.locator('.flow.fails');
  await dead.first().waitFor();
  const names = (await dead.allTextContents()).join(' ');
  expect(/Post a tweet/.test(names) && /Read a page of the timeline/.test(names), 'the dead flows are named');
  await preview.locator('.link.dead[data-edge="users->lb"] .mark').waitFor();
  expect((await card(preview, 'lb').getAttribute('data-state')) === 'down', 'the load balancer is down');
  expect((await redness(preview, '.link.dead .edge', 'stroke')) > 1.5, 'edges of dead flows are red');
  expect((await redness(preview, '.flow.fails .verdict strong', 'color')) > 1.5, 'and so are their names');
  await dead.first().locator('summary').click();
  await dead.first().locator('.chain li').first().waitFor();
  await preview.locator('.link.lit[data-edge="users->lb"]').waitFor();
  done('a second zone kills two flows: red, named, and the way of the failure lights up');
  if (process.argv.includes('--screenshot')) await takePreviewPicture(page, preview, 'docs/images/what-fails.png');

  await panel.getByRole('button', { name: 'Undo' }).click();
  await dead.first().waitFor({ state: 'detached' });
  await preview.locator('.link.dead').first().waitFor({ state: 'detached' });
  await panel.locator('.flow.degraded[data-flow="PostTweet"]').waitFor();
  await card(preview, 'tweets').click();
  await panel.locator('.flow.fails[data-flow="ReadTimeline"]', { hasText: '10 % of the requests' }).waitFor();
  await panel.getByLabel('How much of tweets fails').selectOption('tweets 1');
  await panel.locator('.flow.fails').first().waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await panel.getByText('Click what is to fail').waitFor();
  done('undo restores a zone, a store fails in part or whole, Escape restores everything');

  // A component that leaves the text while it is down.
  await card(preview, 'metrics').click();
  await panel.locator('.down', { hasText: 'metrics' }).waitFor();
  await focusEditor(page);
  const text = readFileSync(join(folder, 'feed.sysd'), 'utf8').split('\n');
  await goTo(page, text.findIndex((content) => content.startsWith('monitor metrics')) + 1, 1);
  await page.keyboard.press('Control+Shift+K');
  await panel.locator('.dropped', { hasText: 'the design has no metrics' }).waitFor();
  await panel.getByText('Click what is to fail').waitFor();
  await page.keyboard.press('Control+Z');
  await card(preview, 'metrics').waitFor();
  done('what leaves the text is no longer failed, and that is said');

  await preview.locator('main').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('k');
  await panel.waitFor({ state: 'hidden' });
  await card(preview, 'tweets').and(preview.locator('.data')).waitFor();

  await card(preview, 'media').click({ button: 'right' });
  // A menu that has just opened takes no click: it might be the end of the one that opened it.
  const action = page.locator('.monaco-menu .action-label', { hasText: 'Kill or Restore' });
  await action.waitFor();
  await page.waitForTimeout(500);
  await action.click();
  await panel.locator('.flow.fails[data-flow="ViewPhoto"]', { hasText: '5 % of the requests' }).waitFor();
  await panel.getByRole('button', { name: 'Leave' }).click();
  await panel.waitFor({ state: 'hidden' });
  done('the context menu fails a component');

  await page.getByRole('tab', { name: 'Preview feed.sysd' }).click({ button: 'middle' });
  await focusEditor(page);
  await runCommand(page, 'sysd: Show What Fails When');
  await panel.getByText('Click what is to fail').waitFor();
  await zone('us.c').click();
  await panel.locator('.flow.degraded[data-flow="PostTweet"]').waitFor();
  await panel.getByRole('button', { name: 'Leave' }).click();
  await panel.waitFor({ state: 'hidden' });
  done('a command opens the preview to ask what fails');
}

/** A scenario shows its loads and what it fails, with the slider and beside what else is killed, and follows the text. */
async function chooseScenario(page: Page, preview: FrameLocator): Promise<void> {
  const chooser = preview.getByRole('combobox', { name: 'Scenario' });
  expect(
    (await chooser.locator('option').allTextContents()).join() === 'as designed,Black Friday,Lose one zone,Cold cache',
    'all can be chosen',
  );
  await chooser.selectOption('Black Friday');
  await preview.locator('.stage > svg[aria-label*="in the scenario “Black Friday”"]').waitFor();
  const api = card(preview, 'api').locator('.percent');
  await api.waitFor();
  const shown = ((await api.textContent()) ?? '').trim();
  const [asDesigned, onBlackFriday] = [estimated('api'), estimated('api', '--scenario', 'Black Friday')];
  expect(onBlackFriday.includes(shown) && !asDesigned.includes(shown), `${shown} in ${onBlackFriday.join(' ')}`);
  if (process.argv.includes('--screenshot')) await takePreviewPicture(page, preview, 'docs/images/scenario.png');
  const factor = preview.getByRole('textbox', { name: 'Times the traffic' });
  await factor.fill('2');
  await page.keyboard.press('Enter');
  await preview.locator('.stage > svg[aria-label*="in the scenario “Black Friday” at 2 times the traffic"]').waitFor();
  const doubled = ((await api.textContent()) ?? '').trim();
  expect(estimated('api', '--scenario', 'Black Friday', '--traffic', '2').includes(doubled), `${doubled} at 2x`);
  await factor.fill('1');
  await page.keyboard.press('Enter');
  done(`a scenario is chosen: api at ${shown}, with twice the traffic at ${doubled}, as sysd estimate --scenario`);

  await chooser.selectOption('Lose one zone');
  const panel = preview.getByRole('complementary', { name: 'What fails' });
  await panel.locator('.down li', { hasText: 'zone us.a' }).locator('.by-scenario').waitFor();
  await panel.locator('.flow.degraded[data-flow="PostTweet"]').waitFor();
  await preview.getByRole('button', { name: 'Kill', exact: true }).click();
  await preview.locator('.zone-chip[data-fail="us.b"]').click();
  await panel.locator('.flow.fails[data-flow="PostTweet"]').waitFor();
  await preview.locator('.zone-chip[data-fail="us.a"]').click();
  await panel.locator('.note', { hasText: 'zone us.a fails in the scenario' }).waitFor();
  await page.keyboard.press('u');
  await panel.locator('.flow.degraded[data-flow="PostTweet"]').waitFor();
  await page.keyboard.press('k');
  done('what a scenario fails is down, and another zone besides until it is undone');

  // Its name is changed in the text, and back.
  const lines = readFileSync(join(folder, 'feed.sysd'), 'utf8').split('\n');
  const line = lines.findIndex((content) => content.startsWith('scenario "Lose one zone"')) + 1;
  await focusEditor(page);
  await goTo(page, line, 'scenario "'.length + 1);
  await page.keyboard.type('x');
  await preview.locator('.stale-bar', { hasText: 'The design has no scenario “Lose one zone”. The drawing is as designed.' }).waitFor();
  await panel.waitFor({ state: 'hidden' });
  await page.keyboard.press('Backspace');
  await panel.locator('.down li', { hasText: 'zone us.a' }).waitFor();
  await chooser.selectOption('as designed');
  await panel.waitFor({ state: 'hidden' });
  await preview.locator('main').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('s');
  expect(await chooser.evaluate((list: { matches(selector: string): boolean }) => list.matches(':focus')), 'the key S leads to the list');
  await focusEditor(page);
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget .monaco-list-row.action', { hasText: 'Show “Lose one zone” in the preview' }).click();
  await panel.locator('.down li', { hasText: 'zone us.a' }).waitFor();
  await chooser.selectOption('as designed');
  await panel.waitFor({ state: 'hidden' });
  await preview.getByRole('radio', { name: 'None' }).click();
  done('a scenario that leaves the text leaves the design as it is, which is said');
}

/** Of a page; this program's types know none. */
interface Styles {
  getComputedStyle(part: unknown): { getPropertyValue(name: string): string };
}

/** How much more red than green there is in a colour of the first such part. */
async function redness(preview: FrameLocator, selector: string, property: string): Promise<number> {
  const colour = await preview
    .locator(selector)
    .first()
    .evaluate((part, name) => (globalThis as unknown as Styles).getComputedStyle(part).getPropertyValue(name), property);
  const [red = 0, green = 1] = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return red / Math.max(1, green);
}

async function exportCompose(page: Page, preview: FrameLocator): Promise<void> {
  const target = join(folder, 'feed-compose');
  const compose = join(target, 'docker-compose.yml');
  const start = async () => {
    await preview.getByRole('button', { name: 'Export' }).click();
    await preview.getByRole('menuitem', { name: 'Compose project' }).click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'feed-compose' }).waitFor();
    await page.keyboard.press('Enter');
  };
  await start();
  await until(() => existsSync(compose) && existsSync(join(target, 'standin', 'standin.cjs')), 'the export');
  expect(readFileSync(compose, 'utf8').includes('services:'), 'the compose file has services');
  done('export writes files');

  // A file that a person has changed is only replaced after a question.
  writeFileSync(compose, '# mine\n');
  await start();
  const dialog = page.locator('.monaco-dialog-box');
  await dialog.waitFor();
  expect(((await dialog.textContent()) ?? '').includes('docker-compose.yml'), 'the question names the file');
  await dialog.getByRole('button', { name: 'Keep Them' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.waitForTimeout(500);
  expect(readFileSync(compose, 'utf8') === '# mine\n', 'the file that was changed by hand is kept');
  done('a file changed by hand is kept');
}

function card(preview: FrameLocator, id: string): Locator {
  return preview.locator(`.node[data-element="${id}"]`);
}

async function focusEditor(page: Page): Promise<void> {
  await runCommand(page, 'View: Focus First Editor Group');
}

/** The picture of the README: the finding with its explanation beside the diagram that marks it. Leaves the cursor on the finding. */
async function takePicture(page: Page, preview: FrameLocator, line: number, column: number): Promise<void> {
  for (const command of ['View: Toggle Primary Side Bar Visibility', 'View: Toggle Minimap', 'View: Toggle Word Wrap']) {
    await focusEditor(page);
    await runCommand(page, command);
  }
  await preview.getByRole('button', { name: 'Fit' }).click();
  await focusEditor(page);
  await goTo(page, line, column);
  await runCommand(page, 'Show or Focus Hover');
  await page.locator('.monaco-hover-content').first().waitFor();
  await page.waitForTimeout(2000);
  mkdirSync('docs/images', { recursive: true });
  await page.screenshot({ path: 'docs/images/editor.png' });
  await page.keyboard.press('Escape');
  done('docs/images/editor.png');
}

/** A picture of docs/preview.md: the preview alone, large enough for its words. */
async function takePreviewPicture(page: Page, preview: FrameLocator, file: string): Promise<void> {
  const size = page.viewportSize();
  await page.setViewportSize({ width: 2300, height: 1180 });
  await preview.getByRole('button', { name: 'Fit' }).click();
  await page.waitForTimeout(1500);
  const clip = await page.locator('iframe.webview.ready').boundingBox();
  await page.screenshot({ path: file, ...(clip && { clip }) });
  if (size) await page.setViewportSize(size);
  done(file);
}

function done(what: string): void {
  console.log(`${((Date.now() - start) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}

function expect(condition: boolean, what: string): void {
  if (!condition) throw new Error(`Not so: ${what}`);
}

async function until(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const end = Date.now() + patience; !(await condition()); ) {
    if (Date.now() > end) throw new Error(`Timed out waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
