import {
  type Component,
  type Consistency,
  dimensionName,
  type ElementId,
  type Group,
  type Hop,
  type HopTarget,
  isCount,
  type Operation,
  type Quantity,
  type Span,
} from '@sysd/core';
import { type Hop as HopNode, type Item, isElse, isParallel, isStep, type Modifier, type Step, type Target } from '../generated/ast.ts';
import type { SourceFile } from '../project/source-file.ts';
import type { Connections } from './connections.ts';
import { type At, type Context, spanFrom, spanOf, spanOfPart, suggestion } from './context.ts';
import { stampOf } from './groups.ts';
import { operationOf, type ReadOperation } from './operations.ts';
import type { Scope } from './scope.ts';
import { offsetsOf } from './spans.ts';
import { bodyOf } from './statements.ts';
import { readTargetValues, rowOf, sharesOf, type TargetValues } from './step-values.ts';
import type { Stops } from './stops.ts';
import type { Values } from './values.ts';

export interface StepsInput {
  readonly context: Context;
  readonly scope: Scope;
  readonly values: Values;
  readonly components: ReadonlyMap<ElementId, Component>;
  readonly groups: ReadonlyMap<ElementId, Group>;
  readonly connections: Connections;
  readonly flow: ElementId;
  readonly file: SourceFile;
  readonly stops: Stops;
}

/** A component that a step names, with the copy of `lb@eu`. */
interface Named {
  readonly component: Component;
  readonly copy?: ElementId;
}

interface Modifiers {
  when?: Quantity;
  times?: Quantity;
  miss?: At<Modifier & { $type: 'OnMiss' }>;
  optional: boolean;
  requires?: Consistency;
}

const CONSISTENCIES: readonly Consistency[] = ['strong', 'read-your-writes', 'eventual'];

/** Reads the steps of a flow into hops, in text order. */
export function lowerSteps(input: StepsInput, items: readonly Item[]): Hop[] {
  const hops: Hop[] = [];
  /** Lines read so far: the component that each starts from and its first hop that is no look-up. */
  const lines: { source: ElementId; hop: number }[] = [];
  let parallels = 0;

  const read = (item: Item, parallel: number | undefined): void => {
    if (isStep(item)) readLine(input, hops, lines, item, { ...(parallel === undefined ? {} : { parallel }), fallback: false });
    else if (isElse(item)) {
      if (item.step) readLine(input, hops, lines, item.step, { ...(parallel === undefined ? {} : { parallel }), fallback: true });
    } else if (isParallel(item)) {
      const number = parallels++;
      for (const child of bodyOf(item)) read(child, number);
    } else if (item.$type === 'Component') {
      const { kind, name } = item;
      input.context.report(
        'misplaced-statement',
        spanOf(item),
        `a flow consists of steps: is an arrow missing (${kind} -> ${name ?? '…'}), or a } above?`,
      );
    } else if (item.$type !== 'Property' && item.$type !== 'Orphan') {
      input.context.report(
        'misplaced-statement',
        spanOf(item),
        'a flow consists of steps, slo and requires: put this outside of its braces (is a } missing above?)',
      );
    } else if (item.$type === 'Property' && parallel !== undefined) {
      input.context.report('misplaced-statement', spanOf(item), `${item.name} belongs to the flow, not into parallel`);
    }
  };
  for (const item of items) read(item, undefined);
  return hops;
}

interface LineOptions {
  readonly parallel?: number;
  readonly fallback: boolean;
}

