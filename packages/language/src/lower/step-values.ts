import {
  DATA,
  dimensionName,
  isCount,
  meantNumbers,
  meantPercentage,
  type Operation,
  parseQuantity,
  type Quantity,
  sameDimension,
  type Table,
} from '@sysd/core';
import { isName, isQuantity, type Name, type Target } from '../generated/ast.ts';
import { meantOperation } from '../parser/operation-names.ts';
import { type At, type Context, replaceFix, spanFrom, spanOf, suggestion } from './context.ts';
import { meantModifier } from './meant-modifiers.ts';
import { eitherFix } from './meant-values.ts';
import type { Scope } from './scope.ts';
import { type Expression, offsetsOf } from './spans.ts';
import type { Values } from './values.ts';

/** What stands behind a target: `tweet 2 KB`, `80%`, `8 B returns 2 KB`. */
export interface TargetValues {
  readonly share?: Quantity;
  readonly size?: Quantity;
  readonly answer?: Quantity;
  readonly table?: string;
  readonly query?: string;
  /** What a word that is neither operation nor table was meant for. */
  readonly operation?: Operation;
}

/** Tells share, table, query and size apart by what they are. Reports what is none of them, or given twice. */
export function readTargetValues(
  context: Context,
  scope: Scope,
  values: Values,
  at: At<Target>,
  store: string | undefined,
  alternative: boolean,
): TargetValues {
  const found: { -readonly [K in keyof TargetValues]: TargetValues[K] } = {};
  for (const [i, node] of at.node.values.entries()) {
    const span = spanFrom(node, offsetsOf(node));
    const before = at.node.values[i - 1];
    if (before && meantSize(scope, at, before, node)) continue;
    const meant = meantSize(scope, at, node, at.node.values[i + 1]);
    if (meant) {
      const whole = { ...span, end: spanOf(meant.word).end };
      const message = `${meant.word.name} is no unit; did you mean ${meant.sizes.map((size) => size.text).join(' or ')}?`;
      const fixes = eitherFix(
        whole,
        meant.sizes.map((size) => size.text ?? ''),
      );
      context.report('invalid-value', whole, message, { fixes });
      found.size ??= meant.sizes[0] as Quantity;
      continue;
    }
    const modifier = meantModifier(scope, at, at.node.values.slice(i, i + 4));
    if (modifier) {
      context.report('invalid-step', modifier.span, modifier.message, { fixes: eitherFix(modifier.span, modifier.meant) });
      // What stands behind it is part of it.
      return modifier.operation ? { ...found, operation: modifier.operation } : found;
    }
    const item = store === undefined ? undefined : itemOf(context, scope, at, node, store);
    if (item === 'unknown') continue;
    if (item && 'operation' in item) {
      found.operation ??= item.operation;
      continue;
    }
    if (item) {
      if (found.table ?? found.query) context.report('invalid-step', span, 'a step names one table or query');
      found[item.kind] = item.id;
      continue;
    }
    const value = values.expression(at.file, node);
    if (!value) continue;
    if (sameDimension(value.dimension, DATA)) {
      if (found.size) context.report('invalid-step', span, 'one size is enough; for request and answer say 8 B returns 2 KB');
      found.size = value;
    } else if (isCount(value.dimension) && alternative) {
      if (value.value > 1) {
        const percentage = meantPercentage(value);
        const fixes = percentage === undefined ? {} : { fixes: [replaceFix(`Change to ${percentage}`, span, percentage)] };
        const meant = percentage === undefined ? '' : `; did you mean ${percentage}?`;
        context.report('invalid-step', span, `a share is at most 100%: ${value.text}${meant}`, fixes);
      } else found.share = value;
    } else {
      const text = value.text ?? '';
      const modifiers = !isQuantity(node)
        ? []
        : text.endsWith('%')
          ? [`when ${text}`]
          : text.endsWith('x')
            ? [`times ${text.slice(0, -1)}`]
            : isCount(value.dimension)
              ? [`times ${text}`, `${text} KB`]
              : [];
      context.report(
        'unit-mismatch',
        span,
        `${value.text} is ${dimensionName(value.dimension)}, but a size is due here, such as 2 KB${isCount(value.dimension) ? '; for a share of the requests say when 10%, for repetitions times 5' : ''}`,
        modifiers.length > 0 ? { fixes: eitherFix(span, modifiers) } : {},
      );
    }
  }
  if (at.node.answer) {
    const answer = values.expression(at.file, at.node.answer);
    if (answer && !sameDimension(answer.dimension, DATA)) {
      context.report(
        'unit-mismatch',
        spanOf(at.node.answer),
        `${answer.text} is ${dimensionName(answer.dimension)}, but the size of the answer is due here`,
      );
    } else if (answer) found.answer = answer;
  }
  return found;
}

