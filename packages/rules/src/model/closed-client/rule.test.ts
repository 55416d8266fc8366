import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { closedClient } from './rule.ts';

// Its avoid and prefer examples. What is particular to the rule follows.
testRule(closedClient);

const found = (client: string, flows: string) =>
  examine(`system S\nclient u { ${client} }\nservice a { cores: 1, cpu-time: 1 ms }\n${flows}`).findings.filter(
    (f) => f.rule === 'closed-client',
  );

describe('closed-client', () => {
  it('a flow with a rate beside one without uses the peak', () => {
    const flows = 'flow F from u { u -> a }\nflow G from u at 1/s { u -> a }';
    expect(found('online: 5, think-time: 1 s, peak: 3x', flows)).toEqual([]);
    const followed = 'flow F from u { u -> a }\nflow G from u at F * 10% { u -> a }';
    expect(found('online: 5, think-time: 1 s, peak: 3x', followed).map((f) => f.message)).toEqual([
      'The peak 3x of u changes nothing: the rate of F follows from how many are online and their think-time. Say how many are online at peak, and remove it.',
    ]);
  });

  it('says nothing of a client from which no flow starts', () => {
    expect(found('think-time: 1 s', '')).toEqual([]);
  });
});