/** One line: a chain of hops. */
function readLine(input: StepsInput, hops: Hop[], lines: { source: ElementId; hop: number }[], line: Step, options: LineOptions): void {
  const { context, file, stops } = input;
  const at: At<Step> = { node: line, file };
  if (line.body)
    context.report(
      'misplaced-statement',
      spanOf(line.body),
      `how a connection behaves is said outside of flows: ${line.source} -> … { … } at the top level`,
    );
  const named = nameOf(input, line.source, spanOfPart(at.node, 'source'));
  const modifiers = readModifiers(input, line.modifiers);
  if (!named) return;
  const source = named.component.id;
  const start = stops.latest(source, named.copy);
  if (start === undefined) {
    context.report(
      'flow-source',
      spanOfPart(at.node, 'source'),
      `nothing reaches ${line.source} above this line: first a step into it, then its own steps`,
      { element: input.flow },
    );
    return;
  }
  const replaced = options.fallback ? lines.findLast((l) => l.source === source)?.hop : undefined;
  if (options.fallback && replaced === undefined) {
    context.report(
      'invalid-step',
      spanOfPart(at.node, 'source'),
      `else is the fallback of the step above from the same component, but ${source} has none`,
    );
  }
  const from = replaced === undefined ? start : (hops[replaced]?.from ?? start);
  readChain(input, hops, lines, at, { ...options, from, source, modifiers, ...(replaced === undefined ? {} : { replaced }) });
}

interface ChainOptions extends LineOptions {
  readonly from: number;
  readonly source: ElementId;
  readonly modifiers: Modifiers;
  readonly replaced?: number;
}

/**
 * In a chain modifiers hold for the line (its first hop; the rest follows), the operation for the last hop, the size for every hop. A dns or
 * registry is looked up, not passed through: the chain goes on from where it was.
 */
function readChain(input: StepsInput, hops: Hop[], lines: { source: ElementId; hop: number }[], at: At<Step>, options: ChainOptions): void {
  const last = at.node.hops.at(-1);
  const lineSize = last ? lineSizeOf(input, last) : undefined;
  let sources = [options.from];
  let recorded = false;
  for (const node of at.node.hops) {
    const isLast = node === last;
    const next: number[] = [];
    let lookup = false;
    for (const from of sources) {
      const first = from === options.from;
      const hop = readHop(input, hops, at, node, { from, first, isLast, lineSize, options });
      if (!hop) return;
      hops.push(hop);
      if (hop.lookup) lookup = true;
      else if (first && !recorded) {
        lines.push({ source: options.source, hop: hop.index });
        recorded = true;
      }
      for (const target of hop.to) if (!next.includes(target.stop)) next.push(target.stop);
    }
    if (!lookup) sources = next;
  }
}

interface HopOptions {
  readonly from: number;
  /** Starts at the source of the line, so that the modifiers hold for it. */
  readonly first: boolean;
  readonly isLast: boolean;
  readonly lineSize: Sizes | undefined;
  readonly options: ChainOptions;
}

