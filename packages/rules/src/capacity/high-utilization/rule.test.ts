import { assess, lowerText } from '@sysd/language';
import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { highUtilization } from './rule.ts';

testRule(highUtilization);

const text = (api: string, client = 'client users { peak: 1x }', at = ' at 10000/s') => `system S
${client}
service api { ${api} }
flow F from users${at} {
  users -> api
}
`;
const found = (t: string) => {
  const { errors, findings } = examine(t);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => ['high-utilization', 'over-capacity'].includes(f.rule));
};
const rules = (t: string) => found(t).map((f) => f.rule);
const machines = (n: string, more = '') => text(`replicas: ${n}, cores: 4, cpu-time: 10 ms${more}`);

describe('high-utilization', () => {
  it('between max-utilization and 100 %; from there on it is over capacity', () => {
    expect(rules(machines('25'))).toEqual(['over-capacity']);
    expect(rules(machines('26'))).toEqual(['high-utilization']);
    expect(rules(machines('35'))).toEqual(['high-utilization']);
    expect(rules(machines('36'))).toEqual([]);
  });

  it('says how full, what was planned and what it takes', () => {
    const [one] = found(machines('30'));
    expect(one?.message).toBe(
      'api runs at 83.3 % of its capacity at peak, above its max-utilization of 70 %, with everything up. To stay within max-utilization 70% the peak needs 36 instances, not 30.',
    );
    expect(fixed(machines('30'), one)).toContain('replicas: 37,');
  });

  it('says of the consumers of a queue what is left for a backlog', () => {
    const consumers = `system S
client users { peak: 1x }
queue q: sqs
worker w { replicas: 30, cores: 4, cpu-time: 10 ms }
flow F from users at 10000/s {
  users ~> q publish 1 KB
  q ~> w
}
`;
    expect(found(consumers)[0]?.message).toBe(
      'What comes to q at peak keeps w busy at 83.3 % of what it can take, above its max-utilization of 70 %, with everything up: a backlog is worked off with the 16.7 % that are left. To stay within max-utilization 70% the peak needs 36 instances, not 30.',
    );
  });

  it('does not say that everything is up where something has failed', () => {
    // 1000 misses/s keep 10 of 120 cores busy; without the CDN 10,000/s do 100.
    const cached = `system S
client users { peak: 1x }
cdn edge { hit-ratio: 90% }
service api { replicas: 30, cores: 4, cpu-time: 10 ms }
flow F from users at 10000/s {
  users -> edge read 1 KB
  edge -> api read 1 KB on miss
}
`;
    expect(found(cached)).toEqual([]);
    const { design } = lowerText(cached, { fail: ['edge'] });
    const [one] = assess(design).findings.filter((f) => f.rule === 'high-utilization');
    expect(one?.message).toContain(
      'api runs at 83.3 % of its capacity at peak, above its max-utilization of 70 %, with what the failure leaves. To stay',
    );
  });

  it('a limit of its own is the limit', () => {
    expect(rules(machines('30', ', max-utilization: 85%'))).toEqual([]);
  });

  it('an autoscaler that can run more is within its range', () => {
    const scaled = (most: number) => text(`autoscale: 2..${most} at cpu 80%, cores: 4, cpu-time: 10 ms`);
    expect(rules(scaled(40))).toEqual([]);
    expect(rules(scaled(30))).toEqual(['high-utilization']);
  });

  it('does not speak of what users who think fill', () => {
    // 400 users who think 1 s ask for at most 400/s, all that one machine of 4 cores serves.
    expect(found(text('cores: 4, cpu-time: 10 ms', 'client users { online: 400, think-time: 1 s }', ''))).toEqual([]);
  });
});
