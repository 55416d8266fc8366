import { aKind, type Span } from '@sysd/core';
import type { AstNode } from 'langium';
import { fileName } from '../project/project.ts';
import { ALL_NAMES, type Context, contentOf, type FileRef, replaceFix, resolutionOf, suggestion } from './context.ts';
import type { Declaration, DeclarationKind } from './declarations.ts';
import type { DeclaredTechnology, Names } from './names.ts';

export type { Declaration, DeclarationKind } from './declarations.ts';

/** Names of a project, as the unit that is being lowered asks for them: what it asks is recorded. */
export interface Scope {
  /** The declaration of an id with all that it says. */
  content(id: string): Declaration | undefined;
  /** Whether the node is the one that counts under that id. */
  counts(id: string, node: AstNode): boolean;
  /** The technologies of that name: the author's before the library's. */
  technology(name: string): readonly DeclaredTechnology[];
  /** Every declaration, for did-you-mean; in no order. */
  all(): Iterable<Declaration>;
  /**
   * Declaration of a path (`api`, `us.a`, `tweets.tweet`) as one of the kinds, seen from a file; unknown names are not reported. Who needs more
   * of it than its id and kind asks for its `content` too.
   */
  find(path: string, from: FileRef, kinds: readonly DeclarationKind[]): Declaration | undefined;
  /** As `find`, recording the reference or reporting what is wrong. `span` covers the path. */
  resolve(path: string, from: FileRef, span: Span, kinds: readonly DeclarationKind[], due: string): Declaration | undefined;
  /** Records the parts of a path that was found by `find`. */
  refer(path: string, span: Span, target: Declaration): void;
}

/** Names of the files that each file sees, by URI: itself, and what it imports, directly or not. */
export type Visible = ReadonlyMap<string, ReadonlySet<string>>;

export function createScope(context: Context, names: Names, visible: () => Visible): Scope {
  const { declarations } = names;
  const sees = (from: FileRef, declaration: Declaration): boolean =>
    declaration.file.library || visible().get(from.uri)?.has(declaration.file.uri) === true;

  const content: Scope['content'] = (id) => {
    context.read(contentOf(id));
    return declarations.get(id);
  };
  const find: Scope['find'] = (path, from, kinds) => {
    context.read(resolutionOf(path));
    const declaration = declarations.get(path);
    return declaration && kinds.includes(declaration.kind) && sees(from, declaration) ? declaration : undefined;
  };
  /** One reference for each part of a path: `us.a` names the region and the zone. The last part is the target. */
  const refer: Scope['refer'] = (path, span, target) => {
    const dot = path.lastIndexOf('.');
    if (dot < 0) {
      context.refer(span, target.id);
      return;
    }
    const owner = path.slice(0, dot);
    context.read(resolutionOf(owner));
    if (declarations.has(owner)) context.refer({ ...span, end: span.start + dot }, owner);
    context.refer({ ...span, start: span.start + dot + 1 }, target.id);
  };
  const all = (): Iterable<Declaration> => {
    context.read(ALL_NAMES);
    return declarations.values();
  };

  return {
    content,
    counts: (id, node) => content(id)?.node === node,
    technology(name) {
      context.read(contentOf(`technology:${name}`));
      return names.technology(name);
    },
    all,
    find,
    refer,
    resolve(path, from, span, kinds, due) {
      const found = find(path, from, kinds);
      if (found) {
        refer(path, span, found);
        return found;
      }
      const other = content(path);
      if (other && !sees(from, other)) {
        context.report('unknown-name', span, `${path} is declared in ${fileName(other.file.uri)}, which this file does not import`, {
          related: [{ span: other.nameSpan, message: `${path} is declared here` }],
        });
      } else if (other) {
        context.report('unknown-name', span, `${path} is ${aKind(other.kind)}, but ${due} is due here`, {
          related: [{ span: other.nameSpan, message: `${path} is declared here` }],
        });
      } else {
        const near = suggestionOfPath(path, [...candidates(all(), kinds)], span);
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

/** Whose last part the word is (`us.a` and `eu.a` of `a`), else the nearest. */
function suggestionOfPath(path: string, all: readonly string[], span: Span): ReturnType<typeof suggestion> {
  const whole = path.includes('.') ? [] : all.filter((id) => id.endsWith(`.${path}`)).sort();
  const shown = whole.slice(0, 3);
  if (shown.length === 0) return suggestion(path, all, span);
  const fixes = shown.map((id) => replaceFix(`Change to ${id}`, span, id));
  return { text: `; did you mean ${shown.join(' or ')}?`, fixes: fixes.map((f) => (whole.length === 1 ? f : { ...f, preferred: false })) };
}

function* candidates(declarations: Iterable<Declaration>, kinds: readonly DeclarationKind[]): Iterable<string> {
  for (const d of declarations) if (kinds.includes(d.kind)) yield d.kind === 'technology' ? d.name : d.id;
}