function readHop(input: StepsInput, hops: readonly Hop[], line: At<Step>, node: HopNode, o: HopOptions): Hop | undefined {
  const { context, file, stops, components } = input;
  const index = hops.length;
  const source = components.get(stops.component(o.from));
  if (!source) return undefined;
  const targets: { at: At<Target>; named: Named; values: TargetValues; operation: ReadOperation }[] = [];
  for (const target of node.targets) {
    if (target.name === undefined) continue;
    const at = { node: target, file };
    const named = nameOf(input, target.name, spanOfPart(at.node, 'name'));
    if (!named) continue;
    targets.push({
      at,
      named,
      values: readTargetValues(context, input.scope, input.values, at, named.component.id, node.targets.length > 1),
      operation: operationOf(context, at, source, named.component, node),
    });
  }
  const main = targets.at(-1);
  if (!main) return undefined;
  const span = spanOf(node);
  const shares = sharesOf(
    context,
    targets.map((t) => t.values.share),
    { node, file },
  );
  const to = targets.map(
    (t, i): HopTarget => ({
      stop: stops.enter(t.named.component.id, t.named.copy, index, spanOfPart(t.at.node, 'name')),
      share: targets.length === 1 ? 1 : (shares[i] as number),
      span: spanOf(t.at.node),
    }),
  );
  stops.leave(o.from, index);
  for (const t of targets)
    input.connections.use(input.flow, index, source.id, t.named.component.id, node.arrow === '->', spanOf(line.node));
  const operation = targets.find((t) => t.operation.given)?.operation ?? main.operation;
  const { modifiers } = o.options;
  const size = operation.lookup ? {} : { ...o.lineSize, ...ownSize(o, main.values, operation.operation, main.named.component) };
  const miss = o.first && modifiers.miss && !operation.lookup ? missOf(input, hops, o.from, source, modifiers.miss) : undefined;
  return {
    index,
    from: o.from,
    to,
    sync: node.arrow === '->',
    operation: operation.operation,
    operationGiven: operation.given,
    ...(main.values.table === undefined ? {} : { table: main.values.table }),
    ...(main.values.query === undefined ? {} : { query: main.values.query }),
    ...size,
    ...(o.first && modifiers.when ? { when: modifiers.when } : {}),
    ...(o.first && modifiers.times && !operation.lookup ? { times: modifiers.times } : {}),
    ...(miss ? { miss } : {}),
    optional: o.first && modifiers.optional,
    ...(o.first && o.options.replaced !== undefined ? { fallbackOf: o.options.replaced } : {}),
    ...(o.first && o.options.parallel !== undefined ? { parallel: o.options.parallel } : {}),
    lookup: operation.lookup,
    ...(modifiers.requires && !operation.lookup ? { requires: modifiers.requires } : {}),
    span,
    lineSpan: spanOf(line.node),
  };
}

interface Sizes {
  readonly request?: Quantity;
  readonly answer?: Quantity;
}

/** Size of the line as its last hop gives it: of the answer if that is a read, else of the request; `8 B returns 2 KB` gives both. */
function lineSizeOf(input: StepsInput, last: HopNode): Sizes | undefined {
  const target = last.targets.at(-1);
  if (!target) return undefined;
  const silent = { ...input.context, report: () => undefined, refer: () => undefined };
  const values = readTargetValues(
    silent,
    input.scope,
    input.values,
    { node: target, file: input.file },
    target.name,
    last.targets.length > 1,
  );
  return sizesOf(values, target.operation === 'read');
}

function ownSize(o: HopOptions, values: TargetValues, operation: Operation, target: Component): Sizes {
  const read = operation === 'read';
  const own = sizesOf(values, read);
  if (own.request || own.answer || !o.isLast) return own;
  // A table gives its own size unless one follows. A query does not say how much it answers.
  const row = rowOf(target.tables, values.table);
  if (!row) return {};
  return read ? { answer: row } : { request: row };
}

function sizesOf({ size, answer }: TargetValues, read: boolean): Sizes {
  if (answer) return { ...(size ? { request: size } : {}), answer };
  if (!size) return {};
  return read ? { answer: size } : { request: size };
}

/** A component, or `lb@eu`: its copy there. */
function nameOf(input: StepsInput, text: string, span: Span): Named | undefined {
  const { context, scope, components, groups, file } = input;
  const [name = '', copy] = text.split('@');
  const nameSpan = copy === undefined ? span : { ...span, end: span.start + name.length };
  const found = scope.resolve(name, file, nameSpan, ['component'], 'a component');
  const component = found && components.get(found.id);
  if (!component) return undefined;
  if (copy === undefined) return { component };
  const copySpan = { ...span, start: span.start + name.length + 1 };
  const places = stampOf(groups, component.group)?.across ?? [];
  if (!places.includes(copy)) {
    const near = suggestion(copy, places, copySpan);
    const what =
      places.length === 0 ? `${name} has no copies: it stands in no group with across` : `${name} has copies in ${places.join(', ')}`;
    context.report(
      'invalid-placement',
      copySpan,
      `there is no copy of ${name} in ${copy}: ${what}`,
      near.fixes ? { fixes: near.fixes } : {},
    );
    return { component };
  }
  context.refer(copySpan, copy);
  return { component, copy };
}

