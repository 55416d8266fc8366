import { absolute, type Design, type SourceBlock } from '@sysd/core';
import type { Assessment } from '../../assess.ts';
import type { Technology } from '../../generated/ast.ts';
import { type Lowered, lowerProject } from '../../lower/lower.ts';
import { projectLoader } from '../../project/project.ts';
import { placesIn, type SourceFile } from '../../project/source-file.ts';
import { standardLibrary } from '../../standard-library.ts';
import type { NamedTechnology } from '../completion/scope.ts';
import type { Snapshot } from '../text/snapshot.ts';
import type { DesignState } from './design-state.ts';
import type { Files } from './files.ts';
import { outlookOf } from './imports.ts';
import { type Occurrence, symbolIndex } from './symbols.ts';
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
  /** The design with that root at the newest texts; undefined where the root cannot be read. Unchanged files are not parsed again. */
  load(root: string): DesignState | undefined;
}

export function designLoader(files: Files, assess: (design: Design) => Assessment): DesignLoader {
  const loader = projectLoader(files.source, standardLibrary());
  return {
    load(root) {
      const text = files.read(root);
      const project = text && loader.load(root);
      if (!project) return undefined;
      const lowered = lowerProject(project);
      const texts = new Map<string, Snapshot>([[root, text]]);
      for (const file of project.files) {
        const read = files.read(file.uri);
        if (read) texts.set(canonicalUri(file.uri), read);
      }
      const { imports } = outlookOf(text);
      const offsets = once(() => offsetsOf(project.files));
      const symbols = once(() => symbolIndex(occurrencesOf(lowered)));
      const technologies = once(() => technologiesOf(lowered));
      let assessment: Assessment | undefined;
      return {
        root,
        files: texts,
        get offsets() {
          return offsets();
        },
        missing: missingImports(texts, files, imports),
        design: lowered.design,
        complete: lowered.hasSystem,
        problems: lowered.diagnostics,
        broken: lowered.diagnostics.some((d) => d.severity === 'error' && BREAKING.has(d.rule)),
        get symbols() {
          return symbols();
        },
        get technologies() {
          return technologies();
        },
        assessment: () => {
          assessment ??= assess(lowered.design);
          return assessment;
        },
        assessed: () => assessment !== undefined,
      };
    },
  };
}

function offsetsOf(files: readonly SourceFile[]): Map<SourceBlock, number> {
  return new Map(files.flatMap((file) => [...placesIn(file.parsed)]));
}

function once<T>(compute: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: compute() };
    return made.value;
  };
}

/** Files that are imported and cannot be read: when one appears, the design is another. */
function missingImports(texts: ReadonlyMap<string, Snapshot>, files: Files, own: readonly string[]): string[] {
  const all = new Set(own);
  for (const text of texts.values()) for (const uri of outlookOf(text).imports) all.add(uri);
  return [...all].filter((uri) => files.read(uri) === undefined);
}

function occurrencesOf(lowered: Lowered): Occurrence[] {
  const found: Occurrence[] = [];
  for (const declaration of lowered.declarations.values()) {
    const { uri, start, end } = absolute(declaration.nameSpan);
    const { id, kind, file } = declaration;
    found.push({ symbol: id, element: elementId(id), kind, uri, start, end, declaration: true, library: file.library });
  }
  for (const { span, target } of lowered.references) {
    const declaration = lowered.declarations.get(target);
    if (!declaration) continue;
    const { uri, start, end } = absolute(span);
    found.push({ symbol: target, element: elementId(target), kind: declaration.kind, uri, start, end, declaration: false, library: false });
  }
  return found;
}

const elementId = (symbol: string): string => symbol.replace(/^technology:/, '');

/** Technologies in scope, the author's and the library's, for completion. */
function technologiesOf(lowered: Lowered): NamedTechnology[] {
  const found: NamedTechnology[] = [];
  for (const declaration of lowered.declarations.values()) {
    if (declaration.kind !== 'technology') continue;
    const { kinds } = declaration.node as Technology;
    const doc = declaration.doc === undefined ? {} : { doc: declaration.doc };
    found.push({ name: declaration.name, kinds, detail: `${kinds.join(', ')}${declaration.file.library ? '' : ', yours'}`, ...doc });
  }
  return found;
}
