import { type Component, type ElementId, type Group, keepData, type Place } from '@sysd/core';
import { type AstNode, AstUtils } from 'langium';
import { type Item, isScenario } from '../generated/ast.ts';
import type { Project } from '../project/project.ts';
import { type Assembly, assemble, emptyAssembly } from './assemble.ts';
import { type ConnectionTable, connectionTable, type Replaced } from './connection-table.ts';
import { type Context, contentOf, createContext, createSink, type FileRef, resolutionOf } from './context.ts';
import { type LowerInput, recorded } from './elements-input.ts';
import { failArguments } from './fail-arguments.ts';
import { type FileChange, type FileUnits, refresh } from './file-units.ts';
import type { LoweredFlow } from './flows.ts';
import type { Lowered, LowerOptions } from './lower.ts';
import { lowerUnit, PHASES, phaseOf } from './lower-unit.ts';
import { createNames, type Names } from './names.ts';
import { type Override, overridesOf } from './overrides.ts';
import { type Chosen, type Range, rangesBelow, rangesIn, type UncertainInput, withNames } from './ranges.ts';
import { type Readers, readers } from './readers.ts';
import { createScope, type Visible } from './scope.ts';
import { checkArguments, type SetArguments, setArguments, withArguments } from './set-arguments.ts';
import { type TextOrder, textOrder } from './text-order.ts';
import type { Unit } from './units.ts';
import { createValues } from './values.ts';

/**
 * Lowers the versions of a project one after another. Each unit (a declaration or statement) is lowered again only when its own text has changed,
 * or what it asked of others has; everything else is taken over by identity. The result is that of lowering the newest text alone: a unit's
 * result is a function of its node and of what it asked, and the order of units is that of the text.
 */
export function lowering(options: LowerOptions = {}): (project: Project) => Lowered {
  let state: State | undefined;
  return (project) => {
    const { fail, set, horizon } = options;
    const isOfText = fail === undefined && set === undefined && horizon === undefined;
    if (!state || !isOfText || !follows(project, state)) state = newState(project);
    return update(state, project, options);
  };
}

/** A design with ranges in its numbers, to be lowered with other numbers for them, one after another. */
export interface SampledLowering {
  /** As written, each range being the middle of its ends. */
  readonly base: Lowered;
  /** In text order, those of arguments last. */
  readonly inputs: readonly UncertainInput[];
  /** Lowers with a number for each input, in their order. */
  lower(values: readonly number[]): Lowered;
}

/** Lowers a project for samples: each is what lowering the text with these numbers in place of its ranges would give. */
export function sampledLowering(project: Project, options: LowerOptions = {}): SampledLowering {
  const chosen = new Map<AstNode, number>();
  const state = newState(project, chosen);
  const base = update(state, project, options);
  const settings = state.settings?.properties ?? [];
  const overrides = new Set([...(state.input?.overrides.values() ?? [])]);
  const units = [...state.byNode.values()].sort((a, b) => a.order - b.order);
  const own = units.map((unit) => ({ unit, ranges: rangesIn(unit.node).filter((range) => !isInUnitBelow(state, unit, range)) }));
  const set = [...overrides].map((override) => ({ override, ranges: rangesBelow(override.property.node) }));
  const ranges = withNames([...own.flatMap((o) => o.ranges), ...set.flatMap((o) => o.ranges)]);
  const again = new Set(own.flatMap(({ unit, ranges }) => (ranges.length > 0 ? [unit] : [])));
  // An override without a range of its own may stand on a constant that has one.
  for (const { override } of set) {
    for (const unit of unitsSetBy(state, override)) again.add(unit);
  }
  return {
    base,
    inputs: ranges.map((range) => range.input),
    lower(values) {
      ranges.forEach((range, i) => {
        const value = values[i];
        if (value !== undefined) chosen.set(range.node, value);
      });
      // What arguments say is no unit of the text; it is read anew in each sample.
      if (settings.length > 0 && state.settings) state.settings.unit.sink = createSink();
      return update(state, project, options, [...again]);
    },
  };
}

/** A group holds its components, which are units of their own. */
function isInUnitBelow({ byNode }: State, unit: Unit, { node }: Range): boolean {
  for (let at: AstNode | undefined = node; at && at !== unit.node; at = at.$container) if (byNode.has(at as Item)) return true;
  return false;
}

/** The units whose values an override sets: the one that declares its element, and the scenario itself. */
function unitsSetBy({ names, byNode, order }: State, { property }: Override): Unit[] {
  const path = property.node.name;
  const owner = names.declarations.get(path) ?? names.declarations.get(path.slice(0, path.lastIndexOf('.')));
  const scenario = order.ofType('Scenario').find((unit) => AstUtils.getContainerOfType(property.node, isScenario) === unit.node);
  return [owner?.unit, scenario].filter((unit): unit is Unit => unit !== undefined && byNode.get(unit.node) === unit);
}

