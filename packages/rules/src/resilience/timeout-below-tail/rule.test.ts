import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { timeoutBelowTail } from './rule.ts';

// Its avoid and prefer examples, and its fixes. What is particular to the rule follows.
testRule(timeoutBelowTail);

const design = (callee: string, steps: string, timeout = '50 ms'): string => `system S
client u { daily-active: 1 }
service a { latency: p50 1 ms p99 1 ms }
external x { latency: ${callee} }
service b { latency: p50 1 ms p99 1 ms }
a -> x { timeout: ${timeout} }
flow F from u at 1/day each {
  u -> a
${steps}
}
`;
const found = (text: string) =>
  examine(text)
    .findings.filter((f) => f.rule === 'timeout-below-tail')
    .map((f) => [f.element, f.severity]);

describe('timeout-below-tail', () => {
  it('compares with the 99th percentile of the step', () => {
    expect(found(design('p50 10 ms p99 60 ms', '  a -> x'))).toEqual([['a->x', 'warning']]);
    expect(found(design('p50 10 ms p99 49 ms', '  a -> x'))).toEqual([]);
    expect(found(design('p50 10 ms p99 50 ms', '  a -> x'))).toEqual([]);
  });

  it('is a note where the tail is an assumption: exponential with mean 20 ms has a p99 of 92 ms', () => {
    expect(found(design('20 ms', '  a -> x'))).toEqual([['a->x', 'info']]);
    expect(found(design('70 ms', '  a -> x'))).toEqual([['a->x', 'warning']]);
    expect(found(design('10 ms', '  a -> x'))).toEqual([]);
  });

  it('leaves out what may fail, and what is not estimated', () => {
    expect(found(design('p50 10 ms p99 60 ms', '  a -> x optional'))).toEqual([]);
    expect(found(design('p50 10 ms p99 60 ms', '  a -> x\n  else a -> b'))).toEqual([]);
    expect(found(design('p50 10 ms p99 60 ms', '  a -> x').replace('latency: p50 10 ms p99 60 ms', 'availability: 99%'))).toEqual([]);
  });

  it('is said once of a connection, in the first flow that shows it', () => {
    const text = design('p50 10 ms p99 60 ms', '  a -> x');
    const second = text.slice(text.indexOf('flow F')).replace('flow F', 'flow G');
    expect(found(`${text}${second}`)).toHaveLength(1);
  });

  it('counts the attempts one by one, and a timeout in a flow below a queue', () => {
    const text = design('p50 10 ms p99 60 ms', '  a -> q publish 1 KB\n  q ~> w\n  w -> x').replace('a -> x {', 'w -> x {');
    expect(found(`${text}queue q\nworker w\n`)).toEqual([['w->x', 'warning']]);
  });
});
