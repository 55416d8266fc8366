import type {
  Overlay,
  PreviewParams,
  PreviewResult,
  RedrawParams,
  RedrawResult,
  TrafficAsked,
  TrafficOutcome,
} from '@sysd/language/protocol';
import * as vscode from 'vscode';
import { previewPage } from './html.ts';
import { readMessage, type ToWebview } from './messages.ts';

const pauseMs = 200;

export interface PanelActions {
  /** Null when the server failed at it. */
  preview(params: PreviewParams): Promise<PreviewResult | null>;
  /** Null where the whole drawing is to be asked for. */
  redraw(params: RedrawParams): Promise<RedrawResult | null>;
  /** Null where something newer has overtaken it. */
  outcome(params: RedrawParams): Promise<TrafficOutcome | null>;
  reveal(panel: PreviewPanel, element: string, focus: boolean): Promise<void>;
  exportDesign(what: 'compose' | 'svg', preview: Shown): Promise<void>;
}

/** What a preview shows of a design. */
export interface Shown {
  readonly uri: vscode.Uri;
  readonly overlay: Overlay;
  readonly failed?: readonly string[] | undefined;
  readonly traffic?: TrafficAsked;
  /** Title of the scenario that was chosen. */
  readonly scenario?: string | undefined;
}

/** One preview: a webview that follows one design document. */
export class PreviewPanel implements Shown {
  readonly panel: vscode.WebviewPanel;
  readonly uri: vscode.Uri;
  overlay: Overlay;
  /** Documents of the design, as of the last drawing. */
  documents: ReadonlySet<string>;
  /** What has failed in the drawing; undefined where nobody asks. */
  failed: readonly string[] | undefined;
  traffic: TrafficAsked = { factor: 1 };
  scenario: string | undefined;
  readonly #actions: PanelActions;
  /** What the page has been told to fail and has not taken over yet: it may be hidden. */
  #toldToFail: readonly string[] | undefined;
  /** The scenario that it has been told to show and has not taken over yet. */
  #toldScenario: string | undefined;
  #pause: NodeJS.Timeout | undefined;
  #ready = false;
  #asking = false;
  #askAgain = false;
  /** What the server calls the drawing that the page has. */
  #drawing: number | undefined;
  #redrawing = false;
  #redrawAgain = false;

