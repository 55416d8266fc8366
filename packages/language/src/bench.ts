import { designLoads, type LoadedDesign } from '@sysd/analysis';
import type { Design } from '@sysd/core';
import type { LowerOptions } from './lower/lower.ts';
import { lowering } from './lower/lowering.ts';
import { once } from './once.ts';
import { projectLoader } from './project/project.ts';
import { standardLibrary } from './standard-library.ts';

type ReadText = (uri: string) => string | undefined;

/** A design as it comes out of some texts, and its load. */
export interface Benched {
  readonly design: Design;
  /** Errors of the text. */
  readonly errors: number;
  readonly loaded: () => LoadedDesign;
}

/**
 * Lowers texts to try something out, apart from those that somebody edits: one after another, so that what does not change between them is
 * taken over, as with the edits of an author. Spans of a design hold until the next texts. Undefined where the root cannot be read.
 */
export type Bench = (readText: ReadText) => Benched | undefined;

/** @param root file with `system` */
export function designBench(root: string, options: LowerOptions = {}): Bench {
  let reader: ReadText = () => undefined;
  let latest: Benched | undefined;
  const loader = projectLoader((uri) => reader(uri), standardLibrary());
  const lower = lowering(options);
  const load = designLoads();
  return (readText) => {
    if (latest && reader === readText) return latest;
    reader = readText;
    latest = undefined;
    const project = loader.load(root);
    if (!project) {
      latest = undefined;
      return undefined;
    }
    const { design, diagnostics } = lower(project);
    latest = { design, errors: diagnostics.filter((d) => d.severity === 'error').length, loaded: once(() => load(design)) };
    return latest;
  };
}
