import {
  type Dimension,
  interval,
  isCount,
  isProperty as isPropertyName,
  type Phrase,
  parseQuantity,
  propertySchema,
  type Quantity,
} from '@sysd/core';
import { type AstNode, AstUtils } from 'langium';
import {
  isBinaryExpression,
  isComponent,
  isExpect,
  isFlow,
  isHop,
  isLet,
  isProperty,
  isQuantity,
  isScenario,
  isStep,
  isTable,
  isTechnology,
  isView,
  type Property,
} from '../generated/ast.ts';
import { type Expression, offsetsOf, sourceText } from './spans.ts';

/** A range that the author wrote where a number may stand: a 90 % interval of something that is not known better. */
export interface UncertainInput {
  /** What it is of: `users.daily-active`, a let, `PostTweet: api -> media`. Different for each. */
  readonly name: string;
  /** As written: `80M..120M`. */
  readonly text: string;
  readonly low: number;
  readonly high: number;
  readonly dimension: Dimension;
  /** A part of a whole, from 0 to 1: written with % and not above 100 %. */
  readonly share: boolean;
  /** What the property that it is the value of may be; inclusive, in base units. */
  readonly least?: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** A range with its node. */
export interface Range {
  readonly input: UncertainInput;
  readonly node: AstNode;
}

/** The ranges in the text of a declaration, in text order; of a scenario none: only what it sets counts, and only where it is applied. */
export function rangesIn(root: AstNode): Range[] {
  if (isScenario(root) || isExpect(root) || isView(root)) return [];
  return rangesBelow(root);
}

/** The ranges in a property statement or declaration, in text order. */
export function rangesBelow(root: AstNode): Range[] {
  const found: Range[] = [];
  for (const node of AstUtils.streamAst(root)) {
    const quantity = rangeOf(node);
    if (quantity?.low === undefined || quantity.high === undefined || quantity.low === quantity.high) continue;
    const property = AstUtils.getContainerOfType(node, isProperty);
    const phrase = property && phraseOf(property);
    // `autoscale: 40..200` means both of its numbers.
    if (phrase && holdsRange(phrase)) continue;
    const text = sourceText(node, offsetsOf(node)).replace(/\s+/g, ' ');
    const share = isCount(quantity.dimension) && text.includes('%') && quantity.low >= 0 && quantity.high <= 1;
    const { low, high, dimension } = quantity;
    found.push({
      node,
      input: { name: nameOf(node), text, low, high, dimension, share, ...(phrase && isWhole(node, property) ? boundsOf(phrase) : {}) },
    });
  }
  return found;
}

/** The range that a node is by itself; not one of names or of expressions. */
function rangeOf(node: AstNode): Quantity | undefined {
  if (isQuantity(node) && node.value.includes('..')) {
    const parsed = parseQuantity(node.value);
    return parsed.ok ? parsed.value : undefined;
  }
  if (!isBinaryExpression(node) || node.operator !== '..' || !isQuantity(node.left) || !isQuantity(node.right)) return undefined;
  const [left, right] = [parseQuantity(node.left.value), parseQuantity(node.right.value)];
  const ends = left.ok && right.ok ? interval(left.value, right.value) : undefined;
  return ends?.ok ? ends.value : undefined;
}

function phraseOf({ name }: Property): Phrase | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return isPropertyName(last) ? propertySchema(last).phrase : undefined;
}

function holdsRange(phrase: Phrase): boolean {
  switch (phrase.kind) {
    case 'range':
      return true;
    case 'list':
      return holdsRange(phrase.of);
    case 'choice':
      return phrase.of.some(holdsRange);
    case 'record':
      return phrase.parts.some((p) => p.phrase !== undefined && holdsRange(p.phrase));
    default:
      return false;
  }
}

/** Whether the range leads the value of its property and is no part of an expression: then the bounds of the property are its own. */
const isWhole = (node: AstNode, property: Property | undefined): boolean => property?.values[0]?.terms[0] === node;

function boundsOf(phrase: Phrase): Pick<UncertainInput, 'least' | 'most' | 'whole'> {
  if (phrase.kind === 'record') return phrase.parts[0]?.phrase ? boundsOf(phrase.parts[0].phrase) : {};
  if (phrase.kind === 'list') return boundsOf(phrase.of);
  if (phrase.kind === 'choice') return phrase.of[0] ? boundsOf(phrase.of[0]) : {};
  if (phrase.kind !== 'quantity') return {};
  const { least, most, whole } = phrase;
  return { ...(least === undefined ? {} : { least }), ...(most === undefined ? {} : { most }), ...(whole ? { whole } : {}) };
}

/** What the number at a node is of. */
function nameOf(node: AstNode): string {
  const owners: string[] = [];
  for (let at: AstNode | undefined = node; at; at = at.$container) {
    if (isLet(at)) return at.name;
    if (isProperty(at)) owners.unshift(at.name);
    else if (isStep(at)) {
      const hop = AstUtils.getContainerOfType(node, isHop) ?? at.hops.at(-1);
      owners.unshift(`${at.source} ${hop?.arrow ?? '->'} ${hop?.targets.map((t) => t.name).join(' | ') ?? ''}`);
    } else if (isFlow(at)) return owners.length > 0 ? `${at.name}: ${owners.join('.')}` : `${at.name}.at`;
    else if (isComponent(at) || isTable(at) || isTechnology(at)) owners.unshift(at.name);
    else if ('name' in at && typeof at.name === 'string' && at.$type === 'Place') owners.unshift(at.name);
  }
  return owners.join('.');
}

/** The ranges with names that differ: where two have the same, their texts follow, and then their numbers. */
export function withNames(ranges: readonly Range[]): Range[] {
  const counts = new Map<string, number>();
  const count = (name: string): number => {
    const n = (counts.get(name) ?? 0) + 1;
    counts.set(name, n);
    return n;
  };
  for (const { input } of ranges) count(input.name);
  const twice = new Set([...counts].flatMap(([name, n]) => (n > 1 ? [name] : [])));
  counts.clear();
  return ranges.map((range) => {
    const { name, text } = range.input;
    if (!twice.has(name)) return range;
    const longer = `${name} (${text})`;
    const n = count(longer);
    return { ...range, input: { ...range.input, name: n > 1 ? `${longer} ${n}` : longer } };
  });
}

/** Numbers that stand for ranges while a design is lowered, by the node of the range. */
export type Chosen = ReadonlyMap<AstNode, number>;

/** A quantity with the number that was chosen for it, if one was: a range of that number alone, which need not be whole where others must. */
export function chosenFor(chosen: Chosen, node: Expression, quantity: Quantity): Quantity {
  const value = chosen.get(node);
  return value === undefined ? quantity : { ...quantity, value, low: value, high: value };
}
