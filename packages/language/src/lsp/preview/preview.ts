import { absolute } from '@sysd/core';
import { type DiagramLayout, type DiagramModel, themeCss } from '@sysd/diagram';
import type { ExportSvgParams, ExportSvgResult, PreviewParams, PreviewResult } from '../protocol.ts';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { type Drawings, failingModelOf, fileSvg, modelOf, previewSvg } from './drawings.ts';
import { failures, failuresInWords, readFailed } from './failing.ts';

export interface Preview {
  preview(params: PreviewParams): Promise<PreviewResult>;
  exportSvg(params: ExportSvgParams): Promise<ExportSvgResult>;
}

interface Drawn {
  readonly state: DesignState;
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
    if (layout.simple === undefined && turn > (before?.turn ?? 0)) last.set(state.root, { state, model, layout, turn });
    return { state, model, layout };
  };

  const failing = failures();
  /** What is drawn with failures in it. */
  const fail = ({ state }: Drawn, texts: readonly string[]) => {
    const found = failing(state.design, texts, () => state.assessment().analysis.traffic);
    const model = failingModelOf(found, state.assessment());
    return { model, answer: failuresInWords(found, model) };
  };

  return {
    async preview({ uri, overlay, failed }): Promise<PreviewResult> {
      const css = themeCss();
      const newest = session.designOf(uri);
      if (!newest) return { title: nameOf(uri), uris: [uri], css, stale: false };
      const uris = [...newest.files.keys()].map(session.files.clientUri);
      const state = session.drawable(newest);
      const drawn = await draw(state);
      const title = state.complete ? (state.design.title ?? state.design.id) : nameOf(state.root);
      if (!drawn) return { title, uris, css, stale: false };
      const reason = state !== newest ? whyBroken(newest, session) : drawn.late;
      const texts = readFailed(failed);
      const failing = texts && fail(drawn, texts);
      const svg = previewSvg((failing ?? drawn).model, drawn.layout, overlay);
      return {
        title,
        uris,
        svg,
        css,
        ...(reason === undefined ? { stale: false } : { stale: true, staleReason: reason }),
        ...(failing ? { failures: failing.answer } : {}),
      };
    },
    async exportSvg({ uri, overlay, theme, failed }) {
      const newest = session.designOf(uri);
      if (!newest) return { problem: `${nameOf(uri)} cannot be read.` };
      const drawn = await draw(session.drawable(newest));
      if (!drawn) return { problem: 'There is nothing to draw: the design has no components.' };
      const texts = readFailed(failed) ?? [];
      const { model } = texts.length > 0 ? fail(drawn, texts) : drawn;
      return { svg: fileSvg(model, drawn.layout, overlay, theme) };
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
