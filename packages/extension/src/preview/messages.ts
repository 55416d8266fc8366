/** Messages between the preview's webview and the extension host. */
import {
  MOST_FAILED,
  MOST_TRAFFIC,
  type Overlay,
  type PreviewFailures,
  type PreviewScenarios,
  type PreviewTraffic,
  type RedrawResult,
  type TrafficAsked,
  type TrafficOutcome,
} from '@sysd/language/protocol';

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
      /** What the traffic that was asked about makes of it; absent where the server is not sure that there is something to draw. */
      readonly traffic?: PreviewTraffic;
      /** The scenarios of the design, and which of them is shown. */
      readonly scenarios?: PreviewScenarios;
    }
  /** Parts of that drawing at another traffic. */
  | ({ readonly type: 'redraw' } & RedrawResult)
  /** What takes longer, of the traffic that was asked about last. */
  | { readonly type: 'outcome'; readonly outcome: TrafficOutcome }
  /** The server gave no answer; what is drawn stays. */
  | { readonly type: 'problem'; readonly message: string }
  /** The element that the cursor is in. */
  | { readonly type: 'highlight'; readonly element: string | null }
  /** Show what fails when these do, instead of what was failed before; the page answers with the same message. */
  | { readonly type: 'fail'; readonly failed: readonly string[] }
  /** Show the design in this scenario; the page answers with the same message. */
  | { readonly type: 'scenario'; readonly scenario: string }
  /** Fail something, or restore it. */
  | { readonly type: 'toggle'; readonly target: string };

export type FromWebview =
  /** With what had failed when the page was shown last. */
  | { readonly type: 'ready'; readonly failed?: readonly string[]; readonly traffic?: TrafficAsked; readonly scenario?: string }
  /** The scenario in which the design is to be shown, by title; null for the design as it is. */
  | { readonly type: 'scenario'; readonly scenario: string | null }
  /** What is to have failed now, as `PreviewParams.failed`; null where nobody asks what fails. */
  | { readonly type: 'fail'; readonly failed: readonly string[] | null }
  | { readonly type: 'overlay'; readonly overlay: Overlay }
  /** How much traffic there is to be. */
  | { readonly type: 'traffic'; readonly traffic: TrafficAsked }
  /** Tell what takes longer, of the traffic that was asked about last. */
  | { readonly type: 'outcome' }
  /** Put it on the clipboard. */
  | { readonly type: 'copy'; readonly text: string }
  /** Show the element in the source; `focus` also moves the keyboard there. */
  | { readonly type: 'reveal'; readonly element: string; readonly focus: boolean }
  | { readonly type: 'export'; readonly what: 'compose' | 'svg' };

/** What the webview keeps over a reload of the window. */
export interface PreviewState {
  readonly uri: string;
  readonly overlay: Overlay;
  readonly camera?: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly failed?: readonly string[];
  readonly factor?: number;
  readonly scenario?: string;
  /** Whether the estimate is shown beside the drawing. */
  readonly estimate?: boolean;
}

/** A message of the page as it may be acted upon; undefined for anything else. */
export function readMessage(data: unknown): FromWebview | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { type, overlay, element, focus, what, failed, traffic, text, scenario } = data as Readonly<Record<string, unknown>>;
  if (type === 'ready') return readReady(failed, traffic, scenario);
  if (type === 'scenario' && (scenario === null || typeof scenario === 'string')) return { type, scenario };
  if (type === 'fail' && failed === null) return { type, failed };
  if (type === 'fail') {
    const read = readFailed(failed);
    return read && { type, failed: read };
  }
  if (type === 'traffic') {
    const read = readTraffic(traffic);
    return read && { type, traffic: read };
  }
  if (type === 'outcome') return { type };
  if (type === 'copy' && typeof text === 'string' && isLine(text, longestCopy)) return { type, text };
  if (type === 'overlay' && (overlay === 'none' || overlay === 'load')) return { type, overlay };
  if (type === 'reveal' && typeof element === 'string') return { type, element, focus: focus === true };
  if (type === 'export' && (what === 'compose' || what === 'svg')) return { type, what };
  return undefined;
}

function readReady(failed: unknown, traffic: unknown, scenario: unknown): FromWebview | undefined {
  const down = failed === undefined ? undefined : readFailed(failed);
  const load = traffic === undefined ? undefined : readTraffic(traffic);
  if ((failed !== undefined && !down) || (traffic !== undefined && !load)) return undefined;
  if (scenario !== undefined && typeof scenario !== 'string') return undefined;
  return { type: 'ready', ...(scenario !== undefined && { scenario }), ...(down && { failed: down }), ...(load && { traffic: load }) };
}

/** How much traffic a page asks about; undefined for anything else. */
function readTraffic(data: unknown): TrafficAsked | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const { factor, element } = data as Readonly<Record<string, unknown>>;
  if (typeof factor !== 'number' || !(factor >= 1 && factor <= MOST_TRAFFIC)) return undefined;
  if (element === undefined) return { factor };
  return typeof element === 'string' && isLine(element, longest) ? { factor, element } : undefined;
}

const longest = 300;
const longestCopy = 20_000;
/** Without what ends a line. */
const isLine = (text: string, most: number): boolean => text !== '' && text.length <= most && !/\p{Cc}/u.test(text);

/** A list of what is to fail, as a page or a command gives it; undefined for anything else. What it names the server finds out. */
export function readFailed(data: unknown): readonly string[] | undefined {
  if (!Array.isArray(data) || data.length > MOST_FAILED) return undefined;
  const isTarget = (one: unknown): one is string => typeof one === 'string' && isLine(one, longest);
  return data.every(isTarget) ? [...data] : undefined;
}
