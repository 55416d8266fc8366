import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { consumersExceedPartitions } from './rule.ts';

testRule(consumersExceedPartitions);

const topic = (stream: string, workers: string, step = 's ~> w') => `system S
stream s: kafka { ${stream} }
${workers}
flow F from s at 20/s {
  ${step}
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'consumers-exceed-partitions');

describe('consumers-exceed-partitions', () => {
  it('each partition is read by one instance', () => {
    expect(found(topic('partitions: 4', 'worker w { replicas: 4 }'))).toEqual([]);
    expect(found(topic('partitions: 4', 'worker w { replicas: 5 }'))[0]?.message).toContain(
      'w has 5 instances, but s has 4 partitions, and each is read by one instance of the group: one is idle.',
    );
  });

  it('adds the workers of a group up', () => {
    const text = topic('partitions: 4', 'worker w { replicas: 3, group: g }\nworker v { replicas: 3, group: g }', 's ~> w 50% | v 50%');
    expect(found(text)[0]?.message).toContain('group g (w and v) has 6 instances');
    expect(found(fixed(text, found(text)[0]))).toEqual([]);
    expect(found(topic('partitions: 4', 'worker w { replicas: 3 }\nworker v { replicas: 3 }', 's ~> w\n  s ~> v'))).toEqual([]);
  });

  it('takes the one partition of Kafka’s default where none is said, and stands at the stream', () => {
    const text = topic('', 'worker w { replicas: 2 }');
    const [one] = found(text);
    expect(one?.message).toContain('s has 1 partition,');
    expect(one?.span.block.uri).toBe(examine(text).findings[0]?.span.block.uri);
    expect(fixed(text, one)).toContain('partitions: 2');
  });

  it('counts the most instances of autoscaling, and knows nothing of what says no partitions', () => {
    expect(found(topic('partitions: 4', 'worker w { autoscale: 1..5 at cpu 60% }'))).toHaveLength(1);
    expect(found(topic('', 'worker w { replicas: 9 }').replace(': kafka', ''))).toEqual([]);
  });
});
