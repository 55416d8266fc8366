import type { Design, Diagnostic, SourceBlock } from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import type { NamedTechnology } from '../completion/scope.ts';
import type { Snapshot } from '../text/snapshot.ts';
import type { Objectives } from './objectives.ts';
import type { InScenario } from './scenarios.ts';
import type { SymbolIndex } from './symbols.ts';

/** A design and everything computed from it, at one version of each of its files. Never changes. */
export interface DesignState {
  /** File with `system`, or the fragment that is checked by itself. */
  readonly root: string;
  /** Every file of the author's that it was made from, the root first. */
  readonly files: ReadonlyMap<string, Snapshot>;
  /** Files that it imports and that cannot be read. */
  readonly missing: readonly string[];
  readonly design: Design;
  /** Where its blocks began in these texts. A block that is in the newest text too moves with it, its `offset` is then the newest one. */
  readonly places: () => ReadonlyMap<SourceBlock, number>;
  /** False for a fragment that nobody imports: it has no findings, only errors of its text. */
  readonly complete: boolean;
  /** Errors of the text: syntax, names, values. */
  readonly problems: readonly Diagnostic[];
  /** The text cannot be read as written: the last good design stands in for drawing and figures. */
  readonly broken: boolean;
  /** Names and what they mean, technologies in scope; results and findings: each computed when first asked for. */
  readonly symbols: SymbolIndex;
  readonly technologies: readonly NamedTechnology[];
  readonly assessment: () => Assessment;
  /** The same text in its scenario of that title, lowered and assessed when first asked for; yields between steps. */
  readonly inScenario: (title: string) => Generator<void, InScenario>;
  /** Whether the assessment is there already. */
  readonly assessed: () => boolean;
  /** How available the flows are, against their objectives: never a part of the assessment. */
  readonly objectives: Objectives;
}
