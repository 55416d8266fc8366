import type { NodeKind } from '../render/families.ts';
import type { FrameKind } from '../render/icons.ts';

/** What the load overlay says of a node. */
export type NodeLoad =
  /** `utilisation` and `target` are ratios of capacity. */
  | { readonly state: 'estimated'; readonly utilisation: number; readonly target: number }
  | { readonly state: 'managed' }
  /** `reason` is a sentence for the tooltip. */
  | { readonly state: 'unknown'; readonly reason: string }
  /** Load has no meaning here (a client). */
  | { readonly state: 'none' };

export interface FindingCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly accepted: number;
}

export const NO_FINDINGS: FindingCounts = { error: 0, warning: 0, info: 0, accepted: 0 };

/** What failures make of a card. `chip` is what it says on it, `words` the same for screen readers, whole. */
export interface NodeFailure {
  readonly state: 'down' | 'overloaded' | 'partly';
  readonly chip: string;
  readonly words: string;
}

/** `dead`: no request gets over it; `partly`: some do not. `flows` are those that fail there. */
export interface EdgeFailure {
  readonly state: 'dead' | 'partly';
  /** On the way from what is down up to a flow. */
  readonly chain: boolean;
  readonly flows: readonly string[];
}

/** A zone as a region's frame shows it. */
export interface ZoneChip {
  readonly id: string;
  readonly name: string;
  readonly down: boolean;
}

export interface DiagramNode {
  /** Unique among the nodes; also the id of the element for click-to-source. */
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
  /** Sub-line: technology, then one fact; the fact is dropped first when room is short. */
  readonly technology?: string;
  readonly fact?: string;
  /** `×60` or `32 × 3`, and the same in words for screen readers. */
  readonly pill?: string;
  readonly pillWords?: string;
  readonly stacked: boolean;
  /** Id of the frame in which it stands. */
  readonly frame?: string;
  readonly findings: FindingCounts;
  readonly load: NodeLoad;
  readonly failure?: NodeFailure;
  /** What can be failed here, as `fail` names it. */
  readonly target?: string;
}

export interface DiagramFrame {
  readonly id: string;
  readonly kind: FrameKind;
  readonly name: string;
  /** What stands behind the name: `region · zones a, b, c`. */
  readonly detail?: string;
  readonly parent?: string;
  readonly findings: FindingCounts;
  /** Down, by itself or with its region. */
  readonly down?: boolean;
  readonly target?: string;
  /** Zones of a region, where failures are shown. */
  readonly zones?: readonly ZoneChip[];
}

export type EdgeStyle = 'sync' | 'async' | 'implied';

export interface EdgeLine {
  readonly operation: string;
  /** Peak rate per second; undefined when it is not estimated. */
  readonly rate?: number;
  /** `on miss`, `10 %`, `× 200`. */
  readonly condition?: string;
}

export interface DiagramEdge {
  /** Unique among the edges: `from->to`, `from~>to` or `from..>to`. */
  readonly id: string;
  /** Element for click-to-source, such as the connection's id. */
  readonly element: string;
  readonly from: string;
  readonly to: string;
  readonly style: EdgeStyle;
  /** At most three; `more` further operations are summed up as `+2 more`. */
  readonly lines: readonly EdgeLine[];
  readonly more: number;
  /** Peak rate of all operations together, per second. */
  readonly rate?: number;
  /** The connections and flows that it stands for. */
  readonly connections: readonly string[];
  readonly flows: readonly string[];
  readonly failure?: EdgeFailure;
}

/** What a view shows, without positions. */
export interface DiagramModel {
  readonly view: 'overview';
  /** Name of the design. */
  readonly system: string;
  /** Line under the title. */
  readonly lead: string;
  /** Line under the title when the load overlay is on. */
  readonly loadLead: string;
  /** Line under the title while something has failed. */
  readonly failureLead?: string;
  /** Title of the scenario that is shown. */
  readonly scenario?: string;
  /** Loads are those of so many times the traffic. */
  readonly traffic?: number;
  /** Nodes have room for a load bar. */
  readonly loadBars: boolean;
  /** In reading order: first use in flows, then as declared. Frames: outer before inner. */
  readonly nodes: readonly DiagramNode[];
  readonly frames: readonly DiagramFrame[];
  readonly edges: readonly DiagramEdge[];
}
