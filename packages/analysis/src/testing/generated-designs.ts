import type { Design, Kind } from '@sysd/core';
import fc from 'fast-check';
import { DesignBuilder } from './design-builder.ts';

interface PartDraft {
  readonly kind: Kind;
  readonly replicas: number;
  readonly spread: 'none' | 'zones' | 'regions' | 'one';
  readonly redundancy: 'any' | 'quorum' | 'failover' | 'lucky-failover' | 'manual' | 'unnoticed' | 'min-available';
  readonly shards: number;
  readonly host: boolean;
  readonly shares: boolean;
  readonly managed: boolean;
  readonly availability: number;
}

interface StepDraft {
  readonly from: number;
  readonly to: number;
  readonly other?: number;
  readonly as: 'plain' | 'else' | 'alternatives' | 'optional' | 'write';
}

export interface DesignDraft {
  readonly parts: readonly PartDraft[];
  readonly steps: readonly StepDraft[];
  readonly places: number;
}

const part: fc.Arbitrary<PartDraft> = fc.record({
  kind: fc.constantFrom<Kind>('service', 'service', 'service', 'database', 'database', 'cache', 'loadbalancer', 'queue', 'registry'),
  replicas: fc.integer({ min: 1, max: 5 }),
  spread: fc.constantFrom('none', 'zones', 'zones', 'regions', 'one'),
  redundancy: fc.constantFrom('any', 'any', 'quorum', 'failover', 'lucky-failover', 'manual', 'unnoticed', 'min-available'),
  shards: fc.constantFrom(1, 1, 1, 2, 4),
  host: fc.constantFrom(false, false, false, true),
  shares: fc.constantFrom(false, false, false, true),
  managed: fc.constantFrom(false, false, false, true),
  availability: fc.constantFrom(0.9, 0.99, 0.999, 0.9995),
});

const step: fc.Arbitrary<StepDraft> = fc.record(
  {
    from: fc.nat(20),
    to: fc.nat(20),
    other: fc.nat(20),
    as: fc.constantFrom('plain', 'plain', 'plain', 'write', 'else', 'alternatives', 'optional'),
  },
  { requiredKeys: ['from', 'to', 'as'] },
);

/** Whole designs: zones and regions, quorums, failover, shards, shared hosts and fates, dependencies that steps share, fallbacks, load. For tests only. */
export const designDraft: fc.Arbitrary<DesignDraft> = fc.record({
  parts: fc.array(part, { minLength: 1, maxLength: 9 }),
  steps: fc.array(step, { minLength: 1, maxLength: 14 }),
  places: fc.integer({ min: 2, max: 3 }),
});

/** The design of a draft, with one flow `F`. */
export function designFrom(draft: DesignDraft): Design {
  const zones = ['a', 'b', 'c'].slice(0, draft.places);
  const b = new DesignBuilder()
    .region('us', zones, { availability: '99.9%', 'zone-availability': '99%' })
    .region('eu', zones, { availability: '99.95%', 'zone-availability': '99.5%' })
    .component('client', 'u');
  draft.parts.forEach((p, i) => {
    b.component(p.kind, `p${i}`, propertiesOf(p), placesOf(p, zones));
  });
  return (
    b
      // 200/s at peak: three instances of a service that is sized, half of that behind a step with two alternatives.
      .flow('F', 'u', '100/s', (f) => {
        const reached = ['u'];
        const name = (n: number) => `p${n % draft.parts.length}`;
        const operation = (id: string, write: boolean) => {
          const kind = draft.parts[Number(id.slice(1))]?.kind;
          if (kind === 'database' || kind === 'cache') return write ? 'write' : 'read';
          return undefined;
        };
        f.step(`u -> ${name(0)}`, operation(name(0), false));
        reached.push(name(0));
        for (const s of draft.steps) {
          const from = reached[1 + (s.from % (reached.length - 1))] as string;
          const [to, other] = [name(s.to), name(s.other ?? s.to + 1)];
          // Forward only: a component calls what was declared behind it, so that no stop is opened twice by a cycle.
          if (Number(to.slice(1)) <= Number(from.slice(1))) continue;
          const both = s.as === 'alternatives' && other !== to && other !== from && Number(other.slice(1)) > Number(from.slice(1));
          f.step(`${from} -> ${both ? `${to} | ${other}` : to}`, operation(to, s.as === 'write'), { optional: s.as === 'optional' });
          reached.push(to);
          if (s.as === 'else' && other !== to && Number(other.slice(1)) > Number(from.slice(1))) {
            f.step(`${from} -> ${other}`, operation(other, false), { else: true });
            reached.push(other);
          }
        }
      })
      .build()
  );
}

function propertiesOf(p: PartDraft): Record<string, string> {
  const store = p.kind === 'database' || p.kind === 'cache';
  const voters = store || p.kind === 'queue' || p.kind === 'registry';
  return {
    availability: `${p.availability * 100}%`,
    ...(p.kind === 'service' && p.availability > 0.99 ? { cores: '1', 'cpu-time': '10 ms' } : {}),
    ...(p.managed ? { managed: 'yes' } : { replicas: String(p.replicas) }),
    ...(store && p.shards > 1 ? { shards: `${p.shards} by hash(id)` } : {}),
    ...(p.host ? { host: 'rack-1' } : {}),
    ...(p.shares ? { shares: 'ring-1' } : {}),
    ...(p.redundancy === 'unnoticed' ? {} : { health: 'tcp' }),
    ...(p.redundancy === 'quorum' && voters ? { quorum: 'majority' } : {}),
    ...(p.redundancy === 'failover' || p.redundancy === 'lucky-failover' ? { failover: 'automatic' } : {}),
    ...(p.redundancy === 'lucky-failover' ? { 'failover-success': '95%' } : {}),
    ...(p.redundancy === 'manual' && p.kind === 'loadbalancer' ? { mode: 'active-passive' } : {}),
    ...(p.redundancy === 'min-available' ? { 'min-available': String(Math.ceil(p.replicas / 2)) } : {}),
  };
}

function placesOf(p: PartDraft, zones: readonly string[]): { at?: string[] } {
  if (p.managed || p.spread === 'none') return {};
  const all = p.spread === 'regions' ? zones.flatMap((z) => [`us.${z}`, `eu.${z}`]) : zones.map((z) => `us.${z}`);
  return { at: Array.from({ length: p.replicas }, (_, i) => (p.spread === 'one' ? 'us.a' : (all[i % all.length] as string))) };
}
