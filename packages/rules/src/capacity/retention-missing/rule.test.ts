import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { retentionMissing } from './rule.ts';

testRule(retentionMissing);

const store = (store: string, step: string) => `system S
client users { peak: 1x }
service api
${store}
flow F from users at 1000/s {
  users -> api
  ${step}
}
`;
const db = (properties: string, table = '') => store(`database db { ${properties}\n table a { row: 1 KB${table} }\n}`, 'api -> db write a');
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'retention-missing');

describe('retention-missing', () => {
  it('leaves stores alone whose data is the product, until it fills their disks', () => {
    expect(found(db(''))).toEqual([]);
    expect(found(store('blobstore b', 'api -> b write 1 KB'))).toEqual([]);
    // 31.5 TB a year: 80 % of 200 TB last 5.07 years, of 190 TB 4.8.
    expect(found(db('disk: 200 TB'))).toEqual([]);
    expect(found(db('disk: 190 TB'))).toHaveLength(1);
    expect(found(db('disk: 1 TB', ', rows: 1M'))).toEqual([]);
  });

  it('a stream forgets, or it says so', () => {
    const topic = (kind: string) => found(store(`stream s${kind}`, 'api ~> s publish 1 KB'));
    expect(topic('')[0]?.message).toContain('s gains 2.59 TB a month with all copies');
    expect(topic(' { retention: 1 day }')).toEqual([]);
    // Kafka's default is a week.
    expect(topic(': kafka')).toEqual([]);
  });
});
