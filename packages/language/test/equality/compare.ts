import { absolute } from '@sysd/core';
import { diagnose } from '../../src/lsp/features/diagnose.ts';
import { modelOf } from '../../src/lsp/preview/drawings.ts';
import type { DesignState } from '../../src/lsp/session/design-state.ts';
import type { Occurrence } from '../../src/lsp/session/symbols.ts';
import { type Difference, firstDifference } from './difference.ts';
import { type Subject, statesOf } from './subject.ts';
import { treesOf } from './tree.ts';

/** What a text means: errors and the whole design. Compared after each edit. */
export function differenceOfDesigns(grown: Subject, fresh: Subject): Difference | undefined {
  return firstDifference(statesOf(grown).map(meaningOf), statesOf(fresh).map(meaningOf));
}

/** Trees, names, results of the analyses, findings, and what is published. */
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
      drawing: modelOf(state.design, assessment),
    };
  });
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
    declarations: [...declarations.values()].map(({ id, name, kind, span, nameSpan, doc, file }) => ({
      id,
      name,
      kind,
      span,
      nameSpan,
      doc,
      uri: file.uri,
    })),
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

/** Whether nothing of what is shown stands in for something newer: then no answer may hang on what was there before. */
export function isSettled(grown: Subject): boolean {
  return statesOf(grown).every((state) => grown.session.standing(state) === state && grown.session.drawable(state) === state);
}
