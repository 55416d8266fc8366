import type { Design } from '@sysd/core';
import { DesignBuilder } from '../../packages/analysis/src/testing/design-builder.ts';

const PLACES = ['us.a', 'us.b', 'us.c', 'eu.a', 'eu.b', 'eu.c'];

/**
 * A design of so many components and flows as people write them: tiers of services on several zones, every fourth a store with failover or a
 * quorum, every tenth call with a fallback, and one authentication service that all flows share. Each flow asks its own share of them.
 */
export function designOf(components: number, flows: number): Design {
  const b = new DesignBuilder()
    .region('us', ['a', 'b', 'c'], { availability: '99.99%', 'zone-availability': '99.9%' })
    .region('eu', ['a', 'b', 'c'], { availability: '99.99%', 'zone-availability': '99.9%' })
    .component('client', 'u')
    .component('service', 'auth', { replicas: '2', health: 'tcp', availability: '99%' }, { at: ['us.a', 'us.b'] });
  const each = Math.floor(components / flows);
  const at = (i: number, n: number) => Array.from({ length: n }, (_, k) => PLACES[(i + k) % PLACES.length] as string);
  const id = (flow: number, i: number) => `c${flow}-${i}`;
  const store = (i: number) => i % 4 === 3;
  for (let flow = 0; flow < flows; flow++) {
    for (let i = 0; i < each; i++) {
      const n = 1 + ((flow + i) % 3);
      const redundancy: Record<string, string> = i % 8 === 3 ? { failover: 'automatic' } : { quorum: 'majority' };
      if (store(i))
        b.component('database', id(flow, i), { replicas: '3', health: 'tcp', availability: '99%', ...redundancy }, { at: at(i, 3) });
      else b.component('service', id(flow, i), { replicas: String(n), health: 'tcp', availability: '99%' }, { at: at(i, n) });
    }
  }
  for (let flow = 0; flow < flows; flow++) {
    b.flow(`F${flow}`, 'u', '1/s', (f) => {
      let caller = id(flow, 0);
      f.step(`u -> ${caller}`, 'call').step(`${caller} -> auth`, 'call');
      for (let i = 1; i < each; i++) {
        const target = id(flow, i);
        const before = i % 10 === 0 ? id(flow, i - 1) : undefined;
        if (before !== undefined && store(i - 1) === false && before !== caller)
          f.step(`${caller} -> ${target}`, store(i) ? 'write' : 'call', { else: true });
        else f.step(`${caller} -> ${target}`, store(i) ? 'write' : 'call');
        if (!store(i) && i % 5 === 0 && before === undefined) caller = target;
      }
    });
  }
  return b.build();
}
