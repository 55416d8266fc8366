import { type Design, type Flow, known } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { DesignBuilder } from '../../testing/design-builder.ts';
import { meshesOf } from '../component-failure.ts';
import { flowFailure } from '../flow-failure.ts';
import type { CutSets } from './cut-sets.ts';
import { eventProbability } from './event-probability.ts';
import { type ExactReliability, exactReliability } from './exact-reliability.ts';

function reliabilityOf(design: Design, flow = 'F'): ExactReliability {
  const context = { design, loadBearing: new Map(), meshes: meshesOf(design) };
  const { tree } = flowFailure(context, design.flows.get(flow) as Flow, false);
  const found = exactReliability(design, tree);
  if ('notEstimated' in found) throw new Error(found.notEstimated);
  return found;
}

const setsOf = (r: ExactReliability): string[] => (r.cutSets as CutSets).sets.map((s) => s.map((e) => r.events[e]?.id).join(' + '));

describe('exact reliability of designs', () => {
  it('two managed services one after the other: 99.95 % × 99.99 % = 99.940005 %', () => {
    const design = new DesignBuilder()
      .component('client', 'u')
      .component('service', 'app', { managed: 'yes', availability: '99.95%' })
      .component('database', 'db', { managed: 'yes', availability: '99.99%' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> app', 'call').step('app -> db', 'read'))
      .build();
    const found = reliabilityOf(design);
    expect(1 - (found.unavailability as number)).toBeCloseTo(0.99940005, 13);
    expect(setsOf(found)).toEqual(['managed:db', 'managed:app']);
    expect(found.importance.map((i) => found.events[i.event]?.element)).toEqual(['app', 'db']);
    expect(found.importance[0]?.birnbaum).toBeCloseTo(0.9999, 13);
  });

  it('a database of 99.99 % with a queue of 99.9 % to fall back on: 99.99999 %', () => {
    const design = new DesignBuilder()
      .component('client', 'u')
      .component('database', 'db', { managed: 'yes', availability: '99.99%' })
      .component('queue', 'later', { managed: 'yes', availability: '99.9%' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'write').step('u -> later', 'publish', { else: true }))
      .build();
    const found = reliabilityOf(design);
    expect(1 - (found.unavailability as number)).toBeCloseTo(0.9999999, 13);
    expect(setsOf(found)).toEqual(['managed:later + managed:db']);
  });

  it('a quorum of three in three zones of one region: the region, and any two of zone or instance', () => {
    const design = new DesignBuilder()
      .region('us', ['a', 'b', 'c'], { availability: '99.99%', 'zone-availability': '99.9%' })
      .component('client', 'u')
      .component('database', 'db', { replicas: '3', quorum: 'majority', availability: '99%' }, { at: ['us.a', 'us.b', 'us.c'] })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'write'))
      .build();
    const found = reliabilityOf(design);
    const q = 1 - 0.999 * 0.99;
    const two = 3 * q ** 2 * (1 - q) + q ** 3;
    expect(found.unavailability).toBeCloseTo(0.0001 + 0.9999 * two, 13);
    expect((found.cutSets as CutSets).ofOrder).toEqual([0, 1, 12, 0]);
    expect(setsOf(found)[0]).toBe('region:us');
  });

  it('primary, standby and a failover that works 90 % of the time', () => {
    const design = new DesignBuilder()
      .component('client', 'u')
      .component('database', 'db', { replicas: '2', failover: 'automatic', 'failover-success': '90%', availability: '99%' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'write'))
      .build();
    expect(reliabilityOf(design).unavailability).toBeCloseTo(0.01 * (1 - 0.99 * 0.9), 13);
  });

  it('an event without availability: cut sets are there, the availability is not estimated and says why', () => {
    const design = new DesignBuilder()
      .region('us', ['a', 'b'])
      .component('client', 'u')
      .component('service', 'api', { replicas: '2', health: 'tcp', availability: '99%' }, { at: ['us.a', 'us.b'] })
      .flow('F', 'u', '1/s', (f) => f.step('u -> api', 'call'))
      .build();
    const found = reliabilityOf(design);
    expect(found.unavailability).toEqual({ notEstimated: 'us.a has no availability; us has no availability; us.b has no availability' });
    expect(found.importance).toEqual([]);
    expect((found.cutSets as CutSets).ofOrder).toEqual([0, 1, 4, 0]);
  });

  it('what the scenario has failed is certain', () => {
    const build = (failed: number) =>
      new DesignBuilder()
        .component('client', 'u')
        .component('service', 'api', { replicas: '3', health: 'tcp', availability: '90%' })
        .flow('F', 'u', '1/s', (f) => f.step('u -> api', 'call'))
        .fail('api', { instances: failed })
        .build();
    expect(reliabilityOf(build(1)).unavailability).toBeCloseTo(0.01, 13);
    expect(reliabilityOf(build(2)).unavailability).toBeCloseTo(0.1, 13);
    expect(reliabilityOf(build(3)).unavailability).toBe(1);
    expect((reliabilityOf(build(3)).cutSets as CutSets).sets).toEqual([[]]);
  });

  it('shards: a read of one key needs one shard', () => {
    const design = new DesignBuilder()
      .component('client', 'u')
      .component('database', 'db', { shards: '4 by hash(id)', availability: '99%' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> db', 'read'))
      .build();
    expect(reliabilityOf(design).unavailability).toBeCloseTo(0.01, 13);
  });
});

describe('probability of an event', () => {
  const of = (properties: Record<string, string>) => {
    const design = new DesignBuilder()
      .component('client', 'u')
      .component('service', 'x', properties)
      .flow('F', 'u', '1/s', (f) => f.step('u -> x', 'call'))
      .build();
    const { tree } = flowFailure({ design, loadBearing: new Map(), meshes: [] }, design.flows.get('F') as Flow, false);
    return eventProbability(design, tree.events.find((e) => e.element === 'x') as (typeof tree.events)[number]);
  };

  it('is mttr ÷ (mtbf + mttr), with its derivation', () => {
    const found = of({ mtbf: '99 h', mttr: '1 h' });
    expect(known(found)).toBeCloseTo(0.01, 15);
    expect(found).toMatchObject({ formula: 'mttr ÷ (mtbf + mttr)', inputs: [{ label: 'x.mttr' }, { label: 'x.mtbf' }] });
  });

  it('prefers availability where both are said at the same level', () => {
    expect(known(of({ mtbf: '99 h', mttr: '1 h', availability: '99.9%' }))).toBeCloseTo(0.001, 15);
  });

  it('is not estimated, with the reason, where half or nothing is said', () => {
    expect(of({ mtbf: '99 h' })).toEqual({ notEstimated: 'x has mtbf but no mttr' });
    expect(of({ mttr: '1 h' })).toEqual({ notEstimated: 'x has mttr but no mtbf' });
    expect(of({})).toEqual({ notEstimated: 'x has no availability' });
  });
});
