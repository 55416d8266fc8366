import { COUNT, type Estimate, isFigure, known } from '@sysd/core';
import { compute, leaf, product } from '../figure/make.ts';
import type { FaultNode, FaultTree } from './fault-tree.ts';
import type { SingleFailurePass } from './single-failures.ts';

/** A failure that hits every request. */
export const ALL: Estimate = leaf('all requests', 1, COUNT);

/** Members of an at-least gate that an event takes with it. */
export function membersLost(pass: SingleFailurePass, node: FaultNode, event: number): number {
  if (node.gate.kind !== 'atleast') return 0;
  return node.gate.groups.reduce((n, g) => n + (pass.contains(g.shared, event) ? g.count : g.own.includes(event) ? 1 : 0), 0);
}

/** The greatest of several shares: they may be the same requests, so they do not add up. Unknown where a greater one may hide. */
export function greatest(shares: readonly Estimate[]): Estimate {
  let best: Estimate | undefined;
  let unknown: Estimate | undefined;
  for (const share of shares) {
    if (!isFigure(share)) unknown ??= share;
    else if ((known(best) ?? -1) < share.value) best = share;
  }
  return (known(best) ?? 0) >= 1 ? (best as Estimate) : (unknown ?? best ?? ALL);
}

/**
 * Share of a flow's requests that an event hits: the product of `when`, misses and alternatives along the failing path, times the share
 * of the shards, copies or unnoticed instances that fail. One pass over the nodes that the event makes fail; undefined for the others.
 * `shares` is a buffer that the result is written to.
 */
export function sharesHit(
  tree: FaultTree,
  pass: SingleFailurePass,
  event: number,
  shares: (Estimate | undefined)[] = [],
): readonly (Estimate | undefined)[] {
  for (let i = 0; i <= tree.top; i++) {
    const node = tree.nodes[i] as FaultNode;
    shares[i] = pass.contains(i, event) ? stepShare(node, gateShare(pass, node, event, shares)) : undefined;
  }
  return shares;
}

/** The share of a step's requests that fail, as a share of its source's. */
export function stepShare(node: FaultNode, below: Estimate): Estimate {
  if (!node.share) return below;
  if (known(below) === 1) return node.share;
  return product('share of requests', 'share of the step × share of what fails', [node.share, below]);
}

function gateShare(pass: SingleFailurePass, node: FaultNode, event: number, shares: readonly (Estimate | undefined)[]): Estimate {
  const { gate } = node;
  switch (gate.kind) {
    case 'never':
    case 'event':
      return ALL;
    case 'or':
    case 'oneof':
    case 'and': {
      const hit: Estimate[] = [];
      const weights: number[] = [];
      for (let i = 0; i < gate.inputs.length; i++) {
        const share = shares[gate.inputs[i] as number];
        if (!share) continue;
        hit.push(share);
        weights.push(gate.kind === 'or' ? 0 : (gate.shares?.[i] ?? 0));
      }
      if (gate.kind !== 'or' && gate.shares) return weighted(hit.map((share, i) => ({ share, weight: weights[i] ?? 0 })));
      return gate.kind === 'or' ? greatest(hit) : least(hit);
    }
    case 'atleast': {
      const r = node.redundancy;
      if (!r) return ALL;
      const isShared = gate.groups.some((g) => pass.contains(g.shared, event));
      const lost = membersLost(pass, node, event);
      const parts: Estimate[] = [];
      if (r.unnoticed && lost < r.total) parts.push(leaf(`${lost} of ${r.total} instances of ${r.component}`, lost / r.total, COUNT));
      if (r.shards > 1 && !isShared) parts.push(leaf(`one of ${r.shards} shards of ${r.component}`, 1 / r.shards, COUNT));
      const [only] = parts;
      if (only === undefined) return ALL;
      return parts.length === 1 ? only : product('share of requests', 'instances × shards', parts);
    }
  }
}

/** What fails only together: the least share. */
export function least(shares: readonly Estimate[]): Estimate {
  const unknown = shares.find((s) => !isFigure(s));
  if (unknown) return unknown;
  return shares.reduce((a, b) => ((known(b) ?? 1) < (known(a) ?? 1) ? b : a), ALL);
}

export function weighted(parts: readonly { share: Estimate; weight: number }[]): Estimate {
  const total = parts.reduce((n, p) => n + p.weight, 0);
  if (total >= 1 - 1e-12 && parts.every((p) => known(p.share) === 1)) return ALL;
  const inputs = parts.map((p) =>
    product('share', 'share of the alternative × share of what fails', [leaf('share of the alternative', p.weight, COUNT), p.share]),
  );
  return compute('share of requests', 'Σ share of the alternatives that fail', inputs, COUNT, (...v) => v.reduce((a, b) => a + b, 0));
}
