import type { PreviewResult, TrafficOutcome } from '@sysd/language/protocol';
import { expect, it, vi } from 'vitest';
import type * as vscode from 'vscode';
import type { ToWebview } from './messages.ts';
import { type PanelActions, PreviewPanel } from './panel.ts';

vi.mock('vscode', () => ({ Uri: { joinPath: (uri: unknown) => uri, parse: (text: string) => text } }));
vi.mock('./html.ts', () => ({ previewPage: () => '' }));

/** A panel whose page is `say`, and what it was told. */
function panelWith(actions: Partial<PanelActions>) {
  const told: ToWebview[] = [];
  let say: (message: unknown) => void = () => {};
  const webview = {
    options: {},
    html: '',
    onDidReceiveMessage: (receive: typeof say) => {
      say = receive;
    },
    postMessage: (message: ToWebview) => told.push(message),
  };
  const view = { webview, visible: true, onDidDispose: () => {} } as unknown as vscode.WebviewPanel;
  const uri = 'file:///shop.sysd' as unknown as vscode.Uri;
  const panel = new PreviewPanel(view, uri, 'none', uri, actions as PanelActions);
  return { panel, told, say: (message: unknown) => say(message) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const OUTCOME: TrafficOutcome = { factor: 2, flows: [], totals: [] };

it('tells no outcome of a drawing that another has replaced', async () => {
  let drawing = 0;
  const answers: ((outcome: TrafficOutcome) => void)[] = [];
  const { told, say } = panelWith({
    preview: async () => ({ title: 'Shop', uris: [], css: '', stale: false, drawing: ++drawing }) satisfies PreviewResult,
    outcome: () => new Promise((resolve) => answers.push(resolve)),
  });
  say({ type: 'ready', traffic: { factor: 2 } });
  await settled();
  say({ type: 'outcome' });
  // The text and the traffic are the same; what has failed is not.
  say({ type: 'fail', failed: ['us.a'] });
  await settled();
  expect(told.filter((message) => message.type === 'drawing')).toHaveLength(2);
  answers[0]?.(OUTCOME);
  await settled();
  expect(told.filter((message) => message.type === 'outcome')).toEqual([]);
  say({ type: 'outcome' });
  answers[1]?.(OUTCOME);
  await settled();
  expect(told.filter((message) => message.type === 'outcome')).toEqual([{ type: 'outcome', outcome: OUTCOME }]);
});

it('shows a scenario that it was told to show before there was a page, once the page has taken it over', async () => {
  const asked: (string | undefined)[] = [];
  const { panel, told, say } = panelWith({
    preview: async ({ scenario }) => {
      asked.push(scenario);
      return { title: 'Shop', uris: [], css: '', stale: false };
    },
  });
  panel.showScenario('Sale');
  say({ type: 'ready' });
  await settled();
  expect(told.filter((message) => message.type === 'scenario').at(-1)).toEqual({ type: 'scenario', scenario: 'Sale' });
  say({ type: 'scenario', scenario: 'Sale' });
  await settled();
  expect(asked.at(-1)).toBe('Sale');
  // The page keeps it over a reload; it is not told again.
  told.length = 0;
  say({ type: 'ready', scenario: 'Sale' });
  await settled();
  expect(told.filter((message) => message.type === 'scenario')).toEqual([]);
  expect(asked.at(-1)).toBe('Sale');
  say({ type: 'scenario', scenario: null });
  await settled();
  expect(asked.at(-1)).toBeUndefined();
});
