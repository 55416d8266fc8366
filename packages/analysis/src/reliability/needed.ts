import { type Component, effective, property, type Quantity } from '@sysd/core';
import { rolesOf } from '../scenario/roles.ts';
import type { Use } from './use.ts';

/** How many of n instances must be up at once, and why. */
export interface Needed {
  readonly count: number;
  readonly reason: string;
  /** All are needed only because nothing notices a dead one: it hits its share of the requests. */
  readonly unnoticed: boolean;
}

const READS: ReadonlySet<string> = new Set(['read', 'consume', 'resolve', 'call', 'start']);
const majority = (n: number): number => Math.floor(n / 2) + 1;

function asCount(value: string | Quantity, n: number): number {
  if (typeof value !== 'string') return value.value;
  if (value === 'majority' || value === 'quorum' || value === 'strong' || value === 'linearizable') return majority(n);
  return value === 'all' ? n : 1;
}

/** What the operation's quorum asks: of any operation (`quorum`), or W and R, or the replicas in sync of an acknowledged message. */
function quorumOf(component: Component, use: Use, n: number): { count: number; reason: string } {
  const bag = component.properties;
  const quorum = property(bag, 'quorum');
  const none = { count: 1, reason: 'one must be up' };
  const base = quorum ? { count: asCount(quorum.value, n), reason: `quorum: ${quorum.text}` } : none;
  const more = ((): { count: number; reason: string } => {
    const reads = READS.has(use.operation);
    const own = reads ? property(bag, 'read-quorum') : property(bag, 'write-quorum');
    if (use.consistency !== undefined && (own || rolesOf(component) === 'leaderless')) {
      return { count: asCount(use.consistency, n), reason: `the caller asks for consistency ${use.consistency}` };
    }
    if (own) return { count: asCount(own.value, n), reason: `${reads ? 'read' : 'write'}-quorum: ${own.text}` };
    const concern = reads ? undefined : property(bag, 'write-concern');
    if (concern) return { count: asCount(concern.value, n), reason: `write-concern: ${concern.text}` };
    if (reads && property(bag, 'read-concern')?.value === 'linearizable')
      return { count: majority(n), reason: 'read-concern: linearizable' };
    const inSync = property(bag, 'min-in-sync');
    if (component.kind === 'stream' || component.kind === 'queue') {
      const acks = property(bag, 'acks')?.value;
      if (inSync && !reads) {
        return acks === undefined || acks === 'all' ? { count: inSync.value.value, reason: `min-in-sync: ${inSync.text}` } : none;
      }
    }
    // Replicas that confirm by majority also elect their leader so.
    const led = !reads || use.fresh || effective(bag, 'reads')?.value === 'primary';
    if (property(bag, 'replication')?.value === 'quorum' && !inSync && led) return { count: majority(n), reason: 'replication: quorum' };
    return none;
  })();
  return more.count > base.count ? more : base;
}

/**
 * k of n: the greatest of `min-available`, what the operation's quorum asks, and what the peak needs at `max-utilization`; all n where
 * nothing notices a dead instance. `load` is what the peak needs of one copy; more than there are is another finding and counts not here.
 */
export function neededOf(
  component: Component,
  use: Use,
  n: number,
  load: { readonly count: number; readonly reason: string } | undefined,
  selfHealing: boolean,
): Needed {
  const candidates: Needed[] = [];
  const quorum = quorumOf(component, use, n);
  candidates.push({ count: Math.min(n, quorum.count), reason: quorum.reason, unnoticed: false });
  const least = property(component.properties, 'min-available');
  if (least) candidates.push({ count: Math.min(n, least.value.value), reason: `min-available: ${least.text}`, unnoticed: false });
  if (load !== undefined && load.count > 1 && load.count <= n && !selfHealing) candidates.push({ ...load, unnoticed: false });
  if (!use.noticed && n > 1)
    candidates.push({ count: n, reason: 'no health check, failover, quorum or retry notices a dead one', unnoticed: true });
  return candidates.reduce((a, b) => (b.count > a.count ? b : a));
}
