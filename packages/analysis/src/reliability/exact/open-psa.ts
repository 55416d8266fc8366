import type { BooleanDag, BooleanGate } from './boolean-dag.ts';

/** What things are called in a model. */
export interface Names {
  readonly tree: string;
  readonly top: string;
  gate(index: number): string;
  event(index: number): string;
  alternative(choice: number, index: number): string;
}

const NUMBERED: Names = {
  tree: 'flow',
  top: 'top',
  gate: (i) => `g${i}`,
  event: (e) => `e${e + 1}`,
  alternative: (choice, k) => `c${choice + 1}-${k + 1}`,
};

/**
 * The failure function as a model of the Open-PSA exchange format (version 2.0d), as SCRAM and XFTA read it. The top gate is `top`, gate
 * `g3` is node 3, basic event `e1` is event 0 of the DAG with its id as label; `c1-2` is the second alternative of choice 0, given that it
 * is not the first. Events without a probability in `q` have no expression: cut sets can be computed, probabilities cannot. A function with
 * choices is not coherent in their variables; print `forSomeRequest` of it for cut sets.
 */
export function openPsa(dag: BooleanDag, q: readonly (number | undefined)[] = [], title?: string): string {
  const { tree, definitions } = treeOf(dag, q, title, NUMBERED);
  return fileOf(
    [tree],
    definitions.map((d) => d.text),
  );
}

/** A whole model of fault trees and definitions of basic events. */
export function fileOf(trees: readonly string[], definitions: readonly string[]): string {
  const out = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<opsa-mef>',
    ...trees,
    '<model-data>',
    ...definitions,
    '</model-data>',
    '</opsa-mef>',
    '',
  ];
  return out.join('\n');
}

function usedNodes(dag: BooleanDag): number[] {
  const used = new Set<number>([dag.top]);
  for (let i = dag.top; i >= 0; i--) {
    const gate = dag.nodes[i] as BooleanGate;
    if (used.has(i) && 'inputs' in gate) for (const input of gate.inputs) used.add(input);
  }
  return [...used].sort((a, b) => a - b);
}

/** Events that the top is written with, ascending. */
export function usedEvents(dag: BooleanDag): number[] {
  return usedNodes(dag).flatMap((i) => {
    const gate = dag.nodes[i] as BooleanGate;
    return gate.kind === 'event' ? [gate.event] : [];
  });
}

/** A fault tree, and the definitions of its basic events by name. */
export function treeOf(
  dag: BooleanDag,
  q: readonly (number | undefined)[],
  title: string | undefined,
  names: Names,
): { readonly tree: string; readonly definitions: readonly { readonly key: string; readonly text: string }[] } {
  const ascending = usedNodes(dag);
  const out: string[] = [`<define-fault-tree name="${names.tree}">`];
  out.push(`<define-gate name="${names.top}">${title === undefined ? '' : label(title)}${reference(dag, dag.top, names)}</define-gate>`);
  for (const i of ascending.toReversed()) {
    const gate = dag.nodes[i] as BooleanGate;
    if ('inputs' in gate)
      out.push(`<define-gate name="${names.gate(i)}">${formula(dag, i, gate, names)}</define-gate>`, ...aliases(dag, i, gate, names));
  }
  out.push('</define-fault-tree>');
  const definitions: { key: string; text: string }[] = [];
  const define = (key: string, says: string, value: number | undefined) => definitions.push({ key, text: basicEvent(key, says, value) });
  const chosen = new Set<number>();
  for (const i of ascending) {
    const gate = dag.nodes[i] as BooleanGate;
    if (gate.kind === 'choice') chosen.add(gate.choice);
    if (gate.kind === 'event') define(names.event(gate.event), dag.events[gate.event]?.id ?? '', q[gate.event]);
  }
  for (const choice of [...chosen].sort((a, b) => a - b)) {
    let left = 1;
    (dag.choices[choice]?.shares ?? []).forEach((share, k) => {
      define(names.alternative(choice, k), `alternative ${k + 1}`, left <= 0 ? 0 : Math.min(1, share / left));
      left -= share;
    });
  }
  return { tree: out.join('\n'), definitions };
}

type Operator = Exclude<BooleanGate, { kind: 'constant' | 'event' }>;

/** An input that a gate has twice counts twice, but readers refuse it: from the second time on a gate of its own stands for it. */
const isRepeat = (gate: Operator, position: number): boolean =>
  gate.kind === 'atleast' && gate.inputs.indexOf(gate.inputs[position] as number) < position;

function aliases(dag: BooleanDag, index: number, gate: Operator, names: Names): string[] {
  return gate.inputs.flatMap((input, k) =>
    isRepeat(gate, k) ? [`<define-gate name="${names.gate(index)}-${k + 1}">${reference(dag, input, names)}</define-gate>`] : [],
  );
}

function formula(dag: BooleanDag, index: number, gate: Operator, names: Names): string {
  const inputs = gate.inputs.map((i, k) => (isRepeat(gate, k) ? `<gate name="${names.gate(index)}-${k + 1}"/>` : reference(dag, i, names)));
  if (gate.kind === 'atleast') return `<atleast min="${gate.least}">${inputs.join('')}</atleast>`;
  if (gate.kind === 'if') {
    const [condition, then, otherwise] = inputs;
    return `<or><and>${condition}${then}</and><and><not>${condition}</not>${otherwise}</and></or>`;
  }
  if (gate.kind !== 'choice') return `<${gate.kind}>${inputs.join('')}</${gate.kind}>`;
  const drawn = (k: number): string => `<basic-event name="${names.alternative(gate.choice, k)}"/>`;
  const parts = inputs.map((input, k) => {
    const before = Array.from({ length: k }, (_, j) => `<not>${drawn(j)}</not>`).join('');
    return `<and>${before}${drawn(k)}${input}</and>`;
  });
  return parts.length === 1 ? (parts[0] as string) : `<or>${parts.join('')}</or>`;
}

function reference(dag: BooleanDag, index: number, names: Names): string {
  const gate = dag.nodes[index] as BooleanGate;
  if (gate.kind === 'constant') return `<constant value="${gate.value}"/>`;
  return gate.kind === 'event' ? `<basic-event name="${names.event(gate.event)}"/>` : `<gate name="${names.gate(index)}"/>`;
}

function basicEvent(name: string, id: string, q: number | undefined): string {
  return `<define-basic-event name="${name}">${label(id)}${q === undefined ? '' : `<float value="${q}"/>`}</define-basic-event>`;
}

const label = (text: string): string => `<label>${escapeXml(text)}</label>`;

/** Characters that XML 1.0 does not allow at all become U+FFFD. */
function escapeXml(text: string): string {
  const allowed = text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD');
  return allowed
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&apos;');
}
