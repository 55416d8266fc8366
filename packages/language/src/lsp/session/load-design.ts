import type { Design, Diagnostic, SourceBlock } from '@sysd/core';
import { type FlowJudge, flowJudge } from '@sysd/rules';
import { type Assessment, assessorInSteps, type Severities } from '../../assess.ts';
import { type Bench, designBench } from '../../bench.ts';
import type { Technology } from '../../generated/ast.ts';
import type { ImprovementSource } from '../../improvements.ts';
import type { Lowered } from '../../lower/lower.ts';
import { lowering } from '../../lower/lowering.ts';
import { once } from '../../once.ts';
import { type Project, projectLoader } from '../../project/project.ts';
import { placesIn, type SourceFile } from '../../project/source-file.ts';
import { standardLibrary } from '../../standard-library.ts';
import type { NamedTechnology } from '../completion/scope.ts';
import type { Snapshot } from '../text/snapshot.ts';
import type { DesignState } from './design-state.ts';
import type { Files } from './files.ts';
import { outlookOf } from './imports.ts';
import { type Objectives, objectivesIn } from './objectives.ts';
import { scenarioCourses } from './scenarios.ts';
import { symbolIndex } from './symbols.ts';
import { canonicalUri } from './uri.ts';

/** Errors after which the design is not what the author means: the last good one stands in for drawing and figures meanwhile. */
const BREAKING = new Set<string>([
  'syntax',
  'unknown-kind',
  'unknown-name',
  'duplicate-name',
  'import-not-found',
  'import-cycle',
  'misplaced-statement',
  'flow-source',
]);

export interface DesignLoader {
  /** The design with that root at the newest texts; undefined where the root cannot be read. What has not changed is taken over. */
  load(root: string): DesignState | undefined;
  /** Forgets what was taken over of a root that is no longer asked for. */
  forget(root: string): void;
}

/** What goes on from one version of a design to the next. */
interface Course {
  readonly lower: (project: Project) => Lowered;
  readonly assess: (design: Design) => Assessment;
  readonly judge: FlowJudge;
  readonly scenarios: ReturnType<typeof scenarioCourses>;
  newest?: Lowered;
  /** Of the latest version, and what was found last of any. */
  objectives?: Objectives;
  told: readonly Diagnostic[];
  /** Where changes are tried: made when somebody asks for them. */
  bench?: Bench;
}

export function designLoader(files: Files, newAssessor: () => (design: Design) => Assessment, severities: () => Severities): DesignLoader {
  const loader = projectLoader(files.source, standardLibrary());
  const courses = new Map<string, Course>();
  const courseOf = (root: string): Course => {
    const known = courses.get(root);
    if (known) return known;
    const course: Course = {
      lower: lowering(),
      assess: newAssessor(),
      judge: flowJudge(),
      scenarios: scenarioCourses(severities, assessorInSteps),
      told: [],
    };
    courses.set(root, course);
    return course;
  };
  /** A fault of ours in the middle of a version must not spoil those that follow: they start anew. */
  const orForget = <T>(root: string, run: () => T): T => {
    try {
      return run();
    } catch (error) {
      courses.delete(root);
      throw error;
    }
  };
  return {
    forget: (root) => void courses.delete(root),
    load(root) {
      const text = files.read(root);
      const project = text && loader.load(root);
      if (!project) return undefined;
      const course = courseOf(root);
      const lowered = orForget(root, () => course.lower(project));
      course.newest = lowered;
      const broken = lowered.diagnostics.some((d) => d.severity === 'error' && BREAKING.has(d.rule));
      const texts = new Map<string, Snapshot>([[root, text]]);
      for (const file of project.files) {
        const read = files.read(file.uri);
        if (read) texts.set(canonicalUri(file.uri), read);
      }
      const { imports } = outlookOf(text);
      const symbols = once(() => symbolIndex(lowered));
      const technologies = once(() => technologiesOf(lowered));
      const places = once(() => placesOf(project.files));
      const readText = (uri: string): string | undefined => (texts.get(canonicalUri(uri)) ?? files.read(canonicalUri(uri)))?.text;
      const told = course.objectives?.findings() ?? course.told;
      course.told = told;
      let assessment: Assessment | undefined;
      const assessed = (): Assessment => {
        assessment ??= orForget(root, () => course.assess(lowered.design));
        return assessment;
      };
      const source: ImprovementSource = {
        readText,
        bench: (reader) => {
          course.bench ??= designBench(root);
          return course.bench(reader);
        },
      };
      const { judge } = course;
      const objectives = objectivesIn(lowered.design, { source, assessed, judge, severities, before: told });
      course.objectives = objectives;
      return {
        root,
        files: texts,
        places,
        missing: missingImports(texts, files, imports),
        design: lowered.design,
        complete: lowered.hasSystem,
        problems: lowered.diagnostics,
        broken,
        get symbols() {
          return symbols();
        },
        get technologies() {
          return technologies();
        },
        assessment: assessed,
        inScenario: course.scenarios({ project, lowered, broken, isNewest: () => course.newest === lowered }),
        assessed: () => assessment !== undefined,
        objectives,
      };
    },
  };
}

/** Where the blocks of files begin. */
function placesOf(files: readonly SourceFile[]): Map<SourceBlock, number> {
  return new Map(files.flatMap((file) => [...placesIn(file.parsed)]));
}

/** Files that are imported and cannot be read: when one appears, the design is another. */
function missingImports(texts: ReadonlyMap<string, Snapshot>, files: Files, own: readonly string[]): string[] {
  const all = new Set(own);
  for (const text of texts.values()) for (const uri of outlookOf(text).imports) all.add(uri);
  return [...all].filter((uri) => files.read(uri) === undefined);
}

/** Technologies in scope, the author's and the library's, for completion. */
function technologiesOf(lowered: Lowered): NamedTechnology[] {
  const found: NamedTechnology[] = [];
  for (const declaration of lowered.declarations.values()) {
    if (declaration.kind !== 'technology') continue;
    const { kinds } = declaration.node as Technology;
    const doc = declaration.doc === undefined ? {} : { doc: declaration.doc };
    found.push({ name: declaration.name, kinds, detail: `${kinds.join(', ')}${declaration.file.library ? '' : ', yours'}`, ...doc });
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}
