import type { Accept, Analysis, Design, Span } from '@sysd/core';
import { describe, expect, it } from 'vitest';
import { unusedAccept } from './model/unused-accept/rule.ts';
import { defineRule, type Rule } from './rule.ts';
import { runRules } from './run.ts';

const at = (start: number): Span => ({ block: { uri: 'file:///a.sysd', offset: 0 }, start, end: start + 1 });

const accept = (rule: string, element: string, reason: string): Accept => ({ rule, element, reason, span: at(90), ruleSpan: at(91) });

function designWith(accepts: readonly Accept[]): Design {
  return {
    id: 'Test',
    uri: 'file:///a.sysd',
    span: at(0),
    lets: [],
    places: new Map(),
    groups: new Map(),
    components: new Map(),
    connections: new Map(),
    flows: new Map(),
    technologies: new Map(),
    scenarios: [],
    views: [],
    expectations: [],
    accepts,
    failed: [],
  };
}

const none = { notEstimated: 'nothing is stored' };
const analysis: Analysis = {
  traffic: { flows: new Map(), components: new Map(), connections: new Map(), closed: new Map() },
  storage: { entries: [], stores: new Map(), durable: { perDay: none, perDayWithCopies: none } },
  limits: new Map(),
  failures: { singles: [], notes: [] },
};

const text = {
  category: 'model',
  severity: 'warning',
  summary: '',
  why: '',
  doInstead: '',
  docs: { avoid: [], prefer: [], references: [] },
} as const;

const reporting = (id: string, element: string, start: number, affects: string[] = [], quiet = false): Rule =>
  defineRule({
    ...text,
    id,
    messages: { found: (d: { what: string }) => `found ${d.what}` },
    check: ({ report }) => report({ message: 'found', data: { what: element }, span: at(start), element, affects, quiet }),
  });

const throwing: Rule = defineRule({
  ...text,
  id: 'broken',
  messages: {},
  check: () => {
    throw new TypeError('x is undefined');
  },
});

describe('runRules', () => {
  it('sorts by place, whatever the order of the rules', () => {
    const rules = [reporting('b', 'y', 5), reporting('a', 'x', 5), reporting('c', 'z', 1)];
    const found = runRules(designWith([]), analysis, { rules });
    expect(found.map((d) => d.rule)).toEqual(['c', 'a', 'b']);
    expect(runRules(designWith([]), analysis, { rules: rules.toReversed() })).toEqual(found);
  });

  it('applies severities, and `off`', () => {
    const rules = [reporting('a', 'x', 1), reporting('b', 'y', 2)];
    const severities = new Map([
      ['a', 'hint'],
      ['b', 'off'],
    ] as const);
    expect(runRules(designWith([]), analysis, { rules, severities }).map((d) => [d.rule, d.severity])).toEqual([['a', 'hint']]);
  });

  it('turns a rule that throws into a diagnostic that names it, and keeps the rest', () => {
    const found = runRules(designWith([]), analysis, { rules: [throwing, reporting('a', 'x', 1)] });
    expect(found.map((d) => d.rule)).toEqual(['internal-error', 'a']);
    expect(found[0]?.message).toContain('The rule broken failed on this design (TypeError: x is undefined)');
  });
});

describe('accepts', () => {
  const rules = [reporting('a', 'x', 1, ['Buy', 'Sell']), unusedAccept];

  it('keeps the finding, with the reason', () => {
    const found = runRules(designWith([accept('a', 'x', 'decision 12')]), analysis, { rules });
    expect(found.map((d) => [d.rule, d.accepted])).toEqual([['a', 'decision 12']]);
  });

  it('needs all flows that a finding affects, where it names flows', () => {
    const one = runRules(designWith([accept('a', 'Buy', 'r1')]), analysis, { rules });
    expect(one.map((d) => [d.rule, d.accepted])).toEqual([['a', undefined]]);
    const both = runRules(designWith([accept('a', 'Buy', 'r1'), accept('a', 'Sell', 'r2')]), analysis, { rules });
    expect(both.map((d) => [d.rule, d.accepted])).toEqual([['a', 'r1; r2']]);
  });

  it('reports one that matches nothing, unless the rule did not run', () => {
    const design = designWith([accept('a', 'other', 'r')]);
    expect(runRules(design, analysis, { rules }).map((d) => d.rule)).toEqual(['a', 'unused-accept']);
    expect(runRules(design, analysis, { rules, severities: new Map([['a', 'off']]) })).toEqual([]);
    const crashed = runRules(designWith([accept('broken', 'x', 'r')]), analysis, { rules: [throwing, unusedAccept] });
    expect(crashed.map((d) => d.rule)).toEqual(['internal-error']);
  });

  it('suggests the rule for a misspelt one', () => {
    const [, found] = runRules(designWith([accept('aa', 'x', 'r')]), analysis, { rules });
    expect(found?.message).toContain('There is no rule aa, so this line silences nothing. Did you mean a?');
    expect(found?.fixes?.[0]?.edits).toEqual([{ kind: 'replace', span: at(91), text: 'a' }]);
  });

  it('shows a quiet finding only where it is accepted', () => {
    const quiet = [reporting('a', 'x', 1, [], true), unusedAccept];
    expect(runRules(designWith([]), analysis, { rules: quiet })).toEqual([]);
    expect(runRules(designWith([accept('a', 'x', 'r')]), analysis, { rules: quiet }).map((d) => d.accepted)).toEqual(['r']);
  });
});
