import { type ChainLink, type Component, type Design, type Estimate, known } from '@sysd/core';
import type { EventClass, FaultNode, FaultTree } from './fault-tree.ts';
import { membersLost } from './share.ts';
import type { SingleFailurePass } from './single-failures.ts';

/** Links of a chain that are kept at either end; what lies between is counted, not listed: nobody reads a thousand steps. */
const KEPT = 12;

/**
 * The nodes through which a failure travels, from the flow down. At each gate the input is followed by which it hits most requests (`shares`), the first
 * in text order among equals.
 */
export function failingPath(tree: FaultTree, shares: readonly (Estimate | undefined)[]): number[] {
  const path: number[] = [];
  for (let index: number | undefined = tree.top; index !== undefined; ) {
    path.push(index);
    const { gate } = tree.nodes[index] as FaultNode;
    index = 'inputs' in gate ? widest(gate.inputs, shares) : undefined;
  }
  return path;
}

/** The chain of gates through which a failure travels along a path, from the event up to the flow, in words; a long one without its middle. */
export function witness(design: Design, tree: FaultTree, pass: SingleFailurePass, event: number, path: readonly number[]): ChainLink[] {
  const cause = tree.events[event] as EventClass;
  const links: ChainLink[] = [];
  for (const index of path) {
    const node = tree.nodes[index] as FaultNode;
    if (node.why) links.push(node.why);
    if (node.gate.kind === 'atleast') {
      const link = redundancyLink(design, tree, pass, node, event);
      if (link) links.push(link);
    }
  }
  links.push(failsLink(cause));
  return withoutMiddle(links.reverse());
}

/** The chain of a failure that is not followed: what fails, and the flow. */
export function ends(tree: FaultTree, event: number): ChainLink[] {
  const flow = tree.nodes[tree.top]?.why;
  return [failsLink(tree.events[event] as EventClass), ...(flow ? [flow] : [])];
}

const failsLink = (cause: EventClass): ChainLink => ({ text: `${cause.label} fails`, span: cause.span, element: cause.element });

export function withoutMiddle(links: readonly ChainLink[]): ChainLink[] {
  const middle = links.slice(KEPT, -KEPT);
  const [first] = middle;
  if (!first || middle.length === 1) return [...links];
  return [...links.slice(0, KEPT), { ...first, text: `${middle.length} more steps in between` }, ...links.slice(-KEPT)];
}

export function widest(inputs: readonly number[], shares: readonly (Estimate | undefined)[]): number | undefined {
  let best: number | undefined;
  let most = -1;
  for (const input of inputs) {
    const share = shares[input];
    if (share === undefined || (known(share) ?? 0) <= most) continue;
    best = input;
    most = known(share) ?? 0;
  }
  return best;
}

function redundancyLink(design: Design, tree: FaultTree, pass: SingleFailurePass, node: FaultNode, event: number): ChainLink | undefined {
  const cause = tree.events[event] as EventClass;
  const r = node.redundancy;
  const component: Component | undefined = r && design.components.get(r.component);
  if (!r || !component) return undefined;
  const at = (text: string): ChainLink => ({ text, span: component.nameSpan, element: component.id });
  const lost = membersLost(pass, node, event);
  const isOwn = node.gate.kind === 'atleast' && node.gate.groups.some((g) => g.own.includes(event));
  const shard = r.shards > 1 && isOwn ? 'that shard of ' : '';
  if (r.total === 1)
    return at(
      isOwn
        ? `${shard}${r.component} has no other ${r.member}`
        : `the ${r.member === 'instance' || r.member === 'standby' ? 'only ' : ''}${r.member} of ${r.component} fails with ${cause.label}`,
    );
  if (isOwn)
    return at(
      r.unnoticed
        ? `requests still go to it: ${r.reason}`
        : `${shard}${r.component} needs ${r.needed} of its ${r.total} ${r.member}s: ${r.reason}`,
    );
  // Some are down already: not all that are down fail with this event.
  if (membersDown(tree, pass, node) > 0) {
    const down = membersDown(tree, pass, node, event);
    return at(
      `with ${cause.label} ${down} of the ${r.total} ${r.member}s of ${r.component} are down${down < r.total && !r.unnoticed ? `, and ${r.needed} of them must be up (${r.reason})` : ''}`,
    );
  }
  const rest = r.unnoticed ? r.reason : `${r.needed} of them must be up (${r.reason})`;
  return at(
    lost === r.total
      ? `all ${r.total} ${r.member}s of ${r.component} fail with ${cause.label}`
      : `${lost} of the ${r.total} ${r.member}s of ${r.component} fail with ${cause.label}, and ${rest}`,
  );
}

/** Members of an at-least gate that are down in the scenario; with an event, those that are down then. */
function membersDown(tree: FaultTree, pass: SingleFailurePass, { gate }: FaultNode, event?: number): number {
  if (gate.kind !== 'atleast') return 0;
  return gate.groups.reduce((n, g) => {
    if (pass.fails[g.shared] || (event !== undefined && pass.contains(g.shared, event))) return n + g.count;
    const own = g.own.reduce((m, e) => m + (tree.events[e]?.failed ?? 0) + (e === event ? 1 : 0), 0);
    return n + Math.min(g.count, own);
  }, 0);
}
