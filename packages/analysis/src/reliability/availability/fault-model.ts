import { type Design, known } from '@sysd/core';
import { singleEvents } from '../exact/exact-reliability.ts';
import { eventsWithoutValue, type NamedTree } from '../exact/open-psa-model.ts';
import { flowFailure } from '../flow-failure.ts';
import { type LoadedDesign, loadedDesign } from '../loaded-design.ts';
import { partsOf } from './later-work.ts';

/** Single events of a fault tree beyond which it is no use to anybody, and refused. */
const MOST_EVENTS = 10_000;

export interface FaultModel {
  /** Fault trees of the flows' answers, and of the completions where something goes on after the answer. */
  readonly trees: readonly NamedTree[];
  /** Flows that cannot be written event by event, and why. */
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** Ids of events that have no probability, in order of first use. */
  readonly withoutValue: readonly string[];
}

/** The failure functions of a design's flows event by event, at its load, as `openPsaModel` prints them. */
export function faultModelOf(
  design: Design,
  loaded: LoadedDesign = loadedDesign(design),
  only: (flow: string) => boolean = () => true,
): FaultModel {
  const trees: NamedTree[] = [];
  const refused: { name: string; reason: string }[] = [];
  for (const flow of design.flows.values()) {
    if (!only(flow.id)) continue;
    for (const { completion } of partsOf(design, flow)) {
      const name = completion ? `${flow.id} completion` : flow.id;
      const found = singleEvents(design, flowFailure(loaded.shifting, flow, completion).tree, { mostEvents: MOST_EVENTS });
      const title = completion ? `${flow.id} is not completed` : `${flow.id} fails`;
      if ('notEstimated' in found) refused.push({ name, reason: found.notEstimated });
      else trees.push({ name, title, dag: found.dag, q: found.probabilities.map((p) => known(p)) });
    }
  }
  return { trees, refused, withoutValue: [...new Set(trees.flatMap(eventsWithoutValue))] };
}
