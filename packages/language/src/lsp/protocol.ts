/**
 * Messages of sysd beyond the Language Server Protocol, spoken between the server and an editor that shows the preview or exports.
 * Plain data without imports: the server, the extension and its webview share this file. Positions are LSP's (zero-based, UTF-16).
 */

export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

export interface Location {
  readonly uri: string;
  readonly range: Range;
}

/** What colour and width mean in the diagram; `none` is the plain drawing with kinds and findings. */
export type Overlay = 'none' | 'load';

/** Request, client to server: the drawing of the design that `uri` belongs to. `PreviewParams` → `PreviewResult`. */
export const previewRequest = 'sysd/preview';

export interface PreviewParams {
  readonly uri: string;
  readonly overlay: Overlay;
  /**
   * What is to have failed, each as after `fail` in a scenario and `sysd check --fail`: `us.a`, `api`, `api 2`, `lb@eu`. Empty: nothing, but say
   * what can. Absent: failures are not asked about.
   */
  readonly failed?: readonly string[];
}

/** More are not computed at once. */
export const MOST_FAILED = 100;

export interface PreviewResult {
  /** Name of the design (`system Feed`), else the file's name. */
  readonly title: string;
  /** The documents of the design: the one with `system`, and what it imports; not the standard library. */
  readonly uris: readonly string[];
  /**
   * `renderSvg` of `@sysd/diagram` with the theme `css`, interactive, without header: one `<svg>` in which everything that a person can
   * point at carries `data-element`. Absent while there has been nothing to draw yet.
   */
  readonly svg?: string;
  /** `themeCss()` of `@sysd/diagram`: the style sheet for `svg`. The same for every drawing. */
  readonly css: string;
  /** The text is broken, or its layout took too long: `svg` is the last good drawing and `staleReason` says why, in a sentence. */
  readonly stale: boolean;
  readonly staleReason?: string;
  /** Where `failed` was given: what it makes of the design. `svg` then shows it, and what can fail in it carries `data-fail`. */
  readonly failures?: PreviewFailures;
}

/** The answer to failures: what `sysd check --fail …` says of the same. */
export interface PreviewFailures {
  /** What is down, in the order asked. */
  readonly down: readonly DownElement[];
  /** What was asked for and the design does not have (any more): left out, with the reason in words. */
  readonly dropped: readonly { readonly target: string; readonly reason: string }[];
  /** In text order; a completion behind its answer, where it comes off otherwise. */
  readonly flows: readonly FlowVerdict[];
  /** Regions and zones, wherever they are drawn. */
  readonly places: readonly PlaceTarget[];
}

export interface DownElement {
  readonly target: string;
  /** `data-element` in the drawing. */
  readonly element: string;
  /** `zone us.a`, `api: 2 of 3 instances`. */
  readonly label: string;
  /** Extents of the failure, this one among them: all instances, one of them, one copy. Absent where there is no other. */
  readonly choices?: readonly { readonly target: string; readonly label: string }[];
}

export interface PlaceTarget {
  readonly target: string;
  readonly label: string;
  readonly kind: 'region' | 'zone';
  /** By itself or with its region. */
  readonly down: boolean;
}

export interface FlowVerdict {
  readonly flow: string;
  /** Of what goes on after the answer. */
  readonly completion: boolean;
  /** Title or name, for people. */
  readonly label: string;
  readonly state: 'fails' | 'overloaded' | 'degraded' | 'unaffected';
  /** Share of the requests that fail, in words; absent where none does. */
  readonly share?: string;
  readonly reasons: readonly { readonly element: string; readonly text: string }[];
  /** Why requests fail, from what is down up to the flow; empty where none does. */
  readonly chain: readonly { readonly element: string; readonly text: string }[];
  /** `data-edge` of the edges on that way. */
  readonly edges: readonly string[];
}

/**
 * Command of the client that code actions name: opens the preview with something failed. Arguments: URI of the design, and `failed` as in
 * `PreviewParams`. Offered to clients that say `experimental: { sysdShowFailure: true }` among their capabilities.
 */
export const showFailureCommand = 'sysd.showFailure';

/** Notification, server to client, after each analysis (also when it could not draw anew): ask for the preview again. */
export const designChangedNotification = 'sysd/designChanged';

export interface DesignChangedParams {
  /** The documents of the design, as in `PreviewResult`. */
  readonly uris: readonly string[];
}

/** Request, client to server: where an element of the drawing is declared. `RevealParams` → `Location | null`. */
export const revealRequest = 'sysd/reveal';

export interface RevealParams {
  readonly uri: string;
  /** `data-element` in the drawing of `uri`. */
  readonly element: string;
}

/** Request, client to server: the element that the cursor is in, else `null`. `ElementAtParams` → `string | null`. */
export const elementAtRequest = 'sysd/elementAt';

export interface ElementAtParams {
  readonly uri: string;
  readonly position: Position;
}

/** Request, client to server: the drawing as a file of its own, colours baked in. `ExportSvgParams` → `ExportSvgResult`. */
export const exportSvgRequest = 'sysd/exportSvg';

export interface ExportSvgParams {
  readonly uri: string;
  readonly overlay: Overlay;
  readonly theme: 'light' | 'dark';
  /** As in `PreviewParams`. */
  readonly failed?: readonly string[];
}

export interface ExportSvgResult {
  /** Absent when there is nothing to draw; `problem` says why. */
  readonly svg?: string;
  readonly problem?: string;
}

/** Request, client to server: a compose project. `ExportComposeParams` → `ExportComposeResult`. Nothing is written by the server. */
export const exportComposeRequest = 'sysd/exportCompose';

export interface ExportComposeParams {
  readonly uri: string;
}

export interface ExportComposeResult {
  /** Empty when the design cannot be exported; `problems` says why. */
  readonly files: readonly ExportedFile[];
  /** What could not be exported as written, each a full sentence. */
  readonly problems: readonly string[];
}

export interface ExportedFile {
  /** Relative, with `/`, never `..`. */
  readonly path: string;
  readonly content: string;
  /** A password file: its `content` is empty, and whoever writes it fills it with random text, and only when it does not exist. */
  readonly secret?: boolean;
  readonly executable?: boolean;
}
