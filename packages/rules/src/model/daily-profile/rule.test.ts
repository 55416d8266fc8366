import { describe, expect, it } from 'vitest';
import { examine } from '../../../test/examine.ts';
import { testRule } from '../../../test/test-rule.ts';
import { dailyProfile } from './rule.ts';

// Its avoid and prefer examples. What is particular to the rule follows.
testRule(dailyProfile);

const found = (kind: string, properties: string) =>
  examine(`system S\n${kind} u { ${properties} }\nservice a { cores: 1, cpu-time: 1 ms }\nflow F from u at 1/s { u -> a }`)
    .findings.filter((f) => f.rule === 'daily-profile')
    .map((f) => f.message);

describe('daily-profile', () => {
  it('says what is wrong in the words of the text', () => {
    expect(found('scheduler', 'schedule: 22 h..26 h')).toEqual([
      'The schedule of u goes beyond the day: times are from 0 h to 24 h, and what runs over midnight is two windows (22 h..24 h, 0 h..4 h).',
    ]);
    expect(found('scheduler', 'schedule: 2 h..2 h')).toEqual(['The schedule of u has a window in which no time passes.']);
    expect(found('client', 'profile: 6 h 20%, 18 h 80%, 2 h 100%')).toEqual([
      'The profile of u goes back in time from 18 h to 2 h. Write its points in the order of the day, from 0 h to 24 h: from the last it goes on to the first, over midnight.',
    ]);
    expect(found('client', 'profile: 0 h 0%, 8 h 0%')).toEqual(['The profile of u is 0 all day.']);
    expect(found('client', 'profile: 0 h 1, 0 h 2, 24 h 3')).toEqual([
      'The profile of u gives midnight, 0 h or 24 h, more than twice: before a jump and after it.',
    ]);
    expect(found('client', `profile: ${Array.from({ length: 601 }, (_, i) => `${i} min 1`).join(', ')}`)).toEqual([
      'The profile of u has 601 points; 600 are the most.',
    ]);
  });

  it('a jump, a day that ends where it began and windows that touch are no fault', () => {
    expect(found('client', 'profile: 0 h 20%, 8 h 20%, 8 h 100%, 24 h 50%')).toEqual([]);
    expect(found('external', 'schedule: 8 h..12 h, 12 h..13 h, 22 h..24 h')).toEqual([]);
  });

  it('a client that thinks and whose flow says its rate may have a profile', () => {
    expect(found('client', 'online: 3, think-time: 1 s, profile: 0 h 20%, 12 h 100%')).toEqual([]);
  });
});
