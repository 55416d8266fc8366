import { COUNT, type Design, type Estimate, notEstimated } from '@sysd/core';
import { leaf } from '../../figure/make.ts';
import type { FaultNode, FaultTree } from '../fault-tree.ts';
import { ALL, greatest, least, stepShare, weighted } from '../share.ts';
import { membersDown } from './causes.ts';

/**
 * Per node of a flow's tree: the share of the requests there, 0 to 1, that fail with what has failed in the design; undefined where none
 * does. The same figures as of a single failure (`sharesHit`), of any number of failures at once. O(nodes).
 * @param fails the nodes that fail for every request that comes to them
 */
export function failedShares(design: Design, tree: FaultTree, fails: readonly boolean[]): readonly (Estimate | undefined)[] {
  const shares: (Estimate | undefined)[] = [];
  tree.nodes.forEach((node, i) => {
    const below = shareAt(design, tree, fails, i, shares);
    shares.push(below && stepShare(node, below));
  });
  return shares;
}

function shareAt(
  design: Design,
  tree: FaultTree,
  fails: readonly boolean[],
  index: number,
  shares: readonly (Estimate | undefined)[],
): Estimate | undefined {
  const node = tree.nodes[index] as FaultNode;
  const { gate } = node;
  switch (gate.kind) {
    case 'never':
      return undefined;
    case 'event':
      return fails[index] ? ALL : undefined;
    case 'or': {
      const hit = gate.inputs.flatMap((input) => shares[input] ?? []);
      return hit.length === 0 ? undefined : greatest(hit);
    }
    case 'oneof': {
      const hit = gate.inputs.flatMap((input, i) => (shares[input] ? [{ share: shares[input], weight: gate.shares[i] ?? 0 }] : []));
      return hit.length === 0 ? undefined : weighted(hit);
    }
    case 'and': {
      const hit = gate.inputs.map((input) => shares[input]);
      if (!hit.every((share) => share !== undefined)) return undefined;
      return gate.shares ? weighted(hit.map((share, i) => ({ share, weight: gate.shares?.[i] ?? 0 }))) : least(hit);
    }
    case 'atleast':
      return fails[index] ? membersShare(design, tree, fails, node) : undefined;
  }
}

/** Too few instances are left: all requests fail, unless the rest goes on serving its part, or only some shards are hit. */
function membersShare(design: Design, tree: FaultTree, fails: readonly boolean[], { gate, redundancy: r }: FaultNode): Estimate {
  if (gate.kind !== 'atleast' || !r) return ALL;
  const lost = membersDown(tree, fails, gate.groups);
  const byPlace = gate.groups.reduce((n, g) => n + (fails[g.shared] ? g.count : 0), 0) >= gate.least;
  const whole = design.failed.some((f) => f.element === r.component && f.instances === undefined);
  if (r.shards > 1 && !byPlace && !whole) {
    return notEstimated(`on which of the ${r.shards} shards of ${r.component} the failed instances lie is not said`);
  }
  return r.unnoticed && lost < r.total ? leaf(`${lost} of ${r.total} instances of ${r.component}`, lost / r.total, COUNT) : ALL;
}
