import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { latencyObjectiveMissed } from './rule.ts';

// Its avoid and prefer examples. What is particular to the rule follows.
testRule(latencyObjectiveMissed);

const design = (slo: string, latency = 'p50 100 ms p99 100 ms'): string => `system S
client u { daily-active: 1 }
service a { latency: p50 10 ms p99 10 ms }
queue q { latency: p50 5 ms p99 5 ms }
worker w { latency: ${latency} }
flow F from u at 1/day each {
  u -> a
  a ~> q publish 1 KB
  q ~> w
  slo: ${slo}
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'latency-objective-missed');

describe('latency-objective-missed', () => {
  it('of the answer and of the completion, each with what takes longest', () => {
    // Answer: 10 + 0.25 + 5; completion: 100.25 more.
    expect(found(design('p99 <= 16 ms, completion p99 <= 116 ms'))).toEqual([]);
    const [answer, completion] = found(design('p50 <= 15 ms, completion p95 <= 100 ms'));
    expect(answer?.message).toBe(
      'F misses its objective: the p50 at peak is about 15.3 ms, not <= 15 ms. Most of the mean time: work of a 10 ms and work of q 5 ms.',
    );
    expect(completion?.message).toContain('the completion of F misses its objective: the p95 at peak is about 116 ms');
    expect([answer?.severity, answer?.element]).toEqual(['warning', 'F']);
  });

  it('is a note where the tail is an assumption', () => {
    const [note] = found(design('completion p99 <= 300 ms', '100 ms'));
    expect(note?.severity).toBe('info');
    expect(note?.message).toContain('the latency of w is one number');
    expect(found(design('completion p99 <= 50 ms', '100 ms'))[0]?.severity).toBe('warning');
  });

  it('says nothing of what is not estimated', () => {
    expect(found(design('completion p99 <= 1 ms').replace('latency: p50 5 ms p99 5 ms', ''))).toEqual([]);
  });
});
