import { type Connection, type Consistency, effective, type Origin, type PropertyName, valueIn } from '@sysd/core';
import type { Input } from '../../rule.ts';
import type { DesignIndex } from '../../shared/design-index.ts';
import { type Access, accessesOf, connectionOf } from '../../shared/requirements.ts';
import { writeConcernOf } from '../../shared/write-concern.ts';
import { asked, clauseFor, copiesOfKey, isLeaderless, isManaged, quorumSize } from './configuration.ts';

/** What an access gets, and the words that say why it is no more: they follow "but X". */
export interface Provided {
  readonly level: Consistency;
  readonly because: string;
  /** The way out, as a sentence. */
  readonly advice: string;
  readonly remedy: 'quorum' | 'primary' | 'strong-read' | 'linearizable' | 'write-majority' | undefined;
  /** The setting of the store that decides it. */
  readonly setting?: PropertyName;
  readonly origin?: Origin;
}

type Read = Pick<Input, 'design' | 'index'>;

const STRONG: Provided = { level: 'strong', because: '', advice: '', remedy: undefined };

/**
 * The consistency of one access: by technology and configuration, never by product alone. `undefined` where nothing in the design says
 * how the copies agree, so that nothing can be claimed.
 */
export function providedConsistency(input: Read, access: Access): Provided | undefined {
  return ofCachedCopy(input.index, access) ?? ofStore(input, access);
}

/** A cache beside its source is a copy that nobody keeps in step, unless writes go through it. */
function ofCachedCopy(index: DesignIndex, access: Access): Provided | undefined {
  const { component, flow, hop, side } = access;
  if (component.kind !== 'cache' || side !== 'read' || !flow.hops.some((h) => h.miss?.read === hop.index)) return undefined;
  if (effective(component.properties, 'strategy')?.value === 'write-through') return undefined;
  const invalidation = valueIn(component.properties, 'invalidation');
  const maintained =
    (invalidation !== undefined && invalidation !== 'none') || accessesOf(index, component.id).some((a) => a.side === 'write');
  const ttl = component.properties.get('ttl')?.text;
  return {
    level: maintained ? 'read-your-writes' : 'eventual',
    because: `is a cache beside the source${ttl === undefined ? '' : `: an entry may be ${ttl} old`}`,
    advice: 'Read from the source where it must be current, or let writes go through the cache (strategy: write-through)',
    remedy: undefined,
    setting: 'ttl',
  };
}

function ofStore(input: Read, access: Access): Provided | undefined {
  const { component, side } = access;
  const connection = connectionOf(input.design, access);
  const managed = isManaged(component);
  if (!managed && copiesOfKey(component) === 1) return STRONG;
  if (isLeaderless(component)) return ofQuorum(input, access, connection);

  const clause = clauseFor(input.design, component, connection, side);
  if (!clause) return ofReplication(access, connection);
  if (clause.model === 'CP') return STRONG;

  const condition = clause.if?.property.name;
  const origin = component.properties.get('consistency')?.origin;
  if (condition === 'replication') return ofReplication(access, connection);
  // Where strong reads are to be had, writes are agreed on before they are confirmed.
  if (canReadStrongly(access) && (side === 'write' || asked(connection) === 'strong')) return STRONG;
  const fromPrimary = side === 'write' || readsPrimary(access, connection);
  if (condition === 'read-concern' || condition === 'write-concern') {
    const concern = `${condition}: ${component.properties.get(condition)?.text ?? 'not given'}`;
    return {
      level: fromPrimary ? 'read-your-writes' : 'eventual',
      because:
        side === 'read'
          ? `reads at ${concern}, and what was read may be stale or rolled back`
          : `writes at ${concern}, and what was confirmed may be rolled back`,
      advice: 'Set read-concern: linearizable and write-concern: majority',
      remedy: 'linearizable',
      setting: condition,
      ...(origin ? { origin } : {}),
    };
  }
  const concern = side === 'write' && asked(connection) === undefined ? writeConcernOf(input.design, component) : undefined;
  if (concern) {
    return {
      level: 'read-your-writes',
      because: `confirms writes at write-concern: ${concern.text}, and what was confirmed may be rolled back`,
      advice: 'Set write-concern: majority',
      remedy: 'write-majority',
      setting: 'write-concern',
      ...(origin ? { origin } : {}),
    };
  }
  return {
    level: fromPrimary ? 'read-your-writes' : 'eventual',
    because:
      managed && side === 'read'
        ? 'reads are eventually consistent unless the request asks for more'
        : 'is AP in this configuration: copies answer without agreeing, and a failover can lose confirmed writes',
    advice:
      managed && side === 'read' && canReadStrongly(access)
        ? 'Ask for strong reads: consistency: strong on the connection'
        : 'Keep this data in a store that is CP, or require less',
    remedy: side === 'read' && canReadStrongly(access) ? 'strong-read' : undefined,
    setting: 'consistency',
    ...(origin ? { origin } : {}),
  };
}

