import type { Span } from '@sysd/core';
import type { AstNode } from 'langium';
import {
  isComponent,
  isFlow,
  isGroup,
  isLet,
  isPlace,
  isProperty,
  isQuery,
  isTable,
  isTechnology,
  type Property,
  type Technology,
} from '../generated/ast.ts';
import { fileName } from '../project/project.ts';
import { itemsOf, type SourceFile } from '../project/source-file.ts';
import { type At, type Context, spanOf, spanOfPart, suggestion } from './context.ts';
import { docOf, phraseTerms } from './spans.ts';
import { bodyOf, type Placed } from './statements.ts';

export type DeclarationKind = 'component' | 'region' | 'zone' | 'group' | 'flow' | 'let' | 'table' | 'query' | 'technology';

/** Something with a name. Definition goes to `nameSpan`; rename changes it and every reference to `id`. */
export interface Declaration {
  /** The name; `us.a` for a zone of a region, `tweets.tweet` for a table, `technology:redis` for a technology (a space of its own). */
  readonly id: string;
  readonly name: string;
  readonly kind: DeclarationKind;
  readonly file: SourceFile;
  /** The statement that declares it: for a zone of a region, the property `zones`. */
  readonly node: AstNode;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly doc?: string;
}

/** Names of a project. One flat space; tables and queries belong to their store, technologies are a space of their own. */
export interface Scope {
  readonly declarations: ReadonlyMap<string, Declaration>;
  readonly byNode: ReadonlyMap<AstNode, Declaration>;
  /** The technologies of that name: the author's before the library's. */
  technology(name: string): readonly At<Technology>[];
  /** Declaration of a path (`api`, `us.a`, `tweets.tweet`) as one of the kinds, seen from a file; unknown names are not reported. */
  find(path: string, from: SourceFile, kinds: readonly DeclarationKind[]): Declaration | undefined;
  /** As `find`, recording the reference or reporting what is wrong. `span` covers the path. */
  resolve(path: string, from: SourceFile, span: Span, kinds: readonly DeclarationKind[], due: string): Declaration | undefined;
  /** Records the parts of a path that was found by `find`. */
  refer(path: string, span: Span, target: Declaration): void;
}

