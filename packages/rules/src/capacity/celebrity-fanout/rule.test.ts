import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { celebrityFanout } from './rule.ts';

testRule(celebrityFanout);

/** One store of 100k/s that is idle but for this. */
const found = (step: string, slo = '', store = 'capacity: 100k/s') => {
  const { errors, findings } = examine(`system S
client users { peak: 1x }
service api
service timelines { ${store} }
flow F from users at 0/s {
  users -> api
  api ~> timelines ${step}
  ${slo}
}
`);
  expect(errors.map((e) => e.message)).toEqual([]);
  return findings.filter((f) => f.rule === 'celebrity-fanout');
};

describe('celebrity-fanout', () => {
  it('31 million at 100k/s take 310 s: longer than the 5 minutes of Twitter in 2012; 30 million take just these', () => {
    const [one] = found('times 200 max 31M');
    expect(one?.message).toContain(
      'F repeats api → timelines up to 31 M times (200 on average): one such request takes timelines at least 5.17 min',
    );
    expect(found('times 200 max 30M')).toEqual([]);
  });

  it('goes by the objective for the completion, the highest percentile of it, where there is one', () => {
    expect(found('times 200 max 501k', 'slo: completion p99 <= 5 s')[0]?.message).toContain('but the flow is to be complete in 5 s');
    expect(found('times 200 max 499k', 'slo: completion p99 <= 5 s')).toEqual([]);
    expect(found('times 200 max 499k', 'slo: completion p50 <= 1 s, completion p99 <= 5 s')).toEqual([]);
    expect(found('times 200 max 40M', 'slo: completion p99 <= 1 h')).toEqual([]);
    // That of the answer says nothing of what goes on behind it.
    expect(found('times 200 max 499k', 'slo: p99 <= 100 ms')).toEqual([]);
  });

  it('points at the number, and says nothing where nothing is known', () => {
    const [one] = found('times 200 max 31M');
    expect(one?.element).toBe('F');
    expect(one?.affects).toEqual(['timelines']);
    expect(found('times 200 max 31M', '', 'replicas: 2')).toEqual([]);
    expect(found('times 200')).toEqual([]);
  });
});