function readModifiers(input: StepsInput, nodes: readonly Modifier[]): Modifiers {
  const { context, values, file } = input;
  const modifiers: Modifiers = { optional: false };
  const seen = new Set<string>();
  for (const node of nodes) {
    if (seen.has(node.$type)) context.report('invalid-step', spanOf(node), 'this modifier is given twice in the step');
    seen.add(node.$type);
    switch (node.$type) {
      case 'When':
      case 'Times': {
        const expression = node.$type === 'When' ? node.share : node.count;
        const value = expression && values.expression(file, expression);
        if (!value) break;
        const problem = modifierProblem(node.$type, value);
        if (problem)
          context.report(isCount(value.dimension) ? 'invalid-step' : 'unit-mismatch', spanFrom(node, offsetsOf(expression)), problem);
        else if (node.$type === 'When') modifiers.when = value;
        else modifiers.times = value;
        break;
      }
      case 'OnMiss':
        modifiers.miss = { node, file };
        break;
      case 'Optional':
        modifiers.optional = true;
        break;
      case 'Requires': {
        if (node.level === undefined) break;
        const level = CONSISTENCIES.find((c) => c === node.level);
        if (level) modifiers.requires = level;
        else {
          const span = spanOfPart(node, 'level');
          const near = suggestion(node.level, CONSISTENCIES, span);
          context.report(
            'invalid-value',
            span,
            `a step requires ${CONSISTENCIES.join(', ')}; found ${node.level}${near.text}`,
            near.fixes ? { fixes: near.fixes } : {},
          );
        }
      }
    }
  }
  return modifiers;
}

function modifierProblem(type: 'When' | 'Times', value: Quantity): string | undefined {
  const word = type === 'When' ? 'when' : 'times';
  if (!isCount(value.dimension)) {
    return `${word} takes ${type === 'When' ? 'a share, such as 10%' : 'a number, such as 200'}; ${value.text} is ${dimensionName(value.dimension)}`;
  }
  if (value.value < 0) return `${word} takes no negative number: ${value.text}`;
  if (type === 'When' && value.value > 1)
    return `when takes a share of at most 100%; for more than once per request say times ${value.text}`;
  return undefined;
}

/** Kinds that may answer from what they hold. */
const holdsCopies = (component: Component | undefined): boolean =>
  component?.kind === 'cache' || component?.kind === 'cdn' || component?.kind === 'gateway';

/** The cache whose misses a step takes: the nearest earlier read by this stop, else the source itself where it is one that caches. */
function missOf(
  input: StepsInput,
  hops: readonly Hop[],
  from: number,
  source: Component,
  at: At<Modifier & { $type: 'OnMiss' }>,
): Hop['miss'] | undefined {
  const { context, scope, components, stops, file } = input;
  const wanted =
    at.node.cache === undefined
      ? undefined
      : scope.resolve(at.node.cache, file, spanOfPart(at.node, 'cache'), ['component'], 'a cache')?.id;
  if (at.node.cache !== undefined && wanted === undefined) return undefined;
  for (const hop of hops.toReversed()) {
    if (hop.from !== from || hop.operation !== 'read') continue;
    const cache = hop.to
      .map((t) => components.get(stops.component(t.stop)))
      .find((c) => (wanted === undefined ? c?.kind === 'cache' : c?.id === wanted));
    if (cache) return { cache: cache.id, read: hop.index };
  }
  const itself = wanted === undefined ? holdsCopies(source) && source.properties.has('hit-ratio') : wanted === source.id;
  if (itself || (wanted === undefined && source.kind === 'cdn')) return { cache: source.id };
  const what = wanted === undefined ? `${source.id} reads no cache above` : `${source.id} does not read ${wanted} above`;
  context.report('invalid-step', spanOf(at.node), `on miss of what? ${what}: add a step such as ${source.id} -> ${wanted ?? 'CACHE'} read`);
  return undefined;
}
