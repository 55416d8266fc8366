import { type DiagramLayout, type DiagramModel, mermaid, overview, renderSvg } from '@sysd/diagram';
import type { Block } from '../formatters/blocks.ts';
import { layoutOverview } from '../overview-layout.ts';
import type { ReportAnswer } from './report-answer.ts';

/** The diagram of a report, laid out. */
export interface DrawnReport {
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
  /** Address of the drawing as a file, from the page. */
  readonly file?: string;
}

/** Draws the overview; with what has failed in it, where something has. */
export async function drawReport({ estimate, findings, failure }: ReportAnswer): Promise<DrawnReport> {
  const { design, analysis } = estimate;
  const { overlay } = failure ?? {};
  const model = overview(design, { traffic: analysis.traffic, findings, ...(overlay ? { failures: overlay } : {}) });
  return { model, layout: await layoutOverview(model) };
}

/** The diagram as a file by itself. */
export const drawingFile = ({ model, layout }: DrawnReport): string => renderSvg(model, layout, { idPrefix: 'sysd' });

/** The diagram as a block of the page. */
export function overviewDrawing({ model, layout, file }: DrawnReport): Block[] {
  const svg = renderSvg(model, layout, { theme: 'css', idPrefix: 'overview-', header: false });
  const text = mermaid(model) ?? {
    none: 'The diagram is larger than what Mermaid draws: --diagram FILE writes it as a file that the report shows.',
  };
  const caption = `Overview: ${model.failureLead ?? model.lead}`;
  return [{ drawing: { caption, svg, mermaid: text, ...(file === undefined ? {} : { file }) } }];
}

/** The same with the load of each component at peak, for pages that can show it; nothing where none is estimated. */
export function loadDrawing({ model, layout }: DrawnReport): Block[] {
  if (!model.loadBars) return [];
  const svg = renderSvg(model, layout, { theme: 'css', overlay: 'load', idPrefix: 'load-', header: false });
  const folded = 'The load of each component in the diagram';
  return [{ drawing: { caption: `Load at peak: ${model.loadLead}`, svg, mermaid: { none: 'Mermaid draws no loads.' }, folded } }];
}
