import { type Design, type FailTarget, isCount, parseQuantity, type Span } from '@sysd/core';
import type { FailTarget as FailNode } from '../generated/ast.ts';
import { NAMES_NOTHING, readTargets } from './fail-arguments.ts';

/** A design with failures in it that were asked for by the ids of its elements. */
export interface FailedIn {
  /** The design with what it has of them added to its `failed`; everything else in it is the same. */
  readonly design: Design;
  /** By text, in the order asked: what it names. */
  readonly found: ReadonlyMap<string, readonly FailTarget[]>;
  /** What the design does not have (any more), and why it is left out, in words. */
  readonly missing: readonly { readonly text: string; readonly reason: string }[];
}

/**
 * Fails elements of a design that has been lowered: the design is that of `--fail` with the same texts, without lowering it again. For hosts that
 * show a design and let people point at what fails: they know ids, so that what a name means to a file is not asked.
 * @param texts as after `fail` in a scenario: `us.a`, `api 2`, `lb@eu`
 */
export function failedIn(design: Design, texts: readonly string[]): FailedIn {
  const found = new Map<string, readonly FailTarget[]>();
  const missing: { text: string; reason: string }[] = [];
  for (const text of new Set(texts)) {
    const { span, targets } = readTargets(text);
    const named = targets?.map((node) => targetIn(design, node, span));
    const problem = named?.length === 1 ? named.find((t) => typeof t === 'string') : NAMES_NOTHING;
    if (typeof problem === 'string') missing.push({ text, reason: problem });
    else found.set(text, (named ?? []) as FailTarget[]);
  }
  const failed = [...found.values()].flat();
  return { design: failed.length === 0 ? design : { ...design, failed: [...design.failed, ...failed] }, found, missing };
}

/** What is failed, or why there is no such thing. */
function targetIn(design: Design, { name = '', count }: FailNode, span: Span): FailTarget | string {
  const [element = '', copy] = name.split('@');
  const component = design.components.get(element);
  if (component?.kind === 'client') return `${element} is a client: who asks never fails, only what is asked`;
  if (!component && !design.places.has(element)) return `the design has no ${element}`;
  if (copy !== undefined && !component?.copies.some((c) => c.place === copy)) return `there is no copy of ${element} in ${copy}`;
  const number = count === undefined ? undefined : parseQuantity(count);
  if (!number) return { element, ...(copy === undefined ? {} : { copy }), span };
  if (!component) return `only of a component some instances can fail; ${element} is a place`;
  if (!number.ok || !isCount(number.value.dimension) || !Number.isInteger(number.value.value) || number.value.value <= 0)
    return `${count} is no number of instances`;
  return { element, instances: number.value.value, ...(copy === undefined ? {} : { copy }), span };
}
