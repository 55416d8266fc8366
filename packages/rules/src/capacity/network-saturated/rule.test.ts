import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { networkSaturated } from './rule.ts';

testRule(networkSaturated);

const images = (properties: string) => `system S
client users { peak: 1x }
service api { ${properties} }
flow F from users at 1000/s {
  users -> api 1 KB returns 1 MB
}
`;
const topic = (properties: string) => `system S
client users { peak: 1x }
stream s: kafka { ${properties} }
flow F from users at 50000/s {
  users ~> s publish 1 KB
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'network-saturated');

describe('network-saturated', () => {
  it('1 GB/s over eight cards of 1 Gbit/s fills them', () => {
    expect(found(images('replicas: 9, bandwidth: 1 Gbps'))).toEqual([]);
    const full = images('replicas: 8, bandwidth: 1 Gbps');
    expect(found(full)[0]?.message).toContain('Each instance of api sends 125 MB/s (1 Gbit/s) at peak, 100 % of its bandwidth of 1 Gbps.');
    // 11.4 at 70 %, and one to spare.
    expect(fixed(full, found(full)[0])).toContain('replicas: 13');
  });

  it('knows nothing where no bandwidth is said', () => {
    expect(found(images('replicas: 1'))).toEqual([]);
  });

  it('counts what brokers send to each other, and shows itself at the stream where the technology says the bandwidth', () => {
    // In: 50 MB/s × 3 ÷ 6. Out: 50 MB/s × 2 ÷ 6.
    expect(found(topic('replicas: 3, nodes: 6'))).toEqual([]);
    const text = topic('replicas: 3');
    const [one] = found(text);
    expect(one?.message).toContain(
      'Each instance of s gets 50 MB/s (400 Mbit/s) at peak, 100 % of its bandwidth of 50 MB/s (default of kafka).',
    );
    expect(text.slice(0, (one?.span.block.offset ?? 0) + (one?.span.start ?? 0)).split('\n')).toHaveLength(3);
  });
});