/** Collects the declarations of all files. Reports what is declared twice; the first counts. */
export function createScope(context: Context, statements: readonly Placed[]): Scope {
  const declarations = new Map<string, Declaration>();
  const byNode = new Map<AstNode, Declaration>();
  const technologies = new Map<string, At<Technology>[]>();

  const declare = (declaration: Declaration): void => {
    const before = declarations.get(declaration.id);
    if (before) {
      const where = before.file === declaration.file ? '' : ` in ${fileName(before.file.uri)}`;
      context.report(
        'duplicate-name',
        declaration.nameSpan,
        `there is a ${before.kind} ${declaration.id} already${where}; names are one space: choose another`,
        {
          related: [{ span: before.nameSpan, message: `the first ${declaration.id}` }],
        },
      );
      return;
    }
    declarations.set(declaration.id, declaration);
    byNode.set(declaration.node, declaration);
  };
  const named = (at: At<AstNode & { name: string }>, kind: DeclarationKind, id = at.node.name): void => {
    if (at.node.name === undefined) return;
    if (/[.@]/.test(at.node.name)) {
      context.report('invalid-value', spanOfPart(at.node, 'name'), `a name is one word without "." or "@": ${at.node.name} is a path`);
    } else declare(declarationOf(at, kind, id));
  };

  for (const { node, file } of statements) {
    const at = { node, file };
    if (isComponent(node)) {
      named({ node, file }, 'component');
      for (const child of bodyOf(node)) {
        if (isTable(child)) named({ node: child, file }, 'table', `${node.name}.${child.name}`);
        else if (isQuery(child)) named({ node: child, file }, 'query', `${node.name}.${child.name}`);
      }
    } else if (isPlace(node)) {
      named({ node, file }, node.kind);
      for (const child of bodyOf(node)) if (isProperty(child) && child.name === 'zones') declareZones(at.file, node.name, child, declare);
    } else if (isGroup(node)) named({ node, file }, 'group');
    else if (isFlow(node)) named({ node, file }, 'flow');
    else if (isLet(node)) named({ node, file }, 'let');
    else if (isTechnology(node) && node.name !== undefined) {
      const known = technologies.get(node.name);
      if (known) known.push({ node, file });
      else technologies.set(node.name, [{ node, file }]);
      named({ node, file }, 'technology', `technology:${node.name}`);
    }
  }
  const library = libraryTechnologies(context.project.library);
  for (const declaration of library) {
    const at = { node: declaration.node as Technology, file: declaration.file };
    const known = technologies.get(declaration.name);
    if (known) known.push(at);
    else {
      technologies.set(declaration.name, [at]);
      declare(declaration);
    }
  }

  const sees = (from: SourceFile, declaration: Declaration): boolean =>
    declaration.file.library || context.project.visible.get(from)?.has(declaration.file) === true;

  const find: Scope['find'] = (path, from, kinds) => {
    const declaration = declarations.get(path);
    return declaration && kinds.includes(declaration.kind) && sees(from, declaration) ? declaration : undefined;
  };
  const refer: Scope['refer'] = (path, span, target) => referParts(context, declarations, path, span, target);

  return {
    declarations,
    byNode,
    technology: (name) => technologies.get(name) ?? [],
    find,
    refer,
    resolve(path, from, span, kinds, due) {
      const found = find(path, from, kinds);
      if (found) {
        refer(path, span, found);
        return found;
      }
      const other = declarations.get(path);
      if (other && !sees(from, other)) {
        context.report('unknown-name', span, `${path} is declared in ${fileName(other.file.uri)}, which this file does not import`, {
          related: [{ span: other.nameSpan, message: `${path} is declared here` }],
        });
      } else if (other) {
        context.report('unknown-name', span, `${path} is a ${other.kind}, but ${due} is due here`, {
          related: [{ span: other.nameSpan, message: `${path} is declared here` }],
        });
      } else {
        const near = suggestion(path, candidates(declarations, kinds), span);
        context.report(
          'unknown-name',
          span,
          `nothing is called ${path}, but ${due} is due here${near.text}`,
          near.fixes ? { fixes: near.fixes } : {},
        );
      }
      return undefined;
    },
  };
}

function declarationOf(at: At<AstNode & { name: string }>, kind: DeclarationKind, id: string): Declaration {
  const { node, file } = at;
  const doc = docOf(file, node);
  const spans = { span: spanOf(node), nameSpan: spanOfPart(node, 'name') };
  return { id, name: node.name, kind, file, node, ...spans, ...(doc === undefined ? {} : { doc }) };
}

const libraries = new WeakMap<readonly SourceFile[], readonly Declaration[]>();

/** Technologies of the standard library, read once. */
function libraryTechnologies(library: readonly SourceFile[]): readonly Declaration[] {
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

function* candidates(declarations: ReadonlyMap<string, Declaration>, kinds: readonly DeclarationKind[]): Iterable<string> {
  for (const d of declarations.values()) if (kinds.includes(d.kind)) yield d.kind === 'technology' ? d.name : d.id;
}

function declareZones(file: SourceFile, region: string, property: Property, declare: (d: Declaration) => void): void {
  for (const phrase of property.values) {
    for (const term of phraseTerms(phrase)) {
      if (term.$type !== 'Name' || term.call) continue;
      const span = spanOf(term);
      declare({ id: `${region}.${term.name}`, name: term.name, kind: 'zone', file, node: term, span, nameSpan: span });
    }
  }
}

/** One reference for each part of a path: `us.a` names the region and the zone. The last part is the target. */
function referParts(context: Context, declarations: ReadonlyMap<string, Declaration>, path: string, span: Span, target: Declaration): void {
  const dot = path.lastIndexOf('.');
  if (dot < 0) {
    context.refer(span, target.id);
    return;
  }
  const owner = path.slice(0, dot);
  if (declarations.has(owner)) context.refer({ ...span, end: span.start + dot }, owner);
  context.refer({ ...span, start: span.start + dot + 1 }, target.id);
}
