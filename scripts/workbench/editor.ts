// What a person does in a workbench, as functions on its page.
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** Two cores may be shared with much else. */
export const patience = 90_000;

export async function openWorkbenchPage(page: Page, url: string): Promise<void> {
  await page.goto(url, { timeout: patience });
  await page.waitForSelector('.monaco-workbench .part.statusbar', { timeout: patience });
}

/** Opens a file with the quick-open box and waits until its text stands in an editor. */
export async function openFile(page: Page, name: string): Promise<Locator> {
  await page.keyboard.press('Control+P');
  const input = await quickInput(page);
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  const editor = page.locator('.editor-instance .monaco-editor').first();
  await editor.locator('.view-line').first().waitFor();
  return editor;
}

/** Runs a command by its title, as shown in the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = await quickInput(page);
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Puts the cursor on a line and column, both from 1. */
export async function goTo(page: Page, line: number, column = 1): Promise<void> {
  await page.keyboard.press('Control+G');
  const input = await quickInput(page);
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** The page inside of a webview: the workbench wraps an extension's page in two frames. */
export function webviewPage(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

async function quickInput(page: Page): Promise<Locator> {
  const input = page.locator('.quick-input-widget .quick-input-box input').first();
  await input.waitFor();
  return input;
}
