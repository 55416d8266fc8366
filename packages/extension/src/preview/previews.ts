import {
  type DesignChangedParams,
  designChangedNotification,
  type ElementAtParams,
  elementAtRequest,
  type Location,
  type Overlay,
  type PreviewResult,
  previewRequest,
  type RedrawResult,
  type RevealParams,
  redrawRequest,
  revealRequest,
  type TrafficOutcome,
  trafficOutcomeRequest,
} from '@sysd/language/protocol';
import * as vscode from 'vscode';
import { type LanguageClient, State } from 'vscode-languageclient/node';
import type { PreviewState } from './messages.ts';
import { type PanelActions, PreviewPanel } from './panel.ts';

const viewType = 'sysd.preview';
const cursorDelayMs = 60;

export interface PreviewsOptions {
  readonly extension: vscode.Uri;
  readonly client: LanguageClient;
  readonly exportDesign: PanelActions['exportDesign'];
}

/** All previews of the window, one for each design document. */
export class Previews implements vscode.Disposable {
  readonly #options: PreviewsOptions;
  readonly #panels = new Map<string, PreviewPanel>();
  readonly #disposables: vscode.Disposable[] = [];
  #cursorTimer: NodeJS.Timeout | undefined;

  constructor(options: PreviewsOptions) {
    this.#options = options;
    const { client } = options;
    this.#disposables.push(
      client.onNotification(designChangedNotification, (change: DesignChangedParams) => this.#designChanged(change)),
      client.onDidChangeState((change) => {
        if (change.newState === State.Running) for (const panel of this.#panels.values()) void panel.refresh();
      }),
      vscode.window.registerWebviewPanelSerializer(viewType, {
        deserializeWebviewPanel: async (panel, state: PreviewState | undefined) => this.#restore(panel, state),
      }),
      vscode.window.onDidChangeTextEditorSelection((event) => this.#cursorMoved(event.textEditor)),
      vscode.window.onDidChangeActiveTextEditor((editor) => editor && this.#cursorMoved(editor)),
    );
  }

  open(uri: vscode.Uri, column: vscode.ViewColumn, preserveFocus: boolean): PreviewPanel {
    const open = this.#panels.get(uri.toString());
    if (open) {
      open.panel.reveal(column === vscode.ViewColumn.Beside ? undefined : column, preserveFocus);
      return open;
    }
    const title = `Preview ${uri.path.slice(uri.path.lastIndexOf('/') + 1)}`;
    const panel = vscode.window.createWebviewPanel(viewType, title, { viewColumn: column, preserveFocus }, { enableScripts: true });
    return this.#add(panel, uri, 'none');
  }

  /** The preview that has the focus. */
  active(): PreviewPanel | undefined {
    return [...this.#panels.values()].find((panel) => panel.panel.active);
  }

  dispose(): void {
    clearTimeout(this.#cursorTimer);
    for (const disposable of this.#disposables) disposable.dispose();
    for (const panel of this.#panels.values()) panel.panel.dispose();
  }

  #restore(panel: vscode.WebviewPanel, state: PreviewState | undefined): void {
    if (typeof state?.uri !== 'string') panel.dispose();
    else this.#add(panel, vscode.Uri.parse(state.uri), state.overlay === 'load' ? 'load' : 'none');
  }

  #add(panel: vscode.WebviewPanel, uri: vscode.Uri, overlay: Overlay): PreviewPanel {
    const { extension, client, exportDesign } = this.#options;
    panel.iconPath = {
      light: vscode.Uri.joinPath(extension, 'icons/file-light.svg'),
      dark: vscode.Uri.joinPath(extension, 'icons/file-dark.svg'),
    };
    const preview = new PreviewPanel(panel, uri, overlay, extension, {
      preview: (params) => client.sendRequest<PreviewResult | null>(previewRequest, params),
      redraw: (params) => client.sendRequest<RedrawResult | null>(redrawRequest, params),
      outcome: (params) => client.sendRequest<TrafficOutcome | null>(trafficOutcomeRequest, params),
      reveal: (from, element, focus) => this.#reveal(from, element, focus),
      exportDesign,
    });
    this.#panels.set(uri.toString(), preview);
    panel.onDidDispose(() => this.#panels.delete(uri.toString()));
    return preview;
  }

  #designChanged(change: DesignChangedParams): void {
    const changed = new Set(change.uris.map((uri) => vscode.Uri.parse(uri).toString()));
    for (const panel of this.#panels.values()) {
      if ([...panel.documents].some((uri) => changed.has(uri))) panel.designChanged();
    }
  }

  async #reveal(from: PreviewPanel, element: string, focus: boolean): Promise<void> {
    const params: RevealParams = { uri: from.uri.toString(), element };
    const location = await this.#options.client.sendRequest<Location | null>(revealRequest, params);
    if (!location) return;
    const uri = vscode.Uri.parse(location.uri);
    const start = new vscode.Position(location.range.start.line, location.range.start.character);
    await vscode.window.showTextDocument(uri, {
      viewColumn: columnFor(uri, from.panel.viewColumn),
      preserveFocus: !focus,
      selection: new vscode.Range(start, start),
    });
  }

  /** Marks the element that the cursor is in, in every preview of its design; a burst of moves counts once. */
  #cursorMoved(editor: vscode.TextEditor): void {
    if (editor.document.languageId !== 'sysd') return;
    const uri = editor.document.uri.toString();
    const followers = [...this.#panels.values()].filter((panel) => panel.documents.has(uri));
    if (followers.length === 0) return;
    clearTimeout(this.#cursorTimer);
    this.#cursorTimer = setTimeout(async () => {
      const { line, character } = editor.selection.active;
      const params: ElementAtParams = { uri, position: { line, character } };
      const element = await this.#options.client.sendRequest<string | null>(elementAtRequest, params).catch(() => null);
      for (const panel of followers) panel.highlight(element);
    }, cursorDelayMs);
  }
}

/** Where the document is open already, else a column that does not cover the preview. */
function columnFor(uri: vscode.Uri, preview: vscode.ViewColumn | undefined): vscode.ViewColumn {
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  if (shown?.viewColumn !== undefined) return shown.viewColumn;
  return preview === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One;
}
