import {
  type Accept,
  absolute,
  type Component,
  type Connection,
  type Design,
  type Diagnostic,
  type ElementId,
  type Expectation,
  type FailTarget,
  type Flow,
  type Group,
  type Let,
  type Place,
  type Scenario,
  type Span,
  sortDiagnostics,
  type Technology,
  TextMap,
  type View,
} from '@sysd/core';
import type { Item, System } from '../generated/ast.ts';
import { fileName, type Project } from '../project/project.ts';
import { type At, createSink, type Sink, spanOfPart } from './context.ts';
import { elementParts } from './elements.ts';
import type { LowerInput } from './elements-input.ts';
import { circlesOf } from './flows.ts';
import type { Lowered, LowerOptions } from './lower.ts';
import type { Results } from './lower-unit.ts';
import type { Names } from './names.ts';
import { equalTitles } from './scenarios.ts';
import { lowerTechnology } from './technologies.ts';
import type { Unit } from './units.ts';
import { ofReadText } from './unread-text.ts';

/** A version of the design, with what the next one takes over from it. */
export interface Assembly {
  readonly lowered: Pick<Lowered, 'design' | 'diagnostics' | 'hasSystem'>;
  readonly technologies: ReadonlyMap<ElementId, UsedTechnology>;
  readonly systems: readonly Unit<System>[];
  /** Flows whose rates follow from themselves. */
  readonly circles: readonly Diagnostic[];
}

interface UsedTechnology {
  readonly technology: Technology | undefined;
  readonly sink: Sink;
}

export interface AssemblyInput {
  readonly project: Project;
  /** Units with nodes of a type, in text order. */
  readonly ofType: (type: string) => readonly Unit[];
  /** Types of the nodes of which some unit has come, gone, moved or been lowered again: the lists of the others are as they were. */
  readonly touched: ReadonlySet<string>;
  /** Units of which something is wrong. */
  readonly faulty: Iterable<Unit>;
  /** What fails by arguments, besides what the scenario says. */
  readonly failed: { readonly arguments: readonly FailTarget[]; readonly diagnostics: readonly Diagnostic[] };
  readonly connections: { readonly all: ReadonlyMap<ElementId, Connection>; readonly diagnostics: readonly Diagnostic[] };
  /** Keys of what has become different. */
  readonly changed: ReadonlySet<string>;
  readonly input: LowerInput;
  readonly names: Names;
  readonly options: LowerOptions;
}

const NOTHING: Design = {
  id: '',
  span: { block: { uri: '', offset: 0 }, start: 0, end: 0 },
  uri: '',
  lets: [],
  places: new Map(),
  groups: new Map(),
  components: new Map(),
  connections: new Map(),
  flows: new Map(),
  technologies: new Map(),
  scenarios: [],
  views: [],
  expectations: [],
  accepts: [],
  failed: [],
};

export function emptyAssembly(): Assembly {
  return {
    lowered: { design: NOTHING, diagnostics: [], hasSystem: false },
    technologies: new Map(),
    systems: [],
    circles: [],
  };
}

