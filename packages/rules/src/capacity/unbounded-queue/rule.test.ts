import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { unboundedQueue } from './rule.ts';

testRule(unboundedQueue);

const mails = (queue: string, worker: string) => `system S
client users { peak: 1x }
service api
queue q${queue}
worker w { ${worker} }
flow F from users at 80/s {
  users -> api
  api ~> q publish 1 KB
  q ~> w
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'unbounded-queue');

describe('unbounded-queue', () => {
  it('80/s at 100/s: ten minutes of outage take 40 to work off', () => {
    expect(found(mails('', 'cores: 1, cpu-time: 10 ms'))[0]?.message).toContain(
      'q has no max-length, and w is at 80 % of what it can work off at peak: after an outage of 10 min there wait 48 k messages, which take 40 min to work off.',
    );
  });

  it('is silent where there is room, where nothing is known, where a provider runs the queue, and where over-capacity speaks', () => {
    expect(found(mails('', 'cores: 2, cpu-time: 10 ms'))).toEqual([]);
    expect(found(mails('', 'replicas: 1'))).toEqual([]);
    expect(found(mails(': sqs', 'cores: 1, cpu-time: 10 ms'))).toEqual([]);
    expect(found(mails('', 'cores: 1, cpu-time: 20 ms'))).toEqual([]);
    expect(found(mails(' { max-length: 100k }', 'cores: 1, cpu-time: 10 ms'))).toEqual([]);
  });
});
