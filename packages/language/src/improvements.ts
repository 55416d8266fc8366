import { addedCost, type LoadedDesign, quickReliability, searchImprovements } from '@sysd/analysis';
import {
  type Design,
  type Fix,
  type FlowAvailability,
  type Improvements,
  isFigure,
  type NotEstimated,
  notEstimated,
  type Objective,
} from '@sysd/core';
import { availabilityChanges } from '@sysd/rules';
import type { Bench } from './bench.ts';
import { applyTextEdits, textEditsOf } from './edit/text-edits.ts';
import { once } from './once.ts';

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

export interface ImprovementSource {
  readonly readText: (uri: string) => string | undefined;
  /** Where changed texts are lowered; what it did for earlier versions of the same design need not be done again. */
  readonly bench: Bench;
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

function variants({ readText, bench }: ImprovementSource, missed: Missed): Variants {
  /** One reader for each set of texts, so that the bench knows them again. */
  const readers = new WeakMap<Texts, ImprovementSource['readText']>();
  const readerOf = (texts: Texts): ImprovementSource['readText'] => {
    const known = readers.get(texts) ?? ((uri: string) => texts.get(uri) ?? readText(uri));
    readers.set(texts, known);
    return known;
  };
  const variantOf = (texts: Texts): Variant | undefined => {
    const found = bench(readerOf(texts));
    if (!found) return undefined;
    const { design, errors, loaded } = found;
    return { texts, design, errors, reached: once(() => quickReliability(design, missed, loaded())), loaded };
  };
  const changed = (variant: Variant, fix: Fix): Variant | undefined => {
    const textOf = readerOf(variant.texts);
    // Spans are those of the texts that were lowered last.
    const here = bench(textOf);
    const edits = here ? textEditsOf(fix, here.design, textOf) : [];
    if (edits.length === 0) return undefined;
    const next = new Map(variant.texts);
    for (const uri of new Set(edits.map((e) => e.uri))) next.set(uri, applyTextEdits(textOf(uri) ?? '', uri, edits));
    const made = variantOf(next);
    return made && made.errors <= variant.errors ? made : undefined;
  };
  return Object.assign(variantOf, { changed });
}