interface State {
  readonly library: Project['library'];
  readonly root: string;
  visible: Visible;
  readonly files: Map<string, FileUnits>;
  readonly byNode: Map<Item, Unit>;
  readonly context: Context;
  readonly names: Names;
  readonly order: TextOrder;
  readonly readers: Readers;
  readonly places: Map<ElementId, Place>;
  readonly groups: Map<ElementId, Group>;
  readonly components: Map<ElementId, Component>;
  readonly connections: ConnectionTable;
  /** Units of which something is wrong. */
  readonly faulty: Set<Unit>;
  input: LowerInput | undefined;
  /** Of the options; read with the first version. */
  settings: SetArguments | undefined;
  assembly: Assembly;
}

function newState(project: Project, chosen?: Chosen): State {
  return {
    library: project.library,
    root: project.root.uri,
    visible: project.visible,
    files: new Map(),
    byNode: new Map(),
    context: createContext(chosen),
    names: createNames(project.library),
    order: textOrder(),
    readers: readers(),
    places: new Map(),
    groups: new Map(),
    components: new Map(),
    connections: connectionTable(),
    faulty: new Set(),
    input: undefined,
    settings: undefined,
    assembly: emptyAssembly(),
  };
}

/** Whether the files that were there before are in the same order still: then it is known which units have come, gone and moved. */
function follows(project: Project, { library, root, files }: State): boolean {
  if (library !== project.library || root !== project.root.uri) return false;
  const kept = project.files.filter((file) => files.has(file.uri));
  const older = [...files.keys()].filter((uri) => project.visible.has(uri));
  return kept.length === older.length && kept.every((file, i) => file.uri === older[i]);
}

/** Takes in the files of a project in their order: what each edit did to their units, and all units of files that are not part of it any more. */
function refreshFiles(state: State, project: Project): FileChange[] {
  const before = new Map(state.files);
  state.files.clear();
  const changes = project.files.map((file) => {
    const known = before.get(file.uri);
    before.delete(file.uri);
    const ref: FileRef = known?.ref ?? { uri: file.uri, library: false };
    const change = refresh(file, ref, known, (node) => state.byNode.get(node));
    state.files.set(file.uri, change.now);
    return change;
  });
  for (const { ref, units } of before.values()) changes.push({ now: { ref, blocks: [], units: [] }, before: units.flat(), after: [] });
  return changes;
}

/** Keys of the names that some file sees and did not see before, or the other way round. */
function seenAnew({ visible, files }: State, now: Visible): Set<string> {
  const others = new Set<string>();
  for (const [uri, seen] of now) {
    const before = visible.get(uri) ?? NO_FILES;
    if (before === seen) continue;
    for (const one of seen) if (!before.has(one)) others.add(one);
    for (const one of before) if (!seen.has(one)) others.add(one);
  }
  const keys = new Set<string>();
  for (const uri of others) {
    for (const list of files.get(uri)?.units ?? []) {
      for (const unit of list) for (const { id } of unit.declares) keys.add(resolutionOf(id));
    }
  }
  return keys;
}

const NO_FILES: ReadonlySet<string> = new Set();

function inputOf(state: State, options: LowerOptions, settings: SetArguments): LowerInput {
  const { context, names, order, places, groups, components } = state;
  const scope = createScope(context, names, () => state.visible);
  const overrides = withArguments(overridesOf(order.ofType('Scenario'), options.scenario), settings);
  return {
    context,
    scope,
    values: createValues(context, scope, overrides, options.horizon),
    overrides,
    places: recorded(context, places),
    groups: recorded(context, groups),
    components: recorded(context, components),
  };
}

/** @param again units that are lowered anew although their text has not changed: numbers were chosen for ranges in them */
function update(state: State, project: Project, options: LowerOptions, again: readonly Unit[] = []): Lowered {
  const { gone, added, moved } = state.order.update(refreshFiles(state, project));
  for (const unit of gone) {
    state.byNode.delete(unit.node);
    state.readers.remove(unit);
    state.faulty.delete(unit);
  }
  for (const unit of added) state.byNode.set(unit.node, unit);

  const root = state.files.get(project.root.uri)?.ref as FileRef;
  state.settings ??= setArguments(state.context, root, options.set ?? []);
  state.input ??= inputOf(state, options, state.settings);
  const changed = state.names.update(gone, added);
  for (const key of seenAnew(state, project.visible)) changed.add(key);
  state.visible = project.visible;
  let dirty = dirtyUnits(state, [...added, ...again], changed);
  if (again.length === 0 && setsOtherwise(state, options, [...gone, ...dirty, ...moved])) {
    state.input = inputOf(state, options, state.settings);
    dirty = dirtyUnits(state, state.byNode.values(), changed);
  }
  state.input.values.forget([...changed].filter((key) => key.startsWith(TECHNOLOGY)).map((key) => key.slice(TECHNOLOGY.length)));
  const replaced = lowerAgain(state, state.input, gone, dirty);
  const connections = state.connections.update(replaced, moved.length > 0, state.order.ofType);
  const failing = createSink();
  const { input, settings } = state;
  checkArguments(input, settings);
  const failed = state.context.inside(failing, () => failArguments(input, root, options.fail ?? []));
  const touched = new Set<string>([...gone, ...dirty, ...moved].map((unit) => unit.node.$type));
  state.assembly = assemble(state.assembly, {
    project,
    ofType: state.order.ofType,
    touched,
    faulty: state.faulty,
    failed: { arguments: failed, diagnostics: [...settings.unit.sink.diagnostics, ...failing.diagnostics] },
    connections: { all: connections, diagnostics: state.connections.diagnostics },
    changed,
    input: state.input,
    names: state.names,
    options,
  });
  // What was computed for a unit that was not lowered again, it has asked all the same.
  for (const unit of input.values.computedFor()) if (state.byNode.get(unit.node) === unit) state.readers.add(unit);
  const { files, names } = state;
  return {
    ...state.assembly.lowered,
    project,
    declarations: names.declarations,
    units: files,
    get references() {
      return [...files.values()].flatMap((file) => file.units.flatMap((list) => list.flatMap((unit) => unit.sink.references)));
    },
  };
}

