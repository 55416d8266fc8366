import type { FlowEffect } from '@sysd/core';
import type { FaultNode, FaultTree, Members } from '../fault-tree.ts';

export type Reason = FlowEffect['reasons'][number];

/** Reasons that are listed: more say no more. */
const MOST = 5;

/** What has failed at the bottom of the gates that fail, in text order: the events, and the components that have too few instances left. */
export function causesOf(tree: FaultTree, fails: readonly boolean[]): Reason[] {
  const found: Reason[] = [];
  /** Components of which every instance is down, and reasons about the roles of instances: these say nothing more there. */
  const whole = new Set<string>();
  const roles = new Set<Reason>();
  const seen = new Set<number>();
  const open = [tree.top];
  for (let index = open.pop(); index !== undefined && found.length < MOST; index = open.pop()) {
    if (!fails[index] || seen.has(index)) continue;
    seen.add(index);
    const { gate, redundancy } = tree.nodes[index] as FaultNode;
    if (gate.kind === 'event') {
      const event = tree.events[gate.event];
      if (event) found.push({ element: event.element, text: `${event.label} is down` });
    } else if (gate.kind === 'atleast') {
      if (!redundancy) continue;
      const reason = { element: redundancy.component, text: tooFew(tree, fails, index) };
      found.push(reason);
      if (redundancy.member !== 'instance') roles.add(reason);
      else if (membersDown(tree, fails, gate.groups) === redundancy.total) whole.add(redundancy.component);
    } else if ('inputs' in gate) open.push(...gate.inputs.toReversed());
  }
  return found.filter((reason) => !(roles.has(reason) && whole.has(reason.element)));
}

/** `2 of 3 instances of api are down, and 2 are needed: …`: why a gate over the instances of a component fails. */
export function tooFew(tree: FaultTree, fails: readonly boolean[], index: number): string {
  const { gate, redundancy: r } = tree.nodes[index] as FaultNode;
  if (gate.kind !== 'atleast' || !r) return '';
  const lost = membersDown(tree, fails, gate.groups);
  const what =
    r.total === 1
      ? `the ${r.member} of ${r.component} is down`
      : `${lost} of ${r.total} ${r.member}s of ${r.component} ${lost === 1 ? 'is' : 'are'} down`;
  return r.needed > 1 && lost < r.total ? `${what}, and ${r.needed} are needed: ${r.reason}` : what;
}

/** Members of an at-least gate that are down. */
export function membersDown(tree: FaultTree, fails: readonly boolean[], groups: readonly Members[]): number {
  return groups.reduce((n, g) => {
    const own = g.own.reduce((m, e) => m + (tree.events[e]?.failed ?? 0), 0);
    return n + (fails[g.shared] ? g.count : Math.min(g.count, own));
  }, 0);
}
