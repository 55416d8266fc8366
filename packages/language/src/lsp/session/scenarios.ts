import type { Design, Diagnostic } from '@sysd/core';
import type { Assessment, Severities } from '../../assess.ts';
import type { Lowered } from '../../lower/lower.ts';
import { lowering } from '../../lower/lowering.ts';
import type { Project } from '../../project/project.ts';

/** A design in one of its scenarios, or why it cannot be shown in it, in a sentence. */
export type InScenario = Assessment | { readonly problem: string };

/** A version of a design, as it is written. */
export interface Version {
  readonly project: Project;
  readonly lowered: Lowered;
  /** Its text cannot be read as written. */
  readonly broken: boolean;
  /** Whether there is none after it. */
  readonly isNewest: () => boolean;
}

/** Scenarios kept of a design: those between which somebody goes back and forth. */
const MOST_KEPT = 4;

/** What goes on of a scenario from one version of a design to the next. */
interface Course {
  readonly lower: (project: Project) => Lowered;
  readonly assess: (design: Design, severities: Severities) => Generator<void, Assessment>;
}

/**
 * The scenarios of the versions of a design, as for `--scenario`. What has not changed since the scenario was asked for last is taken over. Yields
 * between its steps, for what has come meanwhile.
 *
 * @param newAssess begins to assess version after version
 */
export function scenarioCourses(
  severities: () => Severities,
  newAssess: () => Course['assess'],
): (version: Version) => (title: string) => Generator<void, InScenario> {
  const courses = new Map<string, Course>();
  const newCourse = (title: string): Course => ({ lower: lowering({ scenario: title }), assess: newAssess() });

  function* inScenario({ project, lowered, broken, isNewest }: Version, title: string): Generator<void, InScenario> {
    if (!lowered.design.scenarios.some((scenario) => scenario.id === title)) return { problem: `The design has no scenario “${title}”.` };
    // Which of its errors are those of the text is told by places, and those have moved.
    if (broken && !isNewest()) return { problem: 'The text had an error, and has been edited since.' };
    // An older version stands in while the newest is broken: it is not what the next one follows.
    const course = (isNewest() && courses.get(title)) || newCourse(title);
    if (isNewest()) keep(courses, title, course);
    try {
      const { design, diagnostics } = course.lower(project);
      const known = new Set(lowered.diagnostics.filter(isError).map((d) => d.message));
      const error = diagnostics.find((d) => isError(d) && !known.has(d.message));
      if (error) return { problem: `The scenario “${title}” has an error: ${error.message}` };
      yield;
      return yield* course.assess(design, severities());
    } catch (error) {
      // A fault of ours in the middle of a version must not spoil those that follow: they start anew.
      if (courses.get(title) === course) courses.delete(title);
      throw error;
    }
  }

  return (version) => {
    const kept = new Map<string, InScenario>();
    return function* (title) {
      const found = kept.get(title) ?? (yield* inScenario(version, title));
      keep(kept, title, found);
      return found;
    };
  };
}

/** Keeps the last of what was asked for. */
function keep<T>(kept: Map<string, T>, title: string, one: T): void {
  kept.delete(title);
  kept.set(title, one);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value as string);
}

/** An `expect` that does not hold says something of the design; its figures are right. */
const isError = ({ severity, rule }: Diagnostic): boolean => severity === 'error' && rule !== 'expectation-failed';
