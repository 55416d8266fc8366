import { setTimeout } from 'node:timers/promises';
import { absolute } from '@sysd/core';
import { type DiagramLayout, type DiagramModel, themeCss } from '@sysd/diagram';
import type { Assessment } from '../../assess.ts';
import { once } from '../../once.ts';
import type {
  ExportSvgParams,
  ExportSvgResult,
  PreviewParams,
  PreviewResult,
  PreviewTraffic,
  RedrawParams,
  RedrawResult,
  TrafficAsked,
  TrafficOutcome,
} from '../protocol.ts';
import type { DesignState } from '../session/design-state.ts';
import type { Session } from '../session/session.ts';
import { inSlices } from '../slices.ts';
import { readTraffic, saturationOrders, trafficInWords } from './at-traffic.ts';
import { type Drawings, evaluatedModelOf, fileSvg, modelOf, previewPieces, previewSvg } from './drawings.ts';
import { type Evaluated, evaluations, type Question } from './evaluated.ts';
import { failuresInWords, readFailed } from './failing.ts';
import { changedParts, givenDrawings } from './redraw.ts';
import { type InView, inView } from './scenario.ts';
import { trafficOutcome } from './traffic-outcome.ts';

export interface Preview {
  preview(params: PreviewParams): Promise<PreviewResult>;
  exportSvg(params: ExportSvgParams): Promise<ExportSvgResult>;
  redraw(params: RedrawParams): RedrawResult | null;
  trafficOutcome(params: RedrawParams): Promise<TrafficOutcome | null>;
}

/** So long after an edit that has overtaken it a scenario is computed again, ms: quicker keys than that are one edit. */
const PAUSE = 100;

interface Looked {
  readonly newest: DesignState;
  /** The newest, or what stands in for it. */
  readonly state: DesignState;
  readonly view: InView;
}

interface Drawn {
  readonly state: DesignState;
  readonly view: InView;
  readonly model: DiagramModel;
  readonly layout: DiagramLayout;
}

