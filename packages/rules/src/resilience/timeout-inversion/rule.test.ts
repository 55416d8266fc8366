import { describe, expect, it } from 'vitest';
import { examine, fixed } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { timeoutInversion } from './rule.ts';

// Its avoid and prefer examples, and its fixes. What is particular to the rule follows.
testRule(timeoutInversion);

const chain = (ab: string, bc: string, cd: string): string => `system S
client u { daily-active: 1 }
service a { latency: 1 us }
service b { latency: 1 us }
service c { latency: 1 us }
external d { latency: 1 us }
a -> b { ${ab} }
b -> c { ${bc} }
c -> d { ${cd} }
flow F from u at 1/day each {
  u -> a -> b -> c -> d
}
`;
const found = (text: string) => examine(text).findings.filter((f) => f.rule === 'timeout-inversion');

describe('timeout-inversion', () => {
  it('counts attempts and pauses, and looks through calls without a timeout', () => {
    // b → c waits as long as c → d does: 2 × 400 ms + 100 ms.
    const [finding, ...more] = found(chain('timeout: 800 ms', '', 'timeout: 400 ms, retries: 1, backoff: exponential 100 ms'));
    expect(more).toEqual([]);
    expect(finding?.element).toBe('a->b');
    expect(finding?.message).toContain('c → d may take 900 ms (2 attempts of 400 ms and pauses of 100 ms)');
    expect(found(chain('timeout: 900 ms', '', 'timeout: 400 ms, retries: 1, backoff: exponential 100 ms'))).toEqual([]);
  });

  it('pauses grow: 100 + 200 + 400 ms, or 100 + 200 + 300 ms; with jitter they may be nothing', () => {
    const longest = (backoff: string) =>
      /may take (\S+ \S+)/.exec(found(chain('timeout: 1 ms', '', `timeout: 1 s, retries: 3, ${backoff}`))[0]?.message ?? '')?.[1];
    expect(longest('backoff: exponential 100 ms')).toBe('4.7 s');
    expect(longest('backoff: linear 100 ms')).toBe('4.6 s');
    expect(longest('backoff: exponential 100 ms, jitter: full')).toBe('4 s');
  });

  it('three times 400 ms fit into 1.2 s', () => {
    expect(found(chain('timeout: 1.2 s', 'timeout: 400 ms, retries: 2', ''))).toEqual([]);
  });

  it('offers no fix that would move the fault up', () => {
    const text = chain('timeout: 500 ms', 'timeout: 400 ms', 'timeout: 450 ms');
    const [finding] = found(text);
    expect(finding?.element).toBe('b->c');
    expect(finding?.fixes ?? []).toHaveLength(1);
    expect(found(fixed(text, finding))).toEqual([]);
    // 600 ms for b → c would be more than a gives b.
    expect(found(chain('timeout: 500 ms', 'timeout: 400 ms', 'timeout: 600 ms')).map((f) => [f.element, f.fixes ?? []])).toContainEqual([
      'b->c',
      [],
    ]);
  });

  it('is said once of a connection, in the first flow that shows it', () => {
    const text = chain('timeout: 800 ms', 'timeout: 1 s', '');
    const second = text.slice(text.indexOf('flow F')).replace('flow F', 'flow G');
    const without = 'flow A from u at 1/day each {\n  u -> a -> b\n}\n';
    expect(found(`${text}${second}`)).toHaveLength(1);
    const [finding, ...more] = found(text.replace('flow F', `${without}flow F`) + second);
    expect([finding?.affects, more]).toEqual([['F'], []]);
  });

  it('says nothing of those who do not wait', () => {
    const text = `
system S
client u { daily-active: 1 }
service a { latency: 1 us }
queue q { latency: 1 us }
worker w { latency: 1 us }
external d { latency: 1 us }
a -> q { timeout: 100 ms }
w -> d { timeout: 10 s }
flow F from u at 1/day each {
  u -> a
  a ~> q publish 1 KB
  q ~> w
  w -> d
}
`;
    expect(found(text)).toEqual([]);
  });
});
