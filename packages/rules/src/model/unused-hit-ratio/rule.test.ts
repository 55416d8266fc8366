import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { unusedHitRatio } from './rule.ts';

testRule(unusedHitRatio);

const found = (components: string, steps: string) =>
  examine(`system S
client users { daily-active: 1k }
service api
${components}
flow F from users at 1/day each {
${steps}
}
`)
    .findings.filter((f) => f.rule === 'unused-hit-ratio')
    .map((f) => f.message);

describe('a hit ratio', () => {
  it('behind which every request goes on names the step to write', () => {
    expect(found('cdn edge { hit-ratio: 30% }', 'users -> edge -> api')).toEqual([
      'The hit-ratio 30% of edge changes nothing: no step of F is taken on miss, so every request goes on behind it. Write the step behind it on a line of its own: edge -> api on miss.',
    ]);
  });

  it('of a cache beside a store asks for the step that fetches', () => {
    const components = 'cache hot { hit-ratio: 80% }\ndatabase db';
    const steps = 'users -> api\napi -> hot read 1 KB\napi -> db read 1 KB';
    expect(found(components, steps)).toEqual([
      'The hit-ratio 80% of hot changes nothing: no step of F is taken on miss. Say on miss at the step that fetches what hot does not have.',
    ]);
    expect(found(components, `${steps} on miss`)).toEqual([]);
  });

  it('is used by a read-through cache, and by one of which no flow makes use nothing is said', () => {
    expect(
      found(
        'cache hot { strategy: read-through, hit-ratio: 80% }\ndatabase db',
        'users -> api\napi -> hot read 1 KB\nhot -> db read 1 KB on miss',
      ),
    ).toEqual([]);
    expect(found('cache hot { hit-ratio: 80% }', 'users -> api')).toEqual([]);
  });
});