/**
 * Whether what the scenario sets may have become different, by these units: it changes values wherever they are used, and what it asks for that,
 * it asks in place of those who use them.
 */
function setsOtherwise({ input, order }: State, { scenario }: LowerOptions, touched: readonly Unit[]): boolean {
  if (scenario === undefined || !touched.some(({ node }) => isScenario(node) && node.title === scenario)) return false;
  return (input?.overrides.size ?? 0) > 0 || overridesOf(order.ofType('Scenario'), scenario).size > 0;
}

const TECHNOLOGY = contentOf('technology:');

/** New units and all that asked, directly or through others, what has become different; adds to `changed` what these say. */
function dirtyUnits(state: State, added: Iterable<Unit>, changed: Set<string>): Unit[] {
  const dirty = new Set(added);
  for (const unit of dirty) for (const { id } of unit.declares) changed.add(contentOf(id));
  for (const key of changed) {
    for (const reader of state.readers.of(key)) {
      if (dirty.has(reader)) continue;
      dirty.add(reader);
      for (const { id } of reader.declares) changed.add(contentOf(id));
    }
  }
  return [...dirty].sort((a, b) => a.order - b.order);
}

/** Lowers units anew, and forgets those that are gone. */
function lowerAgain(state: State, input: LowerInput, gone: readonly Unit[], dirty: readonly Unit[]): Replaced[] {
  const { context } = state;
  for (const unit of gone) removeElements(state, unit);
  const before = new Map<Unit, unknown>();
  for (const unit of dirty) {
    state.readers.remove(unit);
    removeElements(state, unit);
    before.set(unit, unit.result);
    unit.sink = createSink(unit.file.library, unit);
    unit.result = undefined;
  }
  const phases = Array.from({ length: PHASES }, (): Unit[] => []);
  for (const unit of dirty) phases[phaseOf(unit.node)]!.push(unit);
  for (const units of phases) {
    for (const unit of units) {
      unit.result = keepResult(
        before.get(unit),
        context.inside(unit.sink, () => lowerUnit(input, unit)),
      );
      addElements(state, unit);
    }
  }
  for (const unit of dirty) {
    state.readers.add(unit);
    if (unit.sink.diagnostics.length > 0) state.faulty.add(unit);
    else state.faulty.delete(unit);
  }
  return [
    ...gone.map((unit) => ({ unit, before: unit.result, now: undefined })),
    ...dirty.map((unit) => ({ unit, before: before.get(unit), now: unit.result })),
  ];
}

/** What says what it said before stays the same object; of a flow also the uses of connections by themselves. */
function keepResult(before: unknown, now: unknown): unknown {
  if (!isLoweredFlow(before) || !isLoweredFlow(now)) return keepData(before, now);
  const [flow, uses] = [keepData(before.flow, now.flow), keepData(before.uses, now.uses)];
  return flow === before.flow && uses === before.uses ? before : { flow, uses };
}

const isLoweredFlow = (result: unknown): result is LoweredFlow =>
  typeof result === 'object' && result !== null && 'flow' in result && 'uses' in result;

function addElements(state: State, unit: Unit): void {
  switch (unit.node.$type) {
    case 'Place':
      for (const place of unit.result as readonly Place[]) state.places.set(place.id, place);
      break;
    case 'Group':
      if (unit.result) state.groups.set(unit.node.name, unit.result as Group);
      break;
    case 'Component':
      if (unit.result) state.components.set(unit.node.name, unit.result as Component);
  }
}

function removeElements(state: State, unit: Unit): void {
  switch (unit.node.$type) {
    case 'Place':
      for (const place of (unit.result as readonly Place[] | undefined) ?? []) state.places.delete(place.id);
      break;
    case 'Group':
      if (unit.result) state.groups.delete(unit.node.name);
      break;
    case 'Component':
      if (unit.result) state.components.delete(unit.node.name);
  }
}
