import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { connectionPoolMissing } from './rule.ts';

testRule(connectionPoolMissing);

const shop = (rate: string, db = 'postgres', replicas = 4, rest = '') => `system S
client users { peak: 1x }
service api { replicas: ${replicas} }
database db: ${db}
${rest}
flow F from users at ${rate} {
  users -> api
  api -> db read 1 KB
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'connection-pool-missing');

describe('connection-pool-missing', () => {
  it('speaks up above 50 requests a second of an instance', () => {
    expect(found(shop('200/s'))).toEqual([]);
    expect(found(shop('201/s'))).toHaveLength(1);
  });

  it('is about relational servers: not about key-value stores, nor a database in the process', () => {
    expect(found(shop('4000/s', 'redis'))).toEqual([]);
    expect(found(shop('4000/s', 'sqlite'))).toEqual([]);
    expect(found(shop('4000/s', 'mysql'))).toHaveLength(1);
  });

  it('offers a pool that all instances can have, and none where there is no room', () => {
    expect(fixed(shop('4000/s'), found(shop('4000/s'))[0])).toContain('pool: 10');
    expect(fixed(shop('4000/s', 'postgres', 20), found(shop('4000/s', 'postgres', 20))[0])).toContain('pool: 5');
    expect(found(shop('9000/s', 'postgres', 101))[0]?.fixes).toBeUndefined();
    const shared = shop('4000/s', 'postgres', 4, 'worker jobs { replicas: 8 }\njobs -> db { pool: 10 }');
    expect(fixed(shared, found(shared)[0])).toContain('pool: 5');
  });
});
