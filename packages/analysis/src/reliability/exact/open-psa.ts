import type { BooleanDag, BooleanGate } from './boolean-dag.ts';

/**
 * The failure function as a model of the Open-PSA exchange format (version 2.0d), as SCRAM and XFTA read it. The top gate is `top`, gate
 * `g3` is node 3, basic event `e1` is event 0 of the DAG with its id as label; `c1-2` is the second alternative of choice 0, given that it
 * is not the first. Events without a probability in `q` have no expression: cut sets can be computed, probabilities cannot. A function with
 * choices is not coherent in their variables; print `forSomeRequest` of it for cut sets.
 */
export function openPsa(dag: BooleanDag, q: readonly (number | undefined)[] = [], title?: string): string {
  const used = new Set<number>([dag.top]);
  for (let i = dag.top; i >= 0; i--) {
    const gate = dag.nodes[i] as BooleanGate;
    if (used.has(i) && 'inputs' in gate) for (const input of gate.inputs) used.add(input);
  }
  const ascending = [...used].sort((a, b) => a - b);
  const out: string[] = ['<?xml version="1.0" encoding="UTF-8"?>', '<opsa-mef>', '<define-fault-tree name="flow">'];
  out.push(`<define-gate name="top">${title === undefined ? '' : label(title)}${reference(dag, dag.top)}</define-gate>`);
  for (const i of ascending.toReversed()) {
    const gate = dag.nodes[i] as BooleanGate;
    if ('inputs' in gate) out.push(`<define-gate name="g${i}">${formula(dag, i, gate)}</define-gate>`, ...aliases(dag, i, gate));
  }
  out.push('</define-fault-tree>', '<model-data>');
  const chosen = new Set<number>();
  for (const i of ascending) {
    const gate = dag.nodes[i] as BooleanGate;
    if (gate.kind === 'choice') chosen.add(gate.choice);
    if (gate.kind !== 'event') continue;
    out.push(basicEvent(`e${gate.event + 1}`, dag.events[gate.event]?.id ?? '', q[gate.event]));
  }
  for (const choice of [...chosen].sort((a, b) => a - b)) {
    let left = 1;
    (dag.choices[choice]?.shares ?? []).forEach((share, k) => {
      const chance = left <= 0 ? 0 : Math.min(1, share / left);
      out.push(basicEvent(`c${choice + 1}-${k + 1}`, `alternative ${k + 1}`, chance));
      left -= share;
    });
  }
  out.push('</model-data>', '</opsa-mef>', '');
  return out.join('\n');
}

type Operator = Exclude<BooleanGate, { kind: 'constant' | 'event' }>;

/** An input that a gate has twice counts twice, but readers refuse it: from the second time on a gate of its own stands for it. */
const isRepeat = (gate: Operator, position: number): boolean =>
  gate.kind === 'atleast' && gate.inputs.indexOf(gate.inputs[position] as number) < position;

function aliases(dag: BooleanDag, index: number, gate: Operator): string[] {
  return gate.inputs.flatMap((input, k) =>
    isRepeat(gate, k) ? [`<define-gate name="g${index}-${k + 1}">${reference(dag, input)}</define-gate>`] : [],
  );
}

function formula(dag: BooleanDag, index: number, gate: Operator): string {
  const inputs = gate.inputs.map((i, k) => (isRepeat(gate, k) ? `<gate name="g${index}-${k + 1}"/>` : reference(dag, i)));
  if (gate.kind === 'atleast') return `<atleast min="${gate.least}">${inputs.join('')}</atleast>`;
  if (gate.kind === 'if') {
    const [condition, then, otherwise] = inputs;
    return `<or><and>${condition}${then}</and><and><not>${condition}</not>${otherwise}</and></or>`;
  }
  if (gate.kind !== 'choice') return `<${gate.kind}>${inputs.join('')}</${gate.kind}>`;
  const drawn = (k: number): string => `<basic-event name="c${gate.choice + 1}-${k + 1}"/>`;
  const parts = inputs.map((input, k) => {
    const before = Array.from({ length: k }, (_, j) => `<not>${drawn(j)}</not>`).join('');
    return `<and>${before}${drawn(k)}${input}</and>`;
  });
  return parts.length === 1 ? (parts[0] as string) : `<or>${parts.join('')}</or>`;
}

function reference(dag: BooleanDag, index: number): string {
  const gate = dag.nodes[index] as BooleanGate;
  if (gate.kind === 'constant') return `<constant value="${gate.value}"/>`;
  return gate.kind === 'event' ? `<basic-event name="e${gate.event + 1}"/>` : `<gate name="g${index}"/>`;
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