  constructor(panel: vscode.WebviewPanel, uri: vscode.Uri, overlay: Overlay, extension: vscode.Uri, actions: PanelActions) {
    this.panel = panel;
    this.uri = uri;
    this.overlay = overlay;
    this.documents = new Set([uri.toString()]);
    this.#actions = actions;
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist')] };
    panel.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    panel.onDidDispose(() => clearTimeout(this.#pause));
    panel.webview.html = previewPage(panel.webview, extension);
  }

  /**
   * Asks the server for the drawing and shows it. While an answer is awaited, further calls are summed up in one more request: a fast
   * typist does not queue up drawings.
   */
  async refresh(): Promise<void> {
    // A hidden webview has no page; it asks when it is shown again ("ready").
    if (!this.#ready || !this.panel.visible) return;
    if (this.#asking) {
      this.#askAgain = true;
      return;
    }
    this.#asking = true;
    try {
      do {
        this.#askAgain = false;
        const result = await this.#actions.preview({
          uri: this.uri.toString(),
          overlay: this.overlay,
          ...(this.failed && { failed: this.failed }),
          traffic: this.traffic,
          ...(this.scenario !== undefined && { scenario: this.scenario }),
        });
        if (result === null) throw new Error('it failed; its log says why.');
        this.#show(result);
      } while (this.#askAgain);
    } catch (error) {
      this.#post({ type: 'problem', message: noDrawing(error) });
    } finally {
      this.#asking = false;
    }
  }

  /** The design has changed: what fails, another traffic or a scenario is computed anew for each text, so that it waits for a pause in the typing. */
  designChanged(): void {
    clearTimeout(this.#pause);
    if (!this.failed?.length && this.traffic.factor === 1 && this.scenario === undefined) void this.refresh();
    else this.#pause = setTimeout(() => void this.refresh(), pauseMs);
  }

  /** Asks for another traffic and shows it: one request at a time, and the newest traffic next. The whole drawing only where need be. */
  async #redraw(): Promise<void> {
    if (this.#asking || this.#drawing === undefined) return this.refresh();
    this.#redrawAgain = this.#redrawing;
    if (this.#redrawing) return;
    this.#redrawing = true;
    try {
      do {
        this.#redrawAgain = false;
        const drawing: number = this.#drawing;
        const result = await this.#actions.redraw({ uri: this.uri.toString(), drawing, traffic: this.traffic });
        // Another drawing has come meanwhile: it was asked for later.
        if (drawing !== this.#drawing) continue;
        if (result === null) {
          void this.refresh();
          break;
        }
        this.#post({ type: 'redraw', ...result });
      } while (this.#redrawAgain);
    } catch (error) {
      this.#post({ type: 'problem', message: noDrawing(error) });
    } finally {
      this.#redrawing = false;
    }
  }

  async #tellOutcome(): Promise<void> {
    const drawing = this.#drawing;
    if (drawing === undefined) return;
    const { traffic } = this;
    const outcome = await this.#actions.outcome({ uri: this.uri.toString(), drawing, traffic }).catch(() => null);
    // Of another drawing it would be of what had failed before.
    if (outcome && drawing === this.#drawing && traffic.factor === this.traffic.factor) this.#post({ type: 'outcome', outcome });
  }

  highlight(element: string | null): void {
    this.#post({ type: 'highlight', element });
  }

  /** Shows what fails when these do. */
  fail(failed: readonly string[]): void {
    this.#toldToFail = failed;
    this.#post({ type: 'fail', failed });
  }

  /** Shows the design in its scenario of that title. */
  showScenario(title: string): void {
    this.#toldScenario = title;
    this.#post({ type: 'scenario', scenario: title });
  }

  toggle(target: string): void {
    this.#post({ type: 'toggle', target });
  }

  #show(result: PreviewResult): void {
    this.documents = new Set([this.uri.toString(), ...result.uris.map((uri) => vscode.Uri.parse(uri).toString())]);
    const stale = result.stale ? (result.staleReason ?? 'The text has errors.') : undefined;
    const { title, svg, css, failures, traffic, scenarios } = result;
    this.#drawing = result.drawing;
    const dropped = new Set(failures?.dropped.map((d) => d.target));
    if (this.failed && dropped.size > 0) this.failed = this.failed.filter((target) => !dropped.has(target));
    this.#post({
      type: 'drawing',
      uri: this.uri.toString(),
      title,
      css,
      overlay: this.overlay,
      ...(svg && { svg }),
      ...(stale && { stale }),
      ...(failures && { failures }),
      ...(traffic && { traffic }),
      ...(scenarios && { scenarios }),
    });
  }

  #receive(data: unknown): void {
    const message = readMessage(data);
    if (message?.type === 'ready') {
      this.#ready = true;
      this.failed = message.failed;
      this.traffic = message.traffic ?? { factor: 1 };
      this.scenario = message.scenario;
      this.#drawing = undefined;
      if (this.#toldScenario !== undefined) this.#post({ type: 'scenario', scenario: this.#toldScenario });
      if (this.#toldToFail) this.#post({ type: 'fail', failed: this.#toldToFail });
      void this.refresh();
    } else if (message?.type === 'fail') {
      this.#toldToFail = undefined;
      this.failed = message.failed ?? undefined;
      void this.refresh();
    } else if (message?.type === 'scenario') {
      this.#toldScenario = undefined;
      this.scenario = message.scenario ?? undefined;
      void this.refresh();
    } else if (message?.type === 'traffic') {
      this.traffic = message.traffic;
      void this.#redraw();
    } else if (message?.type === 'outcome') {
      void this.#tellOutcome();
    } else if (message?.type === 'copy') {
      void vscode.env.clipboard.writeText(message.text);
    } else if (message?.type === 'overlay') {
      this.overlay = message.overlay;
      void this.refresh();
    } else if (message?.type === 'reveal') {
      void this.#actions.reveal(this, message.element, message.focus);
    } else if (message?.type === 'export') {
      void this.#actions.exportDesign(message.what, this);
    }
  }

  #post(message: ToWebview): void {
    void this.panel.webview.postMessage(message);
  }
}

const noDrawing = (error: unknown): string => `The language server gave no drawing: ${error instanceof Error ? error.message : error}`;
