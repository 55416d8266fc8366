import type { Design, Diagnostic, ElementId, Traffic } from '@sysd/core';
import { collapseGroups } from './collapse.ts';
import type { DiagramModel } from './diagram-model.ts';
import { buildEdges } from './edges.ts';
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
  return {
    view: 'overview',
    system: design.title ?? design.id,
    lead: overviewLead(
      design,
      edges.some((e) => e.lines.some((l) => l.rate !== undefined)),
    ),
    loadLead: loadLead(nodes),
    loadBars: hasLoadBars(design, traffic),
    nodes,
    frames,
    edges,
  };
}
