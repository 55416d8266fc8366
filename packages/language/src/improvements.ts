import { addedCost, designLoads, type LoadedDesign, quickReliability, searchImprovements } from '@sysd/analysis';
import {
  type Design,
  type Diagnostic,
  type Fix,
  type FlowAvailability,
  type Improvements,
  isFigure,
  type NotEstimated,
  notEstimated,
  type Objective,
} from '@sysd/core';
import { availabilityChanges } from '@sysd/rules';
import { applyTextEdits, textEditsOf } from './edit/text-edits.ts';
import type { LowerOptions } from './lower/lower.ts';
import { lowering } from './lower/lowering.ts';
import { once } from './once.ts';
import { projectLoader } from './project/project.ts';
import { standardLibrary } from './standard-library.ts';

/** Texts that differ from what is on disk or in the editor, by URI. */
type Texts = ReadonlyMap<string, string>;

/** A design as it was edited, and what it makes of the flow. */
interface Variant {
  readonly texts: Texts;
  readonly design: Design;
  readonly errors: number;
  readonly loaded: () => LoadedDesign;
  readonly reached: () => FlowAvailability | undefined;
}

export interface ImprovementSource extends LowerOptions {
  /** File with `system`. */
  readonly root: string;
  readonly readText: (uri: string) => string | undefined;
}

/** Which objective is to be met. */
export interface Missed {
  readonly flow: string;
  readonly completion: boolean;
  readonly objective: Objective;
}

export interface FoundImprovements {
  readonly improvements: Improvements;
  /** Texts of the files that the path changes, after all of it. */
  readonly texts: Texts;
}

/**
 * What brings a flow to an objective that it misses: changes of the text, each made in memory, lowered and computed like any other text, so
 * that what is told of a change is what one gets by making it. Yields after each design, so that a host can see to other things. Not
 * estimated where the flow itself is not, or only within bounds.
 */
export function* improvementsOf(source: ImprovementSource, missed: Missed): Generator<void, FoundImprovements | NotEstimated> {
  const { flow, objective } = missed;
  if (objective.relation === '<=') return notEstimated('the objective is one of at most so much');
  const variantOf = variants(source, missed);
  const start = variantOf(new Map());
  const now = start?.reached();
  if (!start || !now) return notEstimated(`${flow} cannot be computed`);
  if (!isFigure(now.unavailability)) return notEstimated(now.unavailability.notEstimated);
  const found = yield* searchImprovements<Variant>(start, Math.max(0, 1 - objective.bound.value), {
    fixes: ({ design, loaded, reached }) => {
      const at = reached();
      return at ? availabilityChanges(design, loaded(), at) : [];
    },
    apply: (variant, fix) => variantOf.changed(variant, fix),
    unavailability: ({ reached }) => reached()?.unavailability ?? GONE,
    availability: ({ reached }) => reached()?.availability ?? GONE,
    cost: (from, to) => addedCost(from.design, to.design),
  });
  const { changes, path, end, met, cost, computed, bounded } = found;
  const left = end.reached()?.importance ?? [];
  return {
    improvements: { ...missed, unavailability: now.unavailability, changes, path, met, cost, left, computed, bounded },
    texts: end.texts,
  };
}

const GONE = notEstimated('the flow is gone');

interface Variants {
  (texts: Texts): Variant | undefined;
  /** The design with a fix made in its text; undefined where it cannot be made or brings an error. */
  changed(variant: Variant, fix: Fix): Variant | undefined;
}

/** Lowers one text after another: what does not change between them is taken over, as with the edits of an author. */
function variants(source: ImprovementSource, missed: Missed): Variants {
  const { root, readText, ...options } = source;
  let texts: Texts = new Map();
  let latest: { readonly texts: Texts; readonly design: Design; readonly diagnostics: readonly Diagnostic[] } | undefined;
  const textOf = (uri: string): string | undefined => texts.get(uri) ?? readText(uri);
  const loader = projectLoader(textOf, standardLibrary());
  const lower = lowering(options);
  const load = designLoads();

  /** Spans are those of the text that was lowered last. */
  const at = (wanted: Texts) => {
    if (latest?.texts === wanted) return latest;
    texts = wanted;
    const project = loader.load(root);
    latest = project && { texts: wanted, ...lower(project) };
    return latest;
  };
  const variantOf = (wanted: Texts): Variant | undefined => {
    const lowered = at(wanted);
    if (!lowered) return undefined;
    const { design, diagnostics } = lowered;
    const loaded = once(() => load(design));
    const reached = once(() => quickReliability(design, missed, loaded()));
    return { texts: wanted, design, errors: diagnostics.filter((d) => d.severity === 'error').length, loaded, reached };
  };
  const changed = (variant: Variant, fix: Fix): Variant | undefined => {
    const here = at(variant.texts);
    const edits = here ? textEditsOf(fix, here.design, textOf) : [];
    if (edits.length === 0) return undefined;
    const next = new Map(variant.texts);
    for (const uri of new Set(edits.map((e) => e.uri))) next.set(uri, applyTextEdits(textOf(uri) ?? '', uri, edits));
    const made = variantOf(next);
    return made && made.errors <= variant.errors ? made : undefined;
  };
  return Object.assign(variantOf, { changed });
}
