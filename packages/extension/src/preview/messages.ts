/** Messages between the preview's webview and the extension host. */
import { MOST_FAILED, type Overlay, type PreviewFailures } from '@sysd/language/protocol';

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
      /** What has failed in it and what that means; absent where it was not asked. */
      readonly failures?: PreviewFailures;
    }
  /** The server gave no answer; what is drawn stays. */
  | { readonly type: 'problem'; readonly message: string }
  /** The element that the cursor is in. */
  | { readonly type: 'highlight'; readonly element: string | null }
  /** Show what fails when these do, instead of what was failed before; the page answers with the same message. */
  | { readonly type: 'fail'; readonly failed: readonly string[] }
  /** Fail something, or restore it. */
  | { readonly type: 'toggle'; readonly target: string };

export type FromWebview =
  /** With what had failed when the page was shown last. */
  | { readonly type: 'ready'; readonly failed?: readonly string[] }
  /** What is to have failed now, as `PreviewParams.failed`; null where nobody asks what fails. */
  | { readonly type: 'fail'; readonly failed: readonly string[] | null }
  | { readonly type: 'overlay'; readonly overlay: Overlay }
  /** Show the element in the source; `focus` also moves the keyboard there. */
  | { readonly type: 'reveal'; readonly element: string; readonly focus: boolean }
  | { readonly type: 'export'; readonly what: 'compose' | 'svg' };

/** What the webview keeps over a reload of the window. */
export interface PreviewState {
  readonly uri: string;
  readonly overlay: Overlay;
  readonly camera?: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly failed?: readonly string[];
}

/** A message of the page as it may be acted upon; undefined for anything else. */
export function readMessage(data: unknown): FromWebview | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, overlay, element, focus, what, failed } = data as Readonly<Record<string, unknown>>;
  if (type === 'ready' && failed === undefined) return { type };
  if (type === 'fail' && failed === null) return { type, failed };
  if (type === 'ready' || type === 'fail') {
    const read = readFailed(failed);
    return read && { type, failed: read };
  }
  if (type === 'overlay' && (overlay === 'none' || overlay === 'load')) return { type, overlay };
  if (type === 'reveal' && typeof element === 'string') return { type, element, focus: focus === true };
  if (type === 'export' && (what === 'compose' || what === 'svg')) return { type, what };
  return undefined;
}

const longest = 300;

/** A list of what is to fail, as a page or a command gives it; undefined for anything else. What it names the server finds out. */
export function readFailed(data: unknown): readonly string[] | undefined {
  if (!Array.isArray(data) || data.length > MOST_FAILED) return undefined;
  // Without what ends a line: each is one thing.
  const isTarget = (one: unknown): one is string => typeof one === 'string' && one !== '' && one.length <= longest && !/\p{Cc}/u.test(one);
  return data.every(isTarget) ? [...data] : undefined;
}
