import { absolute } from '@sysd/core';
import { type DiagramLayout, type DiagramModel, type Overlay, themeCss } from '@sysd/diagram';
import type { ExportSvgParams, ExportSvgResult, PreviewResult } from '../protocol.ts';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { type Drawings, fileSvg, modelOf, previewSvg } from './drawings.ts';

export interface Preview {
  preview(uri: string, overlay: Overlay): Promise<PreviewResult>;
  exportSvg(params: ExportSvgParams): Promise<ExportSvgResult>;
}

interface Drawn {
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
}

/** Draws the designs of a session. Keeps the last good drawing of each, which stands in when the next one cannot be made. */
export function previewOf(session: Session, drawings: Drawings): Preview {
  const last = new Map<string, Drawn & { readonly turn: number }>();
  let turns = 0;

  /** Undefined where there is nothing to draw. */
  const draw = async (state: DesignState): Promise<(Drawn & { readonly late?: string }) | undefined> => {
    const turn = ++turns;
    const model = modelOf(state.design, state.assessment());
    if (model.nodes.length === 0) return undefined;
    const layout = await drawings.layout(model);
    const before = last.get(state.root);
    if (layout.simple !== undefined && before) return { ...before, late: `The layout could not be made: ${layout.simple}.` };
    // A layout may be overtaken by that of a later text.
    if (layout.simple === undefined && turn > (before?.turn ?? 0)) last.set(state.root, { model, layout, turn });
    return { model, layout };
  };

  return {
    async preview(uri, overlay): Promise<PreviewResult> {
      const css = themeCss();
      const newest = session.designOf(uri);
      if (!newest) return { title: nameOf(uri), uris: [uri], css, stale: false };
      const uris = [...newest.files.keys()].map(session.files.clientUri);
      const state = session.drawable(newest);
      const drawn = await draw(state);
      const title = state.complete ? (state.design.title ?? state.design.id) : nameOf(state.root);
      if (!drawn) return { title, uris, css, stale: false };
      const reason = state !== newest ? whyBroken(newest, session) : drawn.late;
      const svg = previewSvg(drawn.model, drawn.layout, overlay);
      return reason === undefined ? { title, uris, svg, css, stale: false } : { title, uris, svg, css, stale: true, staleReason: reason };
    },
    async exportSvg({ uri, overlay, theme }) {
      const newest = session.designOf(uri);
      if (!newest) return { problem: `${nameOf(uri)} cannot be read.` };
      const drawn = await draw(session.drawable(newest));
      if (!drawn) return { problem: 'There is nothing to draw: the design has no components.' };
      return { svg: fileSvg(drawn.model, drawn.layout, overlay, theme) };
    },
  };
}

function whyBroken(state: DesignState, session: Session): string {
  const problem = state.problems.find((p) => p.severity === 'error');
  if (!problem) return 'The text has errors.';
  const { uri, start } = absolute(problem.span);
  const line = (session.files.read(uri)?.document.positionAt(start).line ?? 0) + 1;
  const file = uri === state.root ? '' : ` of ${nameOf(uri)}`;
  return `The text has an error in line ${line}${file}: ${problem.message}`;
}

function nameOf(uri: string): string {
  const name = uri.slice(uri.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
