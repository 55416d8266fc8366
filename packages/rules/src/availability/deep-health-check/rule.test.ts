import { describe, expect, it } from 'vitest';
import { applyFix, examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { deepHealthCheck } from './rule.ts';

testRule(deepHealthCheck);

const design = (health: string, steps: string) => `system S
client users { daily-active: 1M }
loadbalancer lb: haproxy { replicas: 2, mode: active-passive, failover: automatic }
service api { replicas: 4, health: ${health} }
database db: postgres { replicas: 2, failover: automatic }
cache hot: redis { hit-ratio: 90% }
queue jobs: rabbitmq { replicas: 3 }
worker runner { replicas: 2, health: tcp }
external mail { availability: 99.5% }

flow F from users at 1/day each {
  users -> lb -> api
${steps}
}
`;
const found = (health: string, steps: string) => examine(design(health, steps)).findings.filter((f) => f.rule === 'deep-health-check');

describe('deep-health-check', () => {
  it('names the check, what it asks and the flow that would have gone on', () => {
    const [one, ...more] = found('http "/h" every 2 s threshold 3 checks db, mail', '  api -> db read\n  api -> mail when 10%');
    expect(one?.message).toContain('The health check of api asks mail');
    expect(one?.message).toContain('and with it F, which works without it');
    expect(more).toEqual([]);
  });

  it('keeps the rest of the check when it leaves one out', () => {
    const text = design('http "/h" every 2 s threshold 3 checks db, mail', '  api -> db read\n  api -> mail optional');
    const fix = examine(text).findings.find((f) => f.rule === 'deep-health-check')?.fixes?.[0];
    expect(fix && applyFix(text, fix)).toContain('health: http "/h" every 2 s threshold 3 checks db }');
  });

  it.each([
    ['a fallback', 'db', '  api -> db read\n  else api -> mail'],
    ['a cache whose misses are read elsewhere', 'hot', '  api -> hot read 1 KB\n  api -> db read on miss'],
    ['a call that nobody waits for', 'mail', '  api ~> mail optional'],
    ['one of two alternatives', 'mail', '  api -> mail 50% | db 50%'],
    ['no step at all', 'mail', '  api -> db read'],
  ])('knows that a request goes on without it: %s', (_, checked, steps) => {
    expect(found(`tcp checks ${checked}`, steps).length, steps).toBe(1);
  });

  it.each([
    ['a call that every request waits for', 'db', '  api -> db read'],
    ['a broker, whose acknowledgement is waited for', 'jobs', '  api ~> jobs publish 1 KB\n  jobs ~> runner'],
  ])('says nothing of what every request needs: %s', (_, checked, steps) => {
    expect(found(`tcp checks ${checked}`, steps)).toEqual([]);
  });
});
