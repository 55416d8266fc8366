import type { BooleanDag } from './boolean-dag.ts';

/** The probability lies between these two. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

interface Interval extends Bounds {
  /** Depends on what a request has drawn; then the function is not monotone in all its variables. */
  readonly drawn: boolean;
}

/**
 * Bounds of the probability of the top in one pass, for where the exact value takes too many nodes. Monotone functions of independent events
 * are associated (J. D. Esary, F. Proschan, D. W. Walkup, 1967): P(∧) ≥ Π P and P(∨) ≤ 1 − Π(1 − P); always P(∧) ≤ min P and P(∨) ≥ max P
 * (M. Fréchet), from which those of `if` follow. At least k of n: Markov's inequality on the number that fail, and on the number that do not.
 */
export function probabilityBounds(dag: BooleanDag, q: readonly number[]): Bounds {
  const at: Interval[] = [];
  for (const gate of dag.nodes) {
    const inputs = 'inputs' in gate ? gate.inputs.map((i) => at[i] as Interval) : [];
    switch (gate.kind) {
      case 'constant':
        at.push({ low: gate.value ? 1 : 0, high: gate.value ? 1 : 0, drawn: false });
        break;
      case 'event':
        at.push({ low: q[gate.event] ?? 0, high: q[gate.event] ?? 0, drawn: false });
        break;
      case 'or':
        at.push(orOf(inputs));
        break;
      case 'and':
        at.push(complement(orOf(inputs.map(complement))));
        break;
      case 'atleast': {
        const [n, k] = [inputs.length, gate.least];
        const low = (inputs.reduce((a, i) => a + i.low, 0) - (k - 1)) / (n - k + 1);
        const high = inputs.reduce((a, i) => a + i.high, 0) / k;
        at.push({ low: clamp(low), high: clamp(high), drawn: inputs.some((i) => i.drawn) });
        break;
      }
      case 'if': {
        const [c, then, otherwise] = inputs as [Interval, Interval, Interval];
        const low = Math.max(0, c.low + then.low - 1) + Math.max(0, otherwise.low - c.high);
        const high = Math.min(c.high, then.high) + Math.min(1 - c.low, otherwise.high);
        at.push({ low: clamp(low), high: clamp(high), drawn: inputs.some((i) => i.drawn) });
        break;
      }
      case 'choice': {
        const shares = dag.choices[gate.choice]?.shares ?? [];
        let [low, high] = [0, 0];
        inputs.forEach((input, i) => {
          const share = shares[i] ?? 0;
          // What has drawn already may have drawn the same: then only that the two go together at most and at least so often.
          low += input.drawn ? Math.max(0, input.low + share - 1) : share * input.low;
          high += input.drawn ? Math.min(share, input.high) : share * input.high;
        });
        at.push({ low: clamp(low), high: clamp(high), drawn: true });
        break;
      }
    }
  }
  const { low, high } = at[dag.top] as Interval;
  return { low, high };
}

function orOf(inputs: readonly Interval[]): Interval {
  const drawn = inputs.some((i) => i.drawn);
  const low = Math.max(0, ...inputs.map((i) => i.low));
  const independent = 1 - inputs.reduce((a, i) => a * (1 - i.high), 1);
  const sum = inputs.reduce((a, i) => a + i.high, 0);
  return { low, high: drawn ? clamp(sum) : Math.max(low, independent), drawn };
}

const complement = (i: Interval): Interval => ({ low: 1 - i.high, high: 1 - i.low, drawn: i.drawn });

const clamp = (p: number): number => Math.min(1, Math.max(0, p));
