import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { missingTimeout } from './rule.ts';

testRule(missingTimeout);

const found = (call: string, step: string) =>
  examine(`system S
client users { daily-active: 1M }
service api
service prices
queue jobs: rabbitmq { replicas: 3 }
worker runner
${call}
flow F from users at 1/day each {
  users -> api
  ${step}
}
`).findings.filter((f) => f.rule === 'missing-timeout');

describe('missing-timeout', () => {
  it('says which promise is empty', () => {
    const [one] = found('api -> prices { retries: 1, breaker: 5 failures recovery 30 s }', 'api -> prices');
    expect(one).toMatchObject({ severity: 'warning', element: 'api->prices' });
    expect(one?.message).toContain('api has retries and a circuit breaker for prices but no timeout');
  });

  it('mentions an optional step that is waited for', () => {
    expect(found('', 'api -> prices optional')).toMatchObject([{ severity: 'info', affects: ['F'] }]);
  });

  it.each([
    ['', 'api -> prices'],
    ['api -> prices { pool: 5 }', 'api -> prices'],
    ['api -> prices { retries: 1, timeout: 1 s }', 'api -> prices optional'],
    ['', 'api ~> jobs publish 1 KB\n  jobs ~> runner optional'],
  ])('has nothing against: %s / %s', (call, step) => {
    expect(found(call, step)).toEqual([]);
  });
});