/** Puts the design together from its units, in text order: the first part whose cost grows with the design and not with the edit. O(units). */
export function assemble(
  before: Assembly,
  { project, ofType, touched, faulty, failed, connections, changed, input, names, options }: AssemblyInput,
): Assembly {
  const old = before.lowered.design;
  const results = <T extends keyof Results>(type: T): NonNullable<Results[T]>[] => {
    const found: NonNullable<Results[T]>[] = [];
    for (const { result } of ofType(type)) if (result !== undefined) found.push(result as NonNullable<Results[T]>);
    return found;
  };
  const fresh = <T>(types: readonly Item['$type'][], kept: T, make: () => T): T => (types.some((t) => touched.has(t)) ? make() : kept);
  const byId = <T extends { readonly id: ElementId }>(
    before: ReadonlyMap<ElementId, T>,
    elements: readonly T[],
  ): ReadonlyMap<ElementId, T> =>
    following(
      before,
      elements.map((e) => e.id),
      elements,
    );

  const places = fresh<ReadonlyMap<ElementId, Place>>(['Place'], old.places, () => byId(old.places, results('Place').flat()));
  const groups = fresh<ReadonlyMap<ElementId, Group>>(['Group'], old.groups, () => byId(old.groups, results('Group')));
  const components = fresh<ReadonlyMap<ElementId, Component>>(['Component'], old.components, () =>
    byId(old.components, results('Component')),
  );
  const flows = fresh<ReadonlyMap<ElementId, Flow>>(['Flow'], old.flows, () =>
    byId(
      old.flows,
      results('Flow').map((f) => f.flow),
    ),
  );
  const circles = fresh(['Flow'], before.circles, () => circlesOf(flows));
  const scenarios = fresh<readonly Scenario[]>(['Scenario'], old.scenarios, () => results('Scenario'));
  const used = fresh<Iterable<ElementId>>(['Component'], before.technologies.keys(), () => technologiesUsed(components));
  const technologies = technologiesOf(before.technologies, input, used, changed);
  const systems = fresh<readonly Unit<System>[]>(['System'], before.systems, () => [...ofType('System')] as Unit<System>[]);
  const system = systems.find((s) => s.file.uri === project.root.uri) ?? systems[0];
  const applied = scenarios.find((s) => s.id === options.scenario);

  const design: Design = {
    ...header(project, system),
    lets: fresh<readonly Let[]>(['Let'], old.lets, () => results('Let')),
    places,
    groups,
    components,
    connections: connections.all,
    flows,
    technologies: new Map([...technologies].flatMap(([id, { technology }]) => (technology ? [[id, technology]] : []))),
    scenarios,
    views: fresh<readonly View[]>(['View'], old.views, () => results('View')),
    expectations: fresh<readonly Expectation[]>(['Expect'], old.expectations, () => results('Expect')),
    accepts: fresh<readonly Accept[]>(['Accept'], old.accepts, () => results('Accept')),
    ...(applied ? { scenario: applied.id } : {}),
    ...(options.set && options.set.length > 0 ? { set: options.set } : {}),
    ...(options.traffic !== undefined && options.traffic !== 1 ? { traffic: options.traffic } : {}),
    ...(options.horizon ? { horizon: options.horizon } : {}),
    failed: failed.arguments.length > 0 ? [...(applied?.fails ?? []), ...failed.arguments] : (applied?.fails ?? NOTHING.failed),
  };
  const diagnostics: Diagnostic[] = [...names.duplicates(), ...connections.diagnostics, ...circles, ...failed.diagnostics];
  for (const { sink } of faulty) for (const one of sink.diagnostics) diagnostics.push(one);
  diagnostics.push(...equalTitles(scenarios), ...otherSystems(systems, system));
  return {
    lowered: {
      design,
      diagnostics: inTextOrder(project, [...project.diagnostics, ...ofReadText(project, diagnostics)]),
      hasSystem: system !== undefined,
    },
    technologies,
    systems,
    circles,
  };
}

/** The next version of a map of the design, whose ids are all different. */
function following<T>(before: ReadonlyMap<ElementId, T>, ids: readonly ElementId[], list: readonly T[]): TextMap<T> {
  return before instanceof TextMap ? (before as TextMap<T>).next(ids, list) : TextMap.of(ids, list);
}

/** Names of the technologies that components use, in the order of first use. */
function technologiesUsed(components: ReadonlyMap<ElementId, Component>): Set<ElementId> {
  const used = new Set<ElementId>();
  for (const { technology } of components.values()) if (technology !== undefined) used.add(technology);
  return used;
}

function technologiesOf(
  before: ReadonlyMap<ElementId, UsedTechnology>,
  input: LowerInput,
  used: Iterable<ElementId>,
  changed: ReadonlySet<string>,
): Map<ElementId, UsedTechnology> {
  const technologies = new Map<ElementId, UsedTechnology>();
  for (const name of used) {
    const known = before.get(name);
    const holds = known !== undefined && ![...known.sink.reads].some((key) => changed.has(key));
    technologies.set(name, holds ? known : lowered(input, name));
  }
  return technologies;
}

function lowered(input: LowerInput, name: ElementId): UsedTechnology {
  const sink = createSink(true);
  return { sink, technology: input.context.inside(sink, () => lowerTechnology(input, name)) };
}

function otherSystems(systems: readonly Unit<System>[], main: Unit<System> | undefined): Diagnostic[] {
  return systems.flatMap((other): Diagnostic[] => {
    if (!main || other === main) return [];
    const message = `a design has one system; ${main.node.name} is it: remove this one, or do not import its file`;
    const related = [{ span: spanOfPart(main.node, 'name'), message: 'the system' }];
    return [{ rule: 'duplicate-name', severity: 'error', span: spanOfPart(other.node, 'name'), message, related }];
  });
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

/** Errors beyond which nobody reads. */
const MOST_DIAGNOSTICS = 1000;

/** Files in project order, then by place, rule and message; the same error at the same place once. */
function inTextOrder(project: Project, diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const order = new Map(project.files.map((f, i) => [f.uri, i]));
  const isAgain = (a: Diagnostic, b: Diagnostic | undefined): boolean => {
    if (a.rule !== b?.rule || a.message !== b.message) return false;
    const [here, there] = [absolute(a.span), absolute(b.span)];
    return here.uri === there.uri && here.start === there.start;
  };
  return sortDiagnostics(diagnostics, (a, b) => (order.get(a) ?? -1) - (order.get(b) ?? -1))
    .filter((diagnostic, i, all) => !isAgain(diagnostic, all[i - 1]))
    .slice(0, MOST_DIAGNOSTICS);
}
