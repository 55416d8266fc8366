import { aKind, type Diagnostic } from '@sysd/core';
import { isTechnology, type Technology } from '../generated/ast.ts';
import { fileName } from '../project/project.ts';
import { itemsOf, type SourceFile } from '../project/source-file.ts';
import { ALL_NAMES, type At, contentOf, resolutionOf } from './context.ts';
import { type Declaration, declarationOf } from './declarations.ts';
import type { Unit } from './units.ts';

/**
 * Every name of a project and what declares it. Names are one flat space; tables and queries belong to their store, technologies are a space
 * of their own. Of several declarations of a name the first in text order counts.
 */
export interface Names {
  /** By id, the declaration that counts; in no order. */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** The technologies of that name: the author's in text order, before the library's. */
  technology(name: string): readonly DeclaredTechnology[];
  /** What declares a name that another one has already; of each name in text order. */
  duplicates(): Diagnostic[];
  /** Takes in another version of the text, whose units have their new `order`. Returns the keys of what has become different. */
  update(gone: Iterable<Unit>, added: Iterable<Unit>): Set<string>;
}

/** A technology with the unit that declares it; none for the library's. */
export type DeclaredTechnology = At<Technology> & { readonly unit?: Unit };

export function createNames(library: readonly SourceFile[]): Names {
  const declarations = new Map<string, Declaration>();
  /** Declarations of each id by the author; more than one is an error. */
  const declared = new Map<string, Declaration[]>();
  const contested = new Set<string>();
  const own = new Map<string, readonly DeclaredTechnology[]>();
  const provided = new Map<string, DeclaredTechnology[]>();
  const libraryDeclarations = new Map<string, Declaration>();
  for (const declaration of technologiesOf(library)) {
    const at = { node: declaration.node as Technology, file: declaration.file };
    const known = provided.get(declaration.name);
    if (known) known.push(at);
    else provided.set(declaration.name, [at]);
    if (!declarations.has(declaration.id)) declarations.set(declaration.id, declaration);
    if (!libraryDeclarations.has(declaration.id)) libraryDeclarations.set(declaration.id, declaration);
  }

  const settle = (id: string, changed: Set<string>): void => {
    const all = declared.get(id) ?? [];
    if (all.length > 1) {
      all.sort((a, b) => orderOf(a) - orderOf(b));
      contested.add(id);
    } else contested.delete(id);
    const before = declarations.get(id);
    const now = all[0] ?? libraryDeclarations.get(id);
    if (now === before) {
      if (now?.kind === 'technology' && settleTechnology(now.name, all)) changed.add(contentOf(id));
      return;
    }
    if (now) declarations.set(id, now);
    else declarations.delete(id);
    changed.add(contentOf(id));
    if (now?.kind !== before?.kind || now?.file !== before?.file) {
      changed.add(resolutionOf(id));
      changed.add(ALL_NAMES);
    }
    const technology = now?.kind === 'technology' ? now : before?.kind === 'technology' ? before : undefined;
    if (technology) settleTechnology(technology.name, all);
  };

  /** Whether there are other technologies of that name now. */
  const settleTechnology = (name: string, all: readonly Declaration[]): boolean => {
    const before = own.get(name) ?? [];
    if (all.length === before.length && all.every((d, i) => d.unit !== undefined && d.unit === before[i]?.unit)) return false;
    if (all.length === 0) {
      own.delete(name);
      return true;
    }
    own.set(
      name,
      all.map((d) => ({ node: d.node as Technology, file: d.file, ...(d.unit ? { unit: d.unit } : {}) })),
    );
    return true;
  };

  return {
    declarations,
    technology: (name) => {
      const theirs = provided.get(name) ?? [];
      const authors = own.get(name);
      return authors && authors.length > 0 ? [...authors, ...theirs] : theirs;
    },
    duplicates: () => [...contested].flatMap((id) => duplicatesOf(declared.get(id) ?? [])),
    update(gone, added) {
      const touched = new Set<string>(contested);
      for (const unit of gone) {
        for (const declaration of unit.declares) {
          touched.add(declaration.id);
          const left = (declared.get(declaration.id) ?? []).filter((d) => d !== declaration);
          if (left.length > 0) declared.set(declaration.id, left);
          else declared.delete(declaration.id);
        }
      }
      for (const unit of added) {
        for (const declaration of unit.declares) {
          touched.add(declaration.id);
          const known = declared.get(declaration.id);
          if (known) known.push(declaration);
          else declared.set(declaration.id, [declaration]);
        }
      }
      const changed = new Set<string>();
      for (const id of touched) settle(id, changed);
      return changed;
    },
  };
}

/** Units in text order; within one, its declarations are in text order already, and sorting keeps that. */
const orderOf = (declaration: Declaration): number => declaration.unit?.order ?? -1;

function duplicatesOf(all: readonly Declaration[]): Diagnostic[] {
  const [first, ...others] = all;
  if (!first) return [];
  return others.map((declaration) => {
    const where = first.file === declaration.file ? '' : ` in ${fileName(first.file.uri)}`;
    return {
      rule: 'duplicate-name',
      severity: 'error',
      span: declaration.nameSpan,
      message: `there is ${aKind(first.kind)} ${declaration.id} already${where}; names are one space: choose another`,
      related: [{ span: first.nameSpan, message: `the first ${declaration.id}` }],
    };
  });
}

const libraries = new WeakMap<readonly SourceFile[], readonly Declaration[]>();

/** Technologies of the standard library, read once. */
function technologiesOf(library: readonly SourceFile[]): readonly Declaration[] {
  let found = libraries.get(library);
  if (!found) {
    found = library.flatMap((file) =>
      itemsOf(file)
        .filter(isTechnology)
        .map((node) => declarationOf({ node, file }, 'technology', `technology:${node.name}`)),
    );
    libraries.set(library, found);
  }
  return found;
}
