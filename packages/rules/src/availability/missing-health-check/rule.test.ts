import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { missingHealthCheck } from './rule.ts';

testRule(missingHealthCheck);

const found = (api: string, chain: string, more = '') =>
  examine(`system S
client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api ${api}
${more}
flow F from users at 1/day each {
  ${chain}
}
`).findings.filter((f) => f.rule === 'missing-health-check');

describe('missing-health-check', () => {
  it('says who chooses, how many there are and what a failure costs', () => {
    const [one] = found('{ replicas: 4 }', 'users -> lb -> api');
    expect(one?.message).toContain('lb goes on sending requests to instances of api that are down: it has 4 replicas');
    expect(one?.message).toContain('one request in 4 of F');
    expect(one?.element).toBe('api');
    expect(one?.affects).toEqual(['F']);
  });

  it('is not about one instance, which is a single point of failure', () => {
    expect(found('', 'users -> lb -> api')).toEqual([]);
  });

  it('is not about what nobody routes to', () => {
    expect(found('{ replicas: 4 }', 'users -> api')).toEqual([]);
  });

  it('counts what is looked up in the chain as the router', () => {
    const [one] = found('{ replicas: 4 }', 'users -> names -> api', 'dns names: route53');
    expect(one?.message).toContain('names goes on sending');
  });

  it('counts what a technology brings', () => {
    const gateway = 'gateway entry: nginx { replicas: 2 }';
    expect(found('{ replicas: 2, health: tcp }', 'users -> lb -> entry -> api', gateway)).toEqual([]);
  });

  it('checks an autoscaled service', () => {
    expect(found('{ autoscale: 2..9 at cpu 60%, cores: 4, cpu-time: 5 ms }', 'users -> lb -> api')).toHaveLength(1);
  });
});
