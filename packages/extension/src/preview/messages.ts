/** Messages between the preview's webview and the extension host. */
import type { Overlay } from '@sysd/language/protocol';

export type ToWebview =
  | {
      readonly type: 'drawing';
      /** Document that the preview follows; the webview keeps it for the next session. */
      readonly uri: string;
      readonly title: string;
      readonly svg?: string;
      readonly css: string;
      readonly overlay: Overlay;
      /** Why this is not the drawing of the text as it is now; absent when it is. */
      readonly stale?: string;
    }
  /** The server gave no answer; what is drawn stays. */
  | { readonly type: 'problem'; readonly message: string }
  /** The element that the cursor is in. */
  | { readonly type: 'highlight'; readonly element: string | null };

export type FromWebview =
  | { readonly type: 'ready' }
  | { readonly type: 'overlay'; readonly overlay: Overlay }
  /** Show the element in the source; `focus` also moves the keyboard there. */
  | { readonly type: 'reveal'; readonly element: string; readonly focus: boolean }
  | { readonly type: 'export'; readonly what: 'compose' | 'svg' };

/** What the webview keeps over a reload of the window. */
export interface PreviewState {
  readonly uri: string;
  readonly overlay: Overlay;
  readonly camera?: { readonly x: number; readonly y: number; readonly zoom: number };
}

/** A message of the page as it may be acted upon; undefined for anything else. */
export function readMessage(data: unknown): FromWebview | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, overlay, element, focus, what } = data as Readonly<Record<string, unknown>>;
  if (type === 'ready') return { type };
  if (type === 'overlay' && (overlay === 'none' || overlay === 'load')) return { type, overlay };
  if (type === 'reveal' && typeof element === 'string') return { type, element, focus: focus === true };
  if (type === 'export' && (what === 'compose' || what === 'svg')) return { type, what };
  return undefined;
}
