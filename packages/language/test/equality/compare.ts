import { absolute } from '@sysd/core';
import { diagnose } from '../../src/lsp/features/diagnose.ts';
import { modelOf } from '../../src/lsp/preview/drawings.ts';
import type { DesignState } from '../../src/lsp/session/design-state.ts';
import type { InScenario } from '../../src/lsp/session/scenarios.ts';
import type { Occurrence } from '../../src/lsp/session/symbols.ts';
import { finish } from '../../src/objectives.ts';
import { type Difference, firstDifference } from './difference.ts';
import { type Subject, statesOf } from './subject.ts';
import { treesOf } from './tree.ts';

/** What a text means: errors and the whole design. Compared after each edit. */
export function differenceOfDesigns(grown: Subject, fresh: Subject): Difference | undefined {
  return firstDifference(statesOf(grown).map(meaningOf), statesOf(fresh).map(meaningOf));
}

/** Trees, names, results of the analyses, findings, how available the flows are, and what is published. */
export function differenceOfResults(grown: Subject, fresh: Subject): Difference | undefined {
  return firstDifference(resultsOf(grown), resultsOf(fresh)) ?? differenceOfPublished(grown, fresh);
}

function meaningOf(state: DesignState) {
  const { root, missing, complete, broken, problems, design } = state;
  return {
    root,
    files: [...state.files].map(([uri, { text }]) => ({ uri, text })),
    missing,
    complete,
    broken,
    problems,
    design,
  };
}

const byPlace = (a: Occurrence, b: Occurrence): number =>
  compare(a.uri, b.uri) || a.start - b.start || a.end - b.end || compare(a.symbol, b.symbol);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function resultsOf(subject: Subject) {
  return statesOf(subject).map((state) => {
    const assessment = state.assessment();
    const lowered = subject.lowered(state.root);
    return {
      root: state.root,
      technologies: state.technologies,
      names: state.symbols.all.toSorted(byPlace),
      ...(lowered ? treesAndNames(lowered) : {}),
      analysis: assessment.analysis,
      findings: assessment.findings,
      // From here on they are published, too.
      objectives: finish(state.objectives.compute()),
      availability: [...state.design.flows.keys()].map(state.objectives.ofFlow),
      drawing: modelOf(assessment),
      scenarios: state.design.scenarios.slice(0, 2).map(({ id }) => inScenario(finish(state.inScenario(id)))),
    };
  });
}

function inScenario(found: InScenario): object {
  return 'problem' in found ? found : { design: found.design, analysis: found.analysis, findings: found.findings, drawing: modelOf(found) };
}

function treesAndNames({ project, diagnostics, design, declarations, references, hasSystem }: NonNullable<ReturnType<Subject['lowered']>>) {
  return {
    trees: project.files.map((file) => ({
      uri: file.uri,
      trees: treesOf(file),
      problems: file.parsed.problems,
      blocks: file.parsed.blocks.map(({ block, offset }) => ({ text: block.text, offset, problems: block.problems })),
    })),
    diagnostics,
    design,
    hasSystem,
    declarations: [...declarations.values()]
      .map(({ id, name, kind, span, nameSpan, doc, file }) => ({ id, name, kind, span, nameSpan, doc, uri: file.uri }))
      .sort((a, b) => compare(a.id, b.id)),
    references: references
      .map(({ span, target }) => ({ ...absolute(span), target }))
      .sort((a, b) => compare(a.uri, b.uri) || a.start - b.start || a.end - b.end || compare(a.target, b.target)),
  };
}

/**
 * What an editor shows. While the line being typed has an error, findings of the design before stand in, on purpose: then what is shown
 * hangs on what was there before, and is not compared.
 */
function differenceOfPublished(grown: Subject, fresh: Subject): Difference | undefined {
  const states = statesOf(grown);
  if (states.some((state) => grown.session.standing(state) !== state)) return undefined;
  const shown = (subject: Subject) =>
    new Map([...diagnose(statesOf(subject), subject.session)].map(([uri, list]) => [uri, list.map((one) => one.lsp)]));
  return firstDifference(shown(grown), shown(fresh));
}

/**
 * What stands in for something newer in the answers about a file: findings of the design before while the line being typed has an error, the
 * drawing before while the text is broken. False only where it holds for every server that has these texts, whatever it saw before.
 */
export function standInsFor({ session }: Subject, uri: string): { readonly findings: boolean; readonly drawing: boolean } {
  const edit = session.files.lastEdit;
  const typed = (state: DesignState): boolean =>
    state.problems.some((problem) => {
      if (problem.severity !== 'error' || problem.rule === 'expectation-failed') return false;
      const at = absolute(problem.span);
      return !edit || !state.files.has(edit.uri) || (at.uri === edit.uri && at.start <= edit.end && at.end >= edit.start);
    });
  const states = session.designsOf(uri);
  return { findings: states.some(typed), drawing: states.some((state) => state.broken) };
}
