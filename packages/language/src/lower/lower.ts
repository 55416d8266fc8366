import type { Design, Diagnostic, ElementId, Let, Span } from '@sysd/core';
import { isLet, isSystem, type System } from '../generated/ast.ts';
import { fileName, type Project } from '../project/project.ts';
import { lowerComponents } from './components.ts';
import { createConnections } from './connections.ts';
import { type At, type Context, createContext, type Reference, spanOfPart } from './context.ts';
import { elementParts, isDeclared } from './elements.ts';
import { failArguments } from './fail-arguments.ts';
import { lowerFlows } from './flows.ts';
import { lowerGroups } from './groups.ts';
import { checkPlaces } from './misplaced.ts';
import { overridesOf } from './overrides.ts';
import { lowerPlaces } from './places.ts';
import { lowerAccepts, lowerExpectations, lowerViews } from './remarks.ts';
import { lowerScenarios } from './scenarios.ts';
import { createScope, type Declaration, type Scope } from './scope.ts';
import { type Placed, statementsOf } from './statements.ts';
import { checkTechnologies, lowerTechnologies } from './technologies.ts';
import { createValues, type Values } from './values.ts';

/** A design, what is wrong with its text, and what its names stand for. */
export interface Lowered {
  readonly project: Project;
  readonly design: Design;
  /** Errors of the language: syntax, names, units, placement … in text order. Findings of rules are not among them. */
  readonly diagnostics: readonly Diagnostic[];
  /**
   * Every name that was resolved, in no order. Definition: find the reference at the cursor and go to
   * `declarations.get(target).nameSpan`. References and rename: all references to a target, and its declaration. Names are resolved here
   * only; there are no cross references in the syntax tree.
   */
  readonly references: readonly Reference[];
  /** By id: names of the design, `us.a`, `store.table`, `technology:NAME` (of the standard library, too). */
  readonly declarations: ReadonlyMap<string, Declaration>;
  /** Whether a file has a `system`; without one the files are a fragment, lowered as far as it goes. */
  readonly hasSystem: boolean;
}

export interface LowerOptions {
  /** Title of the scenario to apply. Unknown ones are ignored: look for it in `design.scenarios`. */
  readonly scenario?: string;
  /** What fails besides, as after `fail` in a scenario: `us.a`, `api 2`, `lb@eu`. Errors in it are among the diagnostics (`FAIL_ARGUMENT`). */
  readonly fail?: readonly string[];
}

/** Turns the syntax trees of a project into a plain design. Never throws for any text; the same text gives the same design. */
export function lowerProject(project: Project, options: LowerOptions = {}): Lowered {
  const context = createContext(project);
  const statements = statementsOf(project.files);
  const scope = createScope(context, statements);
  const overrides = overridesOf(statements, options.scenario);
  const values = createValues(context, scope, overrides);

  const places = lowerPlaces(context, scope, values, overrides, statements);
  const groups = lowerGroups(context, scope, values, statements);
  const components = lowerComponents({ context, scope, values, overrides, places, groups }, statements);
  const connections = createConnections(context, scope, values, statements);
  const flows = lowerFlows({ context, scope, values, overrides, components, groups, connections }, statements);
  const copies = (id: ElementId) => (components.get(id)?.copies ?? []).flatMap((c) => c.place ?? []);
  const scenarios = lowerScenarios(context, scope, values, statements, copies);
  const technologies = lowerTechnologies(scope, values, usedTechnologies(components.values()));
  checkTechnologies(context, values, statements);
  checkPlaces(context, statements, project.files);
  const applied = scenarios.find((s) => s.id === options.scenario);
  const system = systemOf(context, statements);

  const design: Design = {
    ...header(project, system),
    lets: lowerLets(scope, values, statements),
    places,
    groups,
    components,
    connections: connections.all(),
    flows,
    technologies,
    scenarios,
    views: lowerViews(context, scope, statements),
    expectations: lowerExpectations(context, values, statements),
    accepts: lowerAccepts(context, scope, statements),
    ...(applied ? { scenario: applied.id } : {}),
    failed: [...(applied?.fails ?? []), ...failArguments(context, scope, options.fail ?? [], copies)],
  };
  return {
    project,
    design,
    diagnostics: inTextOrder(project, context.diagnostics),
    references: context.references,
    declarations: scope.declarations,
    hasSystem: system !== undefined,
  };
}

function* usedTechnologies(components: Iterable<{ technology?: ElementId }>): Iterable<ElementId> {
  for (const { technology } of components) if (technology !== undefined) yield technology;
}

function systemOf(context: Context, statements: readonly Placed[]): At<System> | undefined {
  const systems = statements.filter((s): s is Placed<System> => isSystem(s.node));
  const root = context.project.root;
  const main = systems.find((s) => s.file === root) ?? systems[0];
  for (const other of systems) {
    if (other !== main && main) {
      context.report(
        'duplicate-name',
        spanOfPart(other.node, 'name'),
        `a design has one system; ${main.node.name} is it: remove this one, or do not import its file`,
        {
          related: [{ span: spanOfPart(main.node, 'name'), message: 'the system' }],
        },
      );
    }
  }
  return main;
}

function header(project: Project, system: At<System> | undefined): Pick<Design, 'id' | 'title' | 'doc' | 'span' | 'uri'> {
  if (system) {
    const { id, title, doc, span } = elementParts(system, system.node.name ?? '');
    return { id, ...(title === undefined ? {} : { title }), ...(doc === undefined ? {} : { doc }), span, uri: system.file.uri };
  }
  const { uri } = project.root;
  const start: Span = { block: { uri, offset: 0 }, start: 0, end: 0 };
  return { id: fileName(uri).replace(/\.sysd$/, ''), span: start, uri };
}

function lowerLets(scope: Scope, values: Values, statements: readonly Placed[]): Let[] {
  const lets: Let[] = [];
  for (const { node, file } of statements) {
    if (!isLet(node) || !isDeclared(scope, node)) continue;
    const { value, text, inputs } = values.let({ node, file });
    lets.push({ ...elementParts({ node, file }, node.name), text, inputs, ...(value ? { value } : {}) });
  }
  return lets;
}

/** Files in project order, then offset; the same error at the same place once. */
function inTextOrder(project: Project, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const order = new Map(project.files.map((f, i) => [f.uri, i]));
  const place = (d: Diagnostic) => d.span.block.offset + d.span.start;
  const seen = new Set<string>();
  return diagnostics
    .toSorted((a, b) => (order.get(a.span.block.uri) ?? -1) - (order.get(b.span.block.uri) ?? -1) || place(a) - place(b))
    .filter((d) => {
      const key = `${d.span.block.uri} ${place(d)} ${d.rule} ${d.message}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}