/** Draws the designs of a session. Keeps the last good drawing of each, which stands in when the next one cannot be made. */
export function previewOf(session: Session, drawings: Drawings): Preview {
  const last = new Map<string, Drawn & { readonly turn: number }>();
  let turns = 0;

  /** The newest design of a file, and what is to be drawn for it; undefined where it cannot be read. An edit meanwhile makes it that of the text after. */
  const look = async (uri: string, scenario: unknown): Promise<Looked | undefined> => {
    for (;;) {
      const newest = session.designOf(uri);
      if (!newest) return undefined;
      const { generation } = session.files;
      const state = session.drawable(newest);
      const view = await inSlices(inView(state, scenario), () => session.files.generation === generation);
      if (view) return { newest, state, view };
      await setTimeout(PAUSE);
    }
  };

  /** Undefined where there is nothing to draw. */
  const draw = async ({ state, view }: Looked): Promise<(Drawn & { readonly late?: string }) | undefined> => {
    const turn = ++turns;
    const model = modelOf(view.assessment);
    if (model.nodes.length === 0) return undefined;
    const layout = await drawings.layout(model);
    const before = last.get(state.root);
    const same = before?.view.assessment.design.scenario === view.assessment.design.scenario;
    if (layout.simple !== undefined && before && same) return { ...before, late: `The layout could not be made: ${layout.simple}.` };
    // A layout may be overtaken by that of a later text.
    if (layout.simple === undefined && turn > (before?.turn ?? 0)) last.set(state.root, { state, view, model, layout, turn });
    return { state, view, model, layout };
  };

  const evaluate = evaluations();
  const saturation = saturationOrders();
  const given = givenDrawings();
  /** How often it was asked for, by what is drawn: an older request gives up, whatever had failed in its drawing. */
  const outcomes = new WeakMap<DesignState, number>();

  const ask = ({ design, analysis }: Assessment, question: Question): Evaluated => evaluate(design, question, () => analysis.traffic);
  const inWords = ({ root }: DesignState, assessment: Assessment, evaluated: Evaluated, asked: TrafficAsked): PreviewTraffic => {
    const written = ask(assessment, { ...evaluated.question, factor: 1 });
    return trafficInWords(evaluated, saturation(written), nameOf(root), asked.element);
  };
  /** A drawing that a page has, unless the text has changed since. */
  const standing = (params: RedrawParams) => {
    const drawing = given.get(params.drawing);
    const newest = session.designOf(params.uri);
    return drawing && newest && session.drawable(newest) === drawing.state ? drawing : undefined;
  };

  return {
    async preview({ uri, overlay, failed, traffic, scenario }): Promise<PreviewResult> {
      const css = themeCss();
      const looked = await look(uri, scenario);
      if (!looked) return { title: nameOf(uri), uris: [uri], css, stale: false };
      const { newest, state } = looked;
      const uris = [...newest.files.keys()].map(session.files.clientUri);
      const drawn = await draw(looked);
      const title = state.complete ? (state.design.title ?? state.design.id) : nameOf(state.root);
      if (!drawn) return { title, uris, css, stale: false };
      const reason = state !== newest ? whyBroken(newest, session) : drawn.late;
      const asked = readTraffic(traffic);
      const { layout, view } = drawn;
      const { assessment, scenarios } = view;
      const evaluated = ask(assessment, { failed: readFailed(failed), factor: asked?.factor ?? 1 });
      const model =
        evaluated.overlay || evaluated.asked.design !== assessment.design ? evaluatedModelOf(evaluated, assessment) : drawn.model;
      const svg = previewSvg(model, drawn.layout, overlay);
      const pieces = once(() => previewPieces(model, layout, overlay));
      return {
        title,
        uris,
        svg,
        css,
        ...(reason === undefined ? { stale: false } : { stale: true, staleReason: reason }),
        ...(scenarios ? { scenarios } : {}),
        ...(evaluated.overlay ? { failures: failuresInWords(evaluated, model) } : {}),
        ...(asked
          ? {
              traffic: inWords(drawn.state, assessment, evaluated, asked),
              drawing: given.add({ state: drawn.state, assessment, layout, overlay, evaluated, pieces }),
            }
          : {}),
      };
    },
    async exportSvg({ uri, overlay, theme, failed, traffic, scenario }) {
      const looked = await look(uri, scenario);
      if (!looked) return { problem: `${nameOf(uri)} cannot be read.` };
      const drawn = await draw(looked);
      if (!drawn) return { problem: 'There is nothing to draw: the design has no components.' };
      const texts = readFailed(failed) ?? [];
      const { assessment } = drawn.view;
      const evaluated = ask(assessment, { failed: texts.length > 0 ? texts : undefined, factor: readTraffic(traffic)?.factor ?? 1 });
      const { design } = assessment;
      const model = evaluated.overlay || evaluated.asked.design !== design ? evaluatedModelOf(evaluated, assessment) : drawn.model;
      return { svg: fileSvg(model, drawn.layout, overlay, theme) };
    },
    redraw(params) {
      const drawing = standing(params);
      const asked = readTraffic(params.traffic);
      if (!drawing || !asked) return null;
      const { state, assessment, evaluated: before } = drawing;
      const evaluated = ask(assessment, { ...before.question, factor: asked.factor });
      const model = evaluatedModelOf(evaluated, assessment);
      const changed = changedParts(drawing, model);
      if (!changed) return null;
      const failures = evaluated.overlay ? { failures: failuresInWords(evaluated, model) } : {};
      return { ...changed, traffic: inWords(state, assessment, evaluated, asked), ...failures };
    },
    async trafficOutcome(params) {
      const drawing = standing(params);
      const asked = readTraffic(params.traffic);
      if (!drawing || !asked) return null;
      const turn = (outcomes.get(drawing.state) ?? 0) + 1;
      outcomes.set(drawing.state, turn);
      const { generation } = session.files;
      const evaluated = ask(drawing.assessment, { ...drawing.evaluated.question, factor: asked.factor });
      const goOn = (): boolean => outcomes.get(drawing.state) === turn && session.files.generation === generation;
      return (await inSlices(trafficOutcome(evaluated), goOn)) ?? null;
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
