import type { Component, ElementId, Hop, HopTarget, Operation, Quantity } from '@sysd/core';
import { type Hop as HopNode, type Item, isElse, isParallel, isStep, type Step, type Target } from '../generated/ast.ts';
import { missOf } from './cache-misses.ts';
import { type At, silent, spanOf, spanOfPart } from './context.ts';
import { type Modifiers, readModifiers } from './modifiers.ts';
import { operationOf, type ReadOperation } from './operations.ts';
import { bodyOf } from './statements.ts';
import { type Named, nameOf } from './step-names.ts';
import { readTargetValues, rowOf, sharesOf, type TargetValues } from './step-values.ts';
import type { StepsInput } from './steps-input.ts';

/** Reads the steps of a flow into hops, in text order. */
export function lowerSteps(input: StepsInput, items: readonly Item[]): Hop[] {
  const hops: Hop[] = [];
  let parallels = 0;

  const read = (item: Item, parallel: number | undefined): void => {
    if (isStep(item)) readLine(input, hops, item, { ...(parallel === undefined ? {} : { parallel }), fallback: false });
    else if (isElse(item)) {
      if (item.step) readLine(input, hops, item.step, { ...(parallel === undefined ? {} : { parallel }), fallback: true });
    } else if (isParallel(item)) {
      const number = parallels++;
      for (const child of bodyOf(item)) read(child, number);
    } else if (item.$type === 'Component') {
      const { kind, name } = item;
      // Without a name (`api --> db`) the parser has said what is wrong.
      if (name === undefined) return;
      input.context.report(
        'misplaced-statement',
        spanOf(item),
        `a flow consists of steps: is an arrow missing (${kind} -> ${name}), or a } above?`,
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
function readLine(input: StepsInput, hops: Hop[], line: Step, options: LineOptions): void {
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
  const replaced = options.fallback ? stepAbove(input, hops, source)?.index : undefined;
  if (options.fallback && replaced === undefined) {
    context.report(
      'invalid-step',
      spanOfPart(at.node, 'source'),
      `else is the fallback of the step above from the same component, but ${source} has none`,
    );
  }
  const from = replaced === undefined ? start : (hops[replaced]?.from ?? start);
  readChain(input, hops, at, { ...options, from, modifiers, ...(replaced === undefined ? {} : { replaced }) });
}

/** The nearest step above with that source, also inside of a chain. A look-up is no step. */
function stepAbove({ stops }: StepsInput, hops: readonly Hop[], source: ElementId): Hop | undefined {
  return hops.findLast((hop) => !hop.lookup && stops.component(hop.from) === source);
}

interface ChainOptions extends LineOptions {
  readonly from: number;
  readonly modifiers: Modifiers;
  readonly replaced?: number;
}

/**
 * In a chain modifiers hold for the line (its first hop; the rest follows), the operation for the last hop, the size for every hop. A dns or
 * registry is looked up, not passed through: the chain goes on from where it was.
 */
function readChain(input: StepsInput, hops: Hop[], at: At<Step>, options: ChainOptions): void {
  const last = at.node.hops.at(-1);
  const lineSize = last ? lineSizeOf(input, last) : undefined;
  let sources = [options.from];
  for (const node of at.node.hops) {
    const isLast = node === last;
    const next: number[] = [];
    let lookup = false;
    input.stops.close(sources);
    for (const from of sources) {
      const first = from === options.from;
      const hop = readHop(input, hops, at, node, { from, first, isLast, lineSize, options });
      if (!hop) return;
      hops.push(hop);
      if (hop.lookup) lookup = true;
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
  const reached: { at: At<Target>; named: Named; values: TargetValues }[] = [];
  for (const target of node.targets) {
    if (target.name === undefined) continue;
    const at = { node: target, file };
    const named = nameOf(input, target.name, spanOfPart(at.node, 'name'));
    if (!named) continue;
    const values = readTargetValues(context, input.scope, input.values, at, named.component.id, node.targets.length > 1);
    reached.push({ at, named, values });
  }
  const meant = reached.find((t) => t.values.operation !== undefined)?.values.operation;
  const targets = reached.map((t) => ({ ...t, operation: operationOf(context, t.at, source, t.named.component, { hop: node, meant }) }));
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
    input.uses.push({ hop: index, from: source.id, to: t.named.component.id, sync: node.arrow === '->', span: spanOf(line.node) });
  const speaks = targets.find((t) => t.operation.given) ?? main;
  const { operation } = speaks;
  checkAlternatives(context, targets, operation);
  // What they reach and its size may stand behind any of the alternatives.
  const named = (targets.find((t) => itemOf(t.values) !== undefined) ?? main).values;
  const sized = targets.findLast((t) => t.values.size ?? t.values.answer) ?? targets.find((t) => itemOf(t.values) !== undefined) ?? main;
  const { modifiers } = o.options;
  const size = operation.lookup ? {} : { ...o.lineSize, ...ownSize(o, sized.values, operation.operation, sized.named.component) };
  const miss = o.first && modifiers.miss && !operation.lookup ? missOf(input, o.from, source, modifiers.miss) : undefined;
  const hop: Hop = {
    index,
    from: o.from,
    to,
    sync: node.arrow === '->',
    operation: operation.operation,
    operationGiven: operation.given,
    ...(named.table === undefined ? {} : { table: named.table }),
    ...(named.query === undefined ? {} : { query: named.query }),
    ...size,
    ...(o.first && modifiers.when ? { when: modifiers.when } : {}),
    ...(o.first && modifiers.times && !operation.lookup ? { times: modifiers.times } : {}),
    ...(o.first && modifiers.max && !operation.lookup ? { max: modifiers.max } : {}),
    ...(miss ? { miss } : {}),
    optional: o.first && modifiers.optional,
    ...(o.first && o.options.replaced !== undefined ? { fallbackOf: o.options.replaced } : {}),
    ...(o.first && o.options.parallel !== undefined ? { parallel: o.options.parallel } : {}),
    lookup: operation.lookup,
    ...(modifiers.requires && !operation.lookup ? { requires: modifiers.requires } : {}),
    span,
    lineSpan: spanOf(line.node),
  };
  input.reads.add(
    hop,
    targets.map((t) => t.named.component),
  );
  return hop;
}

const itemOf = ({ table, query }: TargetValues): string | undefined => table ?? query;

/** Alternatives are one step: one operation, one size and one table hold for all of them. */
function checkAlternatives(
  context: StepsInput['context'],
  targets: readonly { readonly at: At<Target>; readonly values: TargetValues; readonly operation: ReadOperation }[],
  { operation }: ReadOperation,
): void {
  const first = targets.find((t) => t.values.size ?? t.values.answer)?.values;
  const reached = targets.find((t) => itemOf(t.values) !== undefined)?.values;
  for (const { at, values, operation: own } of targets) {
    const otherSize =
      (values.size ?? values.answer) && (values.size?.value !== first?.size?.value || values.answer?.value !== first?.answer?.value);
    if (own.given && own.operation !== operation) {
      const message = `alternatives are one step, here ${operation}: ${own.operation} needs a step of its own, with when and its share`;
      context.report('invalid-step', spanOfPart(at.node, 'operation'), message);
    } else if (reached && itemOf(values) !== undefined && itemOf(values) !== itemOf(reached)) {
      const message = `alternatives are one step with one table or query, here ${itemOf(reached)}: ${itemOf(values)} needs a step of its own, with when and its share`;
      context.report('invalid-step', spanOf(at.node), message);
    } else if (otherSize) {
      const message = 'alternatives are one step with one size: for another size write a step of its own, with when and its share';
      context.report('invalid-step', spanOf(at.node), message);
    }
  }
}

interface Sizes {
  readonly request?: Quantity;
  readonly answer?: Quantity;
}

/** Size of the line as its last hop gives it, behind any of its alternatives: of the answer if that is a read, else of the request; `8 B returns 2 KB` gives both. */
function lineSizeOf(input: StepsInput, last: HopNode): Sizes | undefined {
  const several = last.targets.length > 1;
  const read = last.targets.some((t) => t.operation === 'read');
  for (const node of last.targets.toReversed()) {
    const sizes = sizesOf(
      readTargetValues(silent(input.context), input.scope, input.values, { node, file: input.file }, node.name, several),
      read,
    );
    if (sizes.request ?? sizes.answer) return sizes;
  }
  return undefined;
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