/** Managed stores that do not replicate asynchronously serve strong reads on request (DynamoDB, Cosmos DB); caches do not. */
function canReadStrongly({ component }: Access): boolean {
  return isManaged(component) && component.kind !== 'cache' && valueIn(component.properties, 'replication') !== 'async';
}

function readsPrimary({ component }: Access, connection: Connection | undefined): boolean {
  if (valueIn(component.properties, 'mode') === 'multi-primary') return false;
  return asked(connection) === 'strong' || effective(component.properties, 'reads')?.value === 'primary';
}

/** A primary and its replicas: the primary is current, replicas are only where a write waits for them. */
function ofReplication(access: Access, connection: Connection | undefined): Provided | undefined {
  const { component, side } = access;
  const replication = component.properties.get('replication');
  if (!replication) return undefined;
  if (replication.value !== 'async') return STRONG;
  const origin = { origin: replication.origin, setting: 'replication' as const };
  if (valueIn(component.properties, 'mode') === 'multi-primary') {
    return {
      level: 'eventual',
      because: 'has several primaries that replicate asynchronously, so two of them can accept different writes to one key',
      advice: 'Give the data one primary (mode: active-passive), or require less',
      remedy: undefined,
      ...origin,
    };
  }
  if (side === 'write' || readsPrimary(access, connection)) return STRONG;
  const lag = component.properties.get('lag')?.text;
  return {
    level: 'eventual',
    because: `replicates asynchronously and reads: ${effective(component.properties, 'reads')?.text ?? 'any'} lets replicas answer, which ${lag === undefined ? 'trail the primary' : `trail the primary by ${lag}`}`,
    advice: 'Read from the primary (reads: primary), or make writes wait for the replicas (replication: sync)',
    remedy: 'primary',
    ...origin,
  };
}

/** R + W > N: every read quorum then meets every write quorum (Gifford 1979). */
function ofQuorum({ design, index }: Read, access: Access, connection: Connection | undefined): Provided {
  const { component, side } = access;
  const n = copiesOfKey(component);
  const own = quorumSize(component, connection, side);
  const others = accessesOf(index, component.id)
    .filter((a) => a.side !== side && (side === 'read' || a.requirement.level !== 'eventual'))
    .map((a) => quorumSize(component, connectionOf(design, a), a.side));
  const other = others.length > 0 ? Math.min(...others) : quorumSize(component, connection, side === 'read' ? 'write' : 'read');
  const [r, w] = side === 'read' ? [own, other] : [other, own];
  if (r + w > n) return STRONG;
  const majority = Math.floor(n / 2) + 1;
  return {
    level: 'eventual',
    because: `reads from R = ${r} and writes to W = ${w} of its N = ${n} copies: R + W = ${r + w} is not more than N, so a read can miss the newest write`,
    advice: `Ask for a quorum on both sides: consistency: quorum gives R + W = ${2 * majority} > ${n}`,
    remedy: 'quorum',
    setting: side === 'read' ? 'read-quorum' : 'write-quorum',
  };
}