/** `1 kb`: a number and a word that is no table, where the unit that was meant gives a size. */
function meantSize(
  scope: Scope,
  at: At<Target>,
  number: Expression,
  word: Expression | undefined,
): { word: Name; sizes: Quantity[] } | undefined {
  if (!isQuantity(number) || !word || !isName(word) || word.call || scope.find(word.name, at.file, ['let', 'flow'])) return undefined;
  const sizes = meantNumbers(`${number.value} ${word.name}`, [DATA]).flatMap(({ meant }) => {
    const size = parseQuantity(meant);
    return size.ok ? [size.value] : [];
  });
  return sizes.length > 0 ? { word, sizes } : undefined;
}

/** A bare name behind a target is a table or query of it, unless a let has that name. */
function itemOf(
  context: Context,
  scope: Scope,
  at: At<Target>,
  node: Expression,
  store: string,
): { kind: 'table' | 'query'; id: string } | { operation: Operation } | 'unknown' | undefined {
  if (!isName(node) || node.call) return undefined;
  const { file } = at;
  const found = scope.find(`${store}.${node.name}`, file, ['table', 'query']);
  const span = spanOf(node);
  if (found) {
    context.refer(span, found.id);
    return { kind: found.kind as 'table' | 'query', id: found.id };
  }
  if (scope.find(node.name, file, ['let', 'flow']) || node.name.includes('.')) return undefined;
  const items = (scope.content(store)?.unit?.declares ?? []).filter((d) => d.kind === 'table' || d.kind === 'query');
  const near = suggestion(
    node.name,
    items.map((d) => d.name),
    span,
  );
  const operation = at.node.operation === undefined && near.text === '' ? meantOperation(node.name) : undefined;
  if (operation) {
    context.report(
      'unknown-name',
      span,
      `${node.name} is no operation, and ${store} has no table or query of that name; did you mean ${operation}?`,
      {
        fixes: [replaceFix(`Change to ${operation}`, span, operation)],
      },
    );
    return { operation };
  }
  const has =
    items.length > 0
      ? `; it has ${items.map((d) => d.name).join(', ')}`
      : `, nor any other: declare it in the braces of ${store} (table ${node.name} { row: 1 KB }), or leave the name out`;
  const what = near.text || has;
  context.report('unknown-name', span, `${store} has no table or query ${node.name}${what}`, near.fixes ? { fixes: near.fixes } : {});
  return 'unknown';
}

/** The size of a row of the table that a step names; undefined where it is not said. */
export function rowOf(tables: readonly Table[], id: string | undefined): Quantity | undefined {
  const table = id === undefined ? undefined : tables.find((t) => t.id === id);
  return table?.properties.get('row')?.value as Quantity | undefined;
}

/**
 * Shares of the alternatives `b 80% | c 20%`: those not given split what is left evenly; all given must sum to 100 %.
 */
export function sharesOf(context: Context, given: readonly (Quantity | undefined)[], at: At): number[] {
  const sum = given.reduce((total, q) => total + (q?.value ?? 0), 0);
  const open = given.filter((q) => q === undefined).length;
  const wrong = open === 0 ? Math.abs(sum - 1) > 1e-6 : sum > 1 + 1e-9;
  if (wrong) {
    context.report('invalid-step', spanOf(at.node), `the shares of the alternatives sum to ${Math.round(sum * 1e4) / 100}%, not to 100%`);
    return given.map(() => 1 / given.length);
  }
  return given.map((q) => q?.value ?? (1 - sum) / open);
}
