import type { Design, Diagnostic, Quantity } from '@sysd/core';
import type { Project } from '../project/project.ts';
import type { Reference } from './context.ts';
import type { Declaration } from './declarations.ts';
import type { FileUnits } from './file-units.ts';
import { lowering } from './lowering.ts';

/** A design, what is wrong with its text, and what its names stand for. */
export interface Lowered {
  readonly project: Project;
  readonly design: Design;
  /** Errors of the language: syntax, names, units, placement … in text order. Findings of rules are not among them. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Every name that was resolved, in no order. Definition: find the reference at the cursor and go to
   * `declarations.get(target).nameSpan`. References and rename: all references to a target, and its declaration. Names are resolved here
   * only; there are no cross references in the syntax tree. Made when first asked for.
   */
  readonly references: readonly Reference[];
  /** By id: names of the design, `us.a`, `store.table`, `technology:NAME` (of the standard library, too). Of the newest version. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Units of each file by URI, with the references and names of each. */
  readonly units: ReadonlyMap<string, FileUnits>;
  /** Whether a file has a `system`; without one the files are a fragment, lowered as far as it goes. */
  readonly hasSystem: boolean;
}

export interface LowerOptions {
  /** Title of the scenario to apply. Unknown ones are ignored: look for it in `design.scenarios`. */
  readonly scenario?: string;
  /** What fails besides, as after `fail` in a scenario: `us.a`, `api 2`, `lb@eu`. Errors in it are among the diagnostics (`FAIL_ARGUMENT`). */
  readonly fail?: readonly string[];
  /**
   * What is set besides, upon what the scenario sets: `users.daily-active=1G` means the line `users.daily-active: 1G` of a scenario. Errors in it
   * are among the diagnostics (`SET_ARGUMENT`).
   */
  readonly set?: readonly string[];
  /** Every flow starts so many times as often, after all that is set: above 0. */
  readonly traffic?: number;
  /** How far in the future the design is seen, a time: what starts flows has grown until then (`growth`). */
  readonly horizon?: Quantity;
}

/** Turns the syntax trees of a project into a plain design. Never throws for any text; the same text gives the same design. */
export function lowerProject(project: Project, options: LowerOptions = {}): Lowered {
  return lowering(options)(project);
}
