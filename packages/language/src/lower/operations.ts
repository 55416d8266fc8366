import { aKind, BROKERS, type Component, type Fix, LOOKED_UP, type Operation, type Span, STORES } from '@sysd/core';
import type { Hop as HopNode, Target } from '../generated/ast.ts';
import { type At, type Context, replaceFix, spanOfPart } from './context.ts';

export interface ReadOperation {
  readonly operation: Operation;
  readonly given: boolean;
  /** A look-up, not passed through. */
  readonly lookup: boolean;
}

const STORE_OPERATIONS = 'read, write or update';

interface Hop {
  readonly hop: HopNode;
  /** What a word that is no operation was meant for, which has been reported. */
  readonly meant: Operation | undefined;
}

/** The operation of a hop: as written, or what follows from the kinds. Reports one that does not fit. */
export function operationOf(context: Context, at: At<Target>, source: Component, target: Component, { hop, meant }: Hop): ReadOperation {
  // In `b | c read 2 KB` the operation is that of all alternatives.
  const speaks = at.node.operation === undefined ? hop.targets.find((t) => t.operation !== undefined) : at.node;
  const written = speaks?.operation as Operation | undefined;
  if (meant && written === undefined && !LOOKED_UP.includes(target.kind)) return { operation: meant, given: true, lookup: false };
  if (!speaks || written === undefined) return defaultOperation(context, at, source, target);
  const span = spanOfPart(speaks, 'operation');
  if (written === 'call' && STORES.includes(target.kind)) {
    report(context, span, `${target.id} is ${aKind(target.kind)}: say what the call does, ${STORE_OPERATIONS}`, [
      replaceFix('Change to read', span, 'read'),
      { title: 'Change to write', edits: [{ kind: 'replace', span, text: 'write' }] },
    ]);
  } else if (BROKERS.includes(target.kind) && written !== 'publish' && written !== 'consume') {
    report(context, span, `one publishes to ${aKind(target.kind)}: ${written} is not said of ${target.id}`, [
      replaceFix('Change to publish', span, 'publish'),
    ]);
  } else if (written === 'publish' && !BROKERS.includes(target.kind)) {
    report(context, span, `publish is for queues and streams: ${target.id} is ${aKind(target.kind)}`, []);
  } else if (written === 'consume' && !BROKERS.includes(source.kind) && !BROKERS.includes(target.kind)) {
    report(context, span, `consume is for messages from a queue or stream: ${source.id} is ${aKind(source.kind)}`, []);
  }
  return { operation: written, given: true, lookup: false };
}

function defaultOperation(context: Context, at: At<Target>, source: Component, target: Component): ReadOperation {
  if (LOOKED_UP.includes(target.kind)) return { operation: 'resolve', given: false, lookup: true };
  if (BROKERS.includes(target.kind)) return { operation: 'publish', given: false, lookup: false };
  if (BROKERS.includes(source.kind)) return { operation: 'consume', given: false, lookup: false };
  if (STORES.includes(target.kind)) {
    const span = spanOfPart(at.node, 'name');
    report(context, span, `${target.id} is ${aKind(target.kind)}: say what the step does there, ${STORE_OPERATIONS}`, [
      replaceFix(`Read from ${target.id}`, span, `${at.node.name} read`),
      { title: `Write to ${target.id}`, edits: [{ kind: 'replace', span, text: `${at.node.name} write` }] },
    ]);
  }
  return { operation: 'call', given: false, lookup: false };
}

function report(context: Context, span: Span, message: string, fixes: readonly Fix[]): void {
  context.report('invalid-step', span, message, fixes.length > 0 ? { fixes } : {});
}
