import type { Design, Diagnostic, ElementId, Traffic } from '@sysd/core';
import { type Collapse, collapseGroups } from './collapse.ts';
import type { DiagramModel } from './diagram-model.ts';
import { buildEdges } from './edges.ts';
import { type FailureOverlay, failureLead, withFailures } from './failures.ts';
import { countFindings } from './findings.ts';
import { buildFrames } from './frames.ts';
import { loadLead, overviewLead } from './leads.ts';
import { hasLoadBars } from './load.ts';
import { buildNodes } from './nodes.ts';

export interface OverviewOptions {
  readonly traffic?: Traffic;
  readonly findings?: readonly Diagnostic[];
  /** Elements whose groups stay open however large the design is. */
  readonly selection?: readonly ElementId[];
  /** What the failures of the design make of it; with it the drawing says what is down, what fails, and what can be failed. */
  readonly failures?: FailureOverlay;
  /** Groups collapse beyond so many boxes. Default 60. */
  readonly limit?: number;
}

const LIMIT = 60;

/** The whole design as boxes, frames and edges; large designs with their groups collapsed. */
export function overview(design: Design, options: OverviewOptions = {}): DiagramModel {
  const { traffic } = options;
  const findings = countFindings(design, options.findings ?? []);
  const keep = new Set([...(options.selection ?? []), ...[...findings].filter(([, f]) => f.error > 0).map(([id]) => id)]);
  const collapse = collapseGroups(design, options.limit ?? LIMIT, keep);
  const { frames, frameOf } = buildFrames(design, collapse, findings);
  const nodes = buildNodes({ design, traffic, findings, collapse, frameOf });
  const edges = buildEdges(design, traffic, collapse);
  const failures = options.failures && withFailures(design, options.failures, membersOf(collapse));
  const lead = options.failures && failureLead(design, options.failures.flows);
  return {
    view: 'overview',
    system: design.title ?? design.id,
    lead: overviewLead(
      design,
      edges.some((e) => e.lines.some((l) => l.rate !== undefined)),
    ),
    loadLead: loadLead(nodes),
    loadBars: hasLoadBars(design, traffic),
    ...(design.scenario === undefined ? {} : { scenario: design.scenario }),
    ...(design.traffic === undefined ? {} : { traffic: design.traffic }),
    ...(lead === undefined ? {} : { failureLead: lead }),
    nodes: failures ? nodes.map(failures.node) : nodes,
    frames: failures ? frames.map(failures.frame) : frames,
    edges: failures ? edges.map(failures.edge) : edges,
  };
}

/** Components by the collapsed group that stands for them. */
function membersOf({ cardOf, collapsed }: Collapse): Map<ElementId, ElementId[]> {
  const members = new Map<ElementId, ElementId[]>([...collapsed].map((id) => [id, []]));
  for (const [component, card] of cardOf) members.get(card)?.push(component);
  return members;
}
