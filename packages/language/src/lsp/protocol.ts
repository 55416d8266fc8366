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
  /** So many times the traffic: loads and failures are those that it makes. Absent: traffic is not asked about. */
  readonly traffic?: TrafficAsked;
  /** Title of the scenario in which the design is to be shown, with the traffic and failures above besides. Absent: as designed. */
  readonly scenario?: string;
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
  /** Where `failed` was given, or the scenario fails something: what it makes of the design. `svg` then shows it, and what can fail in it carries `data-fail`. */
  readonly failures?: PreviewFailures;
  /** Where `traffic` was given: what it makes of the design. `svg` then shows it. */
  readonly traffic?: PreviewTraffic;
  /** The scenarios of the design; absent where it has none and none was asked for. */
  readonly scenarios?: PreviewScenarios;
  /** Of `svg`, for requests that change a part of it. */
  readonly drawing?: number;
}

/** Scenarios that a design can be shown in: the answers of `sysd estimate --scenario`. */
export interface PreviewScenarios {
  /** In text order. */
  readonly all: readonly ScenarioChoice[];
  /** The one that is shown; absent: as designed. */
  readonly shown?: string;
  /** Why that is not the one that was asked for, in a sentence. */
  readonly problem?: string;
}

export interface ScenarioChoice {
  readonly title: string;
  /** What it says: `users.peak: 10x; fail us.a`. */
  readonly text: string;
  /** Whether it sets values, so that loads are others. */
  readonly sets: boolean;
}

/** Bounds of the factor that a preview asks about. */
export const MOST_TRAFFIC = 100;

export interface TrafficAsked {
  /** How many times as often every flow starts, from 1 to `MOST_TRAFFIC`; what lies outside is taken as the nearer end. */
  readonly factor: number;
  /** Component whose estimate is asked for. */
  readonly element?: string;
}

/** What so many times the traffic makes of a design: the answer of `sysd estimate --traffic`, with what has failed. */
export interface PreviewTraffic {
  readonly factor: number;
  /** Why there is no traffic to grow, in a sentence; everything else is then empty. */
  readonly lacking?: string;
  /** The command that gives the same: `sysd estimate feed.sysd --traffic 5`. */
  readonly command: string;
  /** Components that pass their capacity up to `MOST_TRAFFIC` times the traffic, first to saturate first; one that is full already is at less than 1. */
  readonly breaks: readonly TrafficBreak[];
  /** Said where none breaks: what is the first beyond, or that no utilisation is estimated. */
  readonly unbroken?: string;
  /** Over capacity at this factor, the fullest first. */
  readonly over: readonly { readonly element: string; readonly utilisation: string }[];
  /** Of `TrafficAsked.element`, where it is a component. */
  readonly component?: ComponentEstimate;
}

export interface TrafficBreak {
  readonly element: string;
  /** Times the traffic as written. */
  readonly at: number;
  /** The same in words: `1.83x`. */
  readonly text: string;
}

/** Figures as `sysd estimate` prints them, each with its name. What is not estimated says so. */
export interface ComponentEstimate {
  readonly element: string;
  readonly over: boolean;
  readonly rows: readonly { readonly name: string; readonly value: string }[];
}

/**
 * Request, client to server: another factor for a drawing that has been given. `RedrawParams` → `RedrawResult | null`; null where that drawing is no
 * longer the newest, or more than its parts would change: ask for the preview.
 */
export const redrawRequest = 'sysd/redrawAtTraffic';

export interface RedrawParams {
  readonly uri: string;
  /** `PreviewResult.drawing`; overlay and failures are those of that drawing. */
  readonly drawing: number;
  readonly traffic: TrafficAsked;
}

export interface RedrawResult {
  readonly traffic: PreviewTraffic;
  /** `<g>` elements, each in place of that with the same first class and `data-edge` or else `data-element`; the others are as in the drawing. */
  readonly parts: readonly string[];
  /** `aria-label` of the drawing. */
  readonly label: string;
  readonly failures?: PreviewFailures;
}

/**
 * Request, client to server: what takes longer than a drag may: latencies, objectives and cost at the factor of a drawing. `RedrawParams` →
 * `TrafficOutcome | null`; null where a newer request, text or drawing has overtaken it.
 */
export const trafficOutcomeRequest = 'sysd/trafficOutcome';

export interface TrafficOutcome {
  readonly factor: number;
  readonly flows: readonly FlowOutcome[];
  /** Of the whole design: instances, cost a month. */
  readonly totals: readonly { readonly name: string; readonly value: string }[];
}

export interface FlowOutcome {
  readonly flow: string;
  readonly completion: boolean;
  readonly label: string;
  /** `p99 84.3 ms`, or why there is no latency. */
  readonly latency: string;
  /** Its objectives of latency and availability: `p99 <= 200 ms`, and what it comes to. */
  readonly objectives: readonly { readonly text: string; readonly verdict: 'met' | 'missed' | 'not-estimated' }[];
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
  /** The scenario says so, nobody has asked. */
  readonly byScenario?: boolean;
}

export interface PlaceTarget {
  readonly target: string;
  readonly label: string;
  readonly kind: 'region' | 'zone';
  /** By itself or with its region. */
  readonly down: boolean;
  /** The scenario fails it. */
  readonly byScenario?: boolean;
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

/**
 * Command of the client that code actions name: opens the preview in a scenario. Arguments: URI of the design, and the title as in `PreviewParams`.
 * Offered to clients that say `experimental: { sysdShowScenario: true }`.
 */
export const showScenarioCommand = 'sysd.showScenario';

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
  readonly traffic?: TrafficAsked;
  readonly scenario?: string;
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
