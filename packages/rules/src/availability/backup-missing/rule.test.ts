import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { backupMissing } from './rule.ts';

testRule(backupMissing);

const design = (store: string, step = 'api -> db write 1 KB', slo = '') => `system S
client users { daily-active: 1k }
service api
${store}
flow F from users at 1/day each {
  users -> api
  ${step}
  ${slo}
}
`;
const found = (store: string, step?: string) => examine(design(store, step)).findings.filter((f) => f.rule === 'backup-missing');
const repaired = (store: string, slo: string) => {
  const text = design(store, undefined, slo);
  return fixed(
    text,
    examine(text).findings.find((f) => f.rule === 'backup-missing'),
  );
};

describe('backup-missing', () => {
  it('says who writes, and that replicas do not help', () => {
    expect(found('database db: postgres { replicas: 3, failover: automatic }')[0]?.message).toBe(
      'db has no backup, and F writes into it: what is deleted or damaged by mistake is lost, in all 3 replicas at once. Copy it away: backup: every 1 day retain 30 day.',
    );
    expect(found('database db: postgres')[0]?.message).toContain('by mistake is lost. Copy');
  });

  it('is about databases and blob stores that are written', () => {
    expect(found('blobstore db: minio')).toHaveLength(1);
    expect(found('database db: redis', 'api -> db update 1 KB')).toHaveLength(1);
    expect(found('database db: postgres', 'api -> db read 1 KB')).toEqual([]);
    expect(found('cache db: redis')).toEqual([]);
    expect(found('search db: elasticsearch')).toEqual([]);
  });

  it('leaves what a provider runs to its settings', () => {
    expect(found('database db: dynamodb')).toEqual([]);
    expect(found('blobstore db: s3')).toEqual([]);
  });

  it('copies as often as the flow wants where there is nothing but the backup', () => {
    expect(repaired('database db: postgres', 'slo: rpo <= 15 min')).toContain('backup: every 15 min retain 30 day');
    expect(repaired('database db: postgres', 'slo: rpo <= 2 day')).toContain('backup: every 1 day retain 30 day');
    expect(repaired('database db: postgres', 'slo: rpo <= 0 s')).toContain('backup: every 1 day retain 30 day');
    expect(repaired('database db: postgres { replicas: 3 }', 'slo: rpo <= 15 min')).toContain('backup: every 1 day retain 30 day');
  });
});
