import { isFigure, known, quantity, TIME } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { analyse } from '../analyse.ts';
import { DesignBuilder } from '../testing/design-builder.ts';

function chat(protocol: Record<string, string>, online = '1M', lb: Record<string, string> = {}) {
  const design = new DesignBuilder()
    .component('client', 'u', { online })
    .component('client', 'v', {})
    .component('loadbalancer', 'lb', { replicas: '2', connections: '600k', ...lb })
    .component('service', 'chat', { replicas: '20', connections: '20k', ...protocol })
    .flow('F', 'u', '1/s', (f) => f.step('u -> lb').step('lb -> chat'))
    .flow('G', 'v', '1/s', (f) => f.step('v -> chat'))
    .build();
  const { limits } = analyse(design);
  return { lb: limits.get('lb')?.sessions, chat: limits.get('chat')?.sessions };
}

describe('connections of users', () => {
  it('a million over websocket: 50 instances of 20,000 each behind a balancer of 600,000', () => {
    const { lb, chat: service } = chat({ protocol: 'websocket' });
    expect(known(lb?.held)).toBe(1e6);
    expect(known(lb?.utilization)).toBeCloseTo(1e6 / 1.2e6, 12);
    expect(known(service?.held)).toBe(1e6);
    expect(known(service?.utilization)).toBeCloseTo(2.5, 12);
    expect(known(service?.needed)).toBe(50);
  });

  it('over HTTP they end at the balancer; of two of which one works, one holds them all', () => {
    const { lb, chat: service } = chat({}, '1M', { mode: 'active-passive' });
    expect(service).toBeUndefined();
    expect(known(lb?.utilization)).toBeCloseTo(1e6 / 6e5, 12);
  });

  it('grow with those who are online', () => {
    const design = new DesignBuilder()
      .component('client', 'u', { online: '1M', growth: '50%/year' })
      .component('service', 'chat', { connections: '20k' })
      .flow('F', 'u', '1/s', (f) => f.step('u -> chat'))
      .build();
    const then = analyse({ ...design, horizon: quantity(2 * 365 * 86_400, TIME, '2 year') });
    expect(known(then.limits.get('chat')?.sessions?.held)).toBe(2_250_000);
  });

  it('what holds none has no utilisation, and nobody online holds nothing', () => {
    expect(isFigure(chat({ protocol: 'tcp', connections: '0' }).chat?.utilization)).toBe(false);
    expect(known(chat({ protocol: 'tcp' }, '0').chat?.utilization)).toBe(0);
  });
});
