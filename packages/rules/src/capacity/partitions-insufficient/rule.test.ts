import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { partitionsInsufficient } from './rule.ts';

testRule(partitionsInsufficient);

const topic = (stream: string, worker = 'replicas: 3') => `system S
client users { peak: 1x }
service api
stream s: ${stream}
worker w { ${worker} }
flow F from users at 20/s {
  users -> api
  api ~> s publish 1 MB
  s ~> w
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'partitions-insufficient');

describe('partitions-insufficient', () => {
  it('20/s of 1 MB, 5 MB/s from producers and 3/s to a consumer take seven partitions', () => {
    const text = (n: number) => topic(`kafka { partitions: ${n}, partition-capacity: 5 MB/s }`, 'replicas: 3, cores: 1, cpu-time: 1 s / 3');
    expect(found(text(7))).toEqual([]);
    const [one] = found(text(6));
    expect(one?.message).toContain('An instance works off 3/s; the 20/s at peak take 7 partitions.');
    expect(fixed(text(6), one)).toContain('partitions: 7');
  });

  it('a shard of Kinesis takes 1 MB/s', () => {
    expect(found(topic('kinesis { partitions: 20 }'))).toEqual([]);
    expect(found(topic('kinesis { partitions: 19 }'))[0]?.message).toContain('what is published to it at peak takes 20 partitions');
  });
});
