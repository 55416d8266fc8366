import type { Diagnostic } from '@sysd/core';
import { type Assessment, assess, type Severities } from '../../assess.ts';
import { type Lowered, lowerProject } from '../../lower/lower.ts';
import type { Project } from '../../project/project.ts';

/** A design in one of its scenarios, or why it cannot be shown in it, in a sentence. */
export type InScenario = Assessment | { readonly problem: string };

/** Scenarios kept of a text: those between which somebody goes back and forth. */
const MOST_KEPT = 4;

/** The scenarios of a text, each lowered and assessed when first asked for, as for `--scenario`. */
export function scenariosOf(project: Project, written: Lowered, severities: () => Severities): (title: string) => InScenario {
  const kept = new Map<string, InScenario>();
  return (title) => {
    const known = kept.get(title) ?? inScenario(project, written, title, severities());
    kept.delete(title);
    kept.set(title, known);
    if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
    return known;
  };
}

function inScenario(project: Project, written: Lowered, title: string, severities: Severities): InScenario {
  if (!written.design.scenarios.some((scenario) => scenario.id === title)) return { problem: `The design has no scenario “${title}”.` };
  const { design, diagnostics } = lowerProject(project, { scenario: title });
  const known = new Set(written.diagnostics.filter(isError).map((d) => d.message));
  const error = diagnostics.find((d) => isError(d) && !known.has(d.message));
  return error ? { problem: `The scenario “${title}” has an error: ${error.message}` } : assess(design, severities);
}

/** An `expect` that does not hold says something of the design; its figures are right. */
const isError = ({ severity, rule }: Diagnostic): boolean => severity === 'error' && rule !== 'expectation-failed';
