import type { FromWebview, PreviewState } from '../src/preview/messages.ts';

interface VsCodeApi {
  postMessage(message: FromWebview): void;
  getState(): PreviewState | undefined;
  setState(state: PreviewState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The extension host on the other side; it may be acquired once. */
export const host = acquireVsCodeApi();
