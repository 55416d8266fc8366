import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { evenQuorum } from './rule.ts';

testRule(evenQuorum);

const found = (line: string) =>
  examine(`system S
zone a
zone b
zone c
client users { daily-active: 1k }
${line}
flow F from users at 1/day each {
  users -> x
}
`).findings.filter((f) => f.rule === 'even-quorum');
const titles = (line: string) => found(line)[0]?.fixes?.map((f) => f.title);

describe('even-quorum', () => {
  it('says how many may fail', () => {
    expect(found('registry x: zookeeper { replicas: 6 across a, b, c }')[0]?.message).toBe(
      '6 replicas of x tolerate no more failures than 5: the majority of 6 is 4, so 2 may fail, as with 5. Run 5, or 7 so that one more may fail.',
    );
  });

  it('leaves two to single-point-of-failure: each of them is one', () => {
    expect(found('registry x: etcd { replicas: 2 }')).toEqual([]);
    const all = examine(`system S
client users { daily-active: 1k }
registry x: etcd { replicas: 2 }
flow F from users at 1/day each {
  users -> x
}
`).findings;
    expect(all.map((f) => f.rule)).toEqual(['single-point-of-failure']);
  });

  it('is not about what decides by a number, by replicas in sync, or by one', () => {
    expect(found('registry x { replicas: 4, quorum: 2 }')).toEqual([]);
    expect(found('stream x: kafka { replicas: 4, min-in-sync: 2 }')).toEqual([]);
    expect(found('database x: cassandra { replicas: 4 }')).toEqual([]);
    expect(found('database x: spanner { replicas: 4 }')).toEqual([]);
    expect(found('service x { replicas: 4, health: tcp }')).toEqual([]);
  });

  it('is about logs replicated by majority', () => {
    expect(found('database x: mongodb { replicas: 4 }')).toHaveLength(1);
    expect(found('queue x: rabbitmq { replicas: 4 }')).toHaveLength(1);
  });

  it('does not offer fewer where the rest has no spare', () => {
    expect(titles('registry x: etcd { replicas: 4 }')).toEqual(['Run 3 replicas of x', 'Run 5 replicas of x']);
    expect(titles('registry x: etcd { replicas: 4, min-available: 3 }')).toEqual(['Run 5 replicas of x']);
  });
});
