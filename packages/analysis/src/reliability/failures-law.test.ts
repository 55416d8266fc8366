import type { Component, Design, Flow, Stop } from '@sysd/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

const ZONES = ['us.a', 'us.b', 'eu.a'];

/** One thing that fails: an instance, or a place. */
type Failure = { readonly component: string; readonly instance: number } | { readonly place: string };

interface Tier {
  readonly kind: 'service' | 'database' | 'quorum';
  readonly zones: readonly string[];
  readonly failover: boolean;
  readonly health: boolean;
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly other: number;
  readonly how: 'call' | 'async' | 'optional' | 'either' | 'else';
  readonly write: boolean;
}

const tier: fc.Arbitrary<Tier> = fc.record({
  kind: fc.constantFrom('service' as const, 'database' as const, 'quorum' as const),
  zones: fc.array(fc.constantFrom(...ZONES), { minLength: 1, maxLength: 5 }),
  failover: fc.boolean(),
  health: fc.boolean(),
});
const step: fc.Arbitrary<Step> = fc.record({
  from: fc.nat(20),
  to: fc.nat(20),
  other: fc.nat(20),
  how: fc.constantFrom('call' as const, 'call' as const, 'async' as const, 'optional' as const, 'either' as const, 'else' as const),
  write: fc.boolean(),
});

function designOf(tiers: readonly Tier[], steps: readonly Step[]): Design {
  const b = new DesignBuilder().region('us', ['a', 'b']).region('eu', ['a']).component('client', 'u');
  tiers.forEach((t, i) => {
    b.component(
      t.kind === 'service' ? 'service' : 'database',
      `t${i}`,
      {
        replicas: String(t.zones.length),
        ...(t.kind === 'quorum' ? { quorum: 'majority' } : {}),
        ...(t.failover ? { failover: 'automatic' } : {}),
        ...(t.health ? { health: 'tcp' } : {}),
      },
      { at: t.zones },
    );
  });
  b.flow('F', 'u', '1/s', (f) => {
    const reached = ['u'];
    for (const s of steps) {
      const from = reached[s.from % reached.length] as string;
      const [to, other] = [`t${s.to % tiers.length}`, `t${s.other % tiers.length}`];
      if (from === to || from === other) continue;
      const op = s.write ? 'write' : 'read';
      if (s.how === 'either' && to !== other) f.step(`${from} -> ${to} | ${other}`, op);
      else if (s.how === 'else' && to !== other) f.step(`${from} -> ${to}`, op).step(`${from} -> ${other}`, op, { else: true });
      else f.step(`${from} ${s.how === 'async' ? '~>' : '->'} ${to}`, op, { optional: s.how === 'optional' });
      reached.push(to);
    }
  });
  return b.build();
}

/** Fail(flow) as LANGUAGE.md writes it, instance by instance and by recursion: what the fault trees must agree with. */
function fails(design: Design, flow: Flow, failure: Failure): boolean {
  const dead = (c: Component, place: string | undefined, instance: number): boolean => {
    if ('component' in failure) return failure.component === c.id && failure.instance === instance;
    return failure.place === place || failure.place === design.places.get(place ?? '')?.region;
  };
  const failComponent = (c: Component, write: boolean): boolean => {
    if (c.kind === 'client') return false;
    const up = (c.copies[0]?.instances ?? []).map((r, i) => !dead(c, r.place, i));
    const n = up.length;
    const alive = up.filter(Boolean).length;
    const quorum = c.properties.has('quorum');
    const failover = c.properties.has('failover');
    const primaryNeeded = c.kind === 'database' && !quorum && write && n > 1;
    const noticed = c.properties.has('health') || failover || quorum || primaryNeeded;
    const k = quorum ? Math.floor(n / 2) + 1 : noticed ? 1 : n;
    if (alive < k) return true;
    return primaryNeeded && !up[0] && !(failover && up.slice(1).some(Boolean));
  };
  const failTarget = (stop: number, write: boolean): boolean => {
    const c = design.components.get((flow.stops[stop] as Stop).component) as Component;
    return failComponent(c, write && c.kind === 'database') || failStop(stop);
  };
  const failStop = (stop: number): boolean =>
    flow.hops.some((hop) => {
      if (hop.from !== stop || hop.fallbackOf !== undefined || hop.optional || !hop.sync) return false;
      const one = (h: typeof hop): boolean => h.to.every((t) => failTarget(t.stop, h.operation === 'write'));
      return one(hop) && flow.hops.filter((h) => h.fallbackOf === hop.index).every(one);
    });
  return failStop(0);
}

describe('single failures of designs', () => {
  it('agree with the failure function evaluated for every single instance, zone and region', () => {
    fc.assert(
      fc.property(fc.array(tier, { minLength: 1, maxLength: 5 }), fc.array(step, { minLength: 1, maxLength: 8 }), (tiers, steps) => {
        const design = designOf(tiers, steps);
        const flow = design.flows.get('F') as Flow;
        const found = analyse(design)
          .failures.singles.filter((s) => !s.completion)
          .map((s) => (s.event.kind === 'zone' || s.event.kind === 'region' ? s.event.element : `${s.event.element}@${s.event.place}`));
        const expected = new Set<string>();
        for (const c of design.components.values()) {
          c.copies[0]?.instances.forEach((run, instance) => {
            if (fails(design, flow, { component: c.id, instance })) expected.add(`${c.id}@${run.place}`);
          });
        }
        for (const place of design.places.keys()) if (fails(design, flow, { place })) expected.add(place);
        expect([...new Set(found)].sort()).toEqual([...expected].sort());
      }),
      { numRuns: 400 },
    );
  });

  it('every finding has a chain from its event to its flow', () => {
    fc.assert(
      fc.property(fc.array(tier, { minLength: 1, maxLength: 4 }), fc.array(step, { minLength: 1, maxLength: 6 }), (tiers, steps) => {
        for (const s of analyse(designOf(tiers, steps)).failures.singles) {
          expect(s.chain[0]?.text).toBe(`${s.event.label} fails`);
          expect(s.chain.at(-1)?.text).toMatch(/^F (fails|is not completed)$/);
          expect(s.chain.length).toBeGreaterThanOrEqual(3);
        }
      }),
      { numRuns: 100 },
    );
  });
});
