import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { retryNotIdempotent } from './rule.ts';

testRule(retryNotIdempotent);

const found = (call: string, step: string) =>
  examine(`system S
client users { daily-active: 1M }
service api
database db: postgres
blobstore files: s3
api -> files { timeout: 1 s, retries: 1 }
api -> db { timeout: 1 s, ${call} }
flow F from users at 1/day each {
  users -> api
  ${step}
}
`).findings.filter((f) => f.rule === 'retry-not-idempotent');

describe('retry-not-idempotent', () => {
  it('shows the step that writes', () => {
    const [one] = found('retries: 1', 'api -> db write 1 KB');
    expect(one?.element).toBe('api->db');
    expect(one?.affects).toEqual(['F']);
    expect(one?.related?.[0]?.message).toBe('F writes here');
  });

  it.each([
    ['retries: 1', 'api -> db read 1 KB'],
    ['retries: 1', 'api -> db update 1 KB'],
    ['retries: 0', 'api -> db write 1 KB'],
    ['retries: 1, idempotent: yes', 'api -> db write 1 KB'],
    ['pool: 5', 'api -> db write 1 KB'],
    ['pool: 5', 'api -> files write 1 KB'],
  ])('has nothing against { %s } and %s', (call, step) => {
    expect(found(call, step)).toEqual([]);
  });
});
