import { describe, expect, it } from 'vitest';
import { parseQuantity } from '../quantity/parse.ts';
import type { Span } from '../source.ts';
import { brokenDefaults, effective } from './defaults.ts';
import { matchPhrase, type Term } from './match.ts';
import { PROPERTY_NAMES, propertySchema } from './properties.ts';

const span: Span = { block: { uri: 'x', offset: 0 }, start: 0, end: 1 };

/** A tokeniser for the examples of the table: just enough of the language. */
function terms(text: string): Term[] {
  const tokens =
    text.match(
      /"[^"]*"|\d[\d.]*(?: h)?(?:\.\.\d[\d.]*)?(?: ?[A-Za-z%]+)?(?:\/[A-Za-z]+)?|[A-Za-z_][\w-]*(?:\.[\w-]+)*\([^)]*\)|[A-Za-z_][\w-]*(?:\.[\w-]+)*|>=|<=|,/g,
    ) ?? [];
  return tokens.flatMap((token): Term[] => {
    if (token === '>=' || token === '<=') return [{ kind: 'word', word: token, span }];
    if (token === ',') return [{ kind: 'comma', span }];
    if (token.startsWith('"')) return [{ kind: 'text', text: token.slice(1, -1), span }];
    if (/^\d/.test(token)) {
      const whole = parseQuantity(token);
      if (whole.ok) return [{ kind: 'quantity', quantity: whole.value, span }];
      const [number = '', word = ''] = token.split(' ');
      const first = parseQuantity(number);
      if (!first.ok) throw new Error(token);
      return [
        { kind: 'quantity', quantity: first.value, span },
        { kind: 'word', word, span },
      ];
    }
    const call = /^([\w-]+)\((.*)\)$/.exec(token);
    if (call)
      return [{ kind: 'call', name: call[1] ?? '', arguments: (call[2] ?? '').split(',').map((n) => ({ name: n.trim(), span })), span }];
    return [{ kind: 'word', word: token, span }];
  });
}

describe('the property table', () => {
  it('has defaults that fit their own phrases', () => {
    expect(brokenDefaults()).toEqual([]);
  });

  it.each(PROPERTY_NAMES)('%s: the example fits the phrase', (name) => {
    const schema = propertySchema(name);
    expect(matchPhrase(schema.phrase, terms(schema.example), span)).not.toHaveProperty('error');
  });

  it('applies a default only where nobody says otherwise', () => {
    expect(effective(new Map(), 'max-utilization')).toMatchObject({ value: { value: 0.7 }, origin: { kind: 'default' } });
    expect(effective(new Map(), 'hit-ratio')).toBeUndefined();
  });
});

describe('matching', () => {
  const errorOf = (name: 'replicas' | 'peak' | 'strategy' | 'ttl' | 'health' | 'breaker', text: string) => {
    const result = matchPhrase(propertySchema(name).phrase, terms(text), span);
    return 'error' in result ? result.error : undefined;
  };

  it('reads records with words in any order', () => {
    expect(matchPhrase(propertySchema('health').phrase, terms('http "/h" threshold 3 every 5 s'), span)).toMatchObject({
      value: { probe: { http: { text: '/h' } }, every: { value: 5 }, threshold: { value: 3 } },
    });
    expect(matchPhrase(propertySchema('breaker').phrase, terms('5 failures recovery 30 s'), span)).toMatchObject({
      value: { failures: { value: 5 }, recovery: { value: 30 } },
    });
  });

  it('reads a flag that stands before the rest', () => {
    expect(matchPhrase(propertySchema('slo').phrase, terms('availability >= 99.9%, completion p99 <= 5 s'), span)).toMatchObject({
      value: [{ metric: 'availability' }, { completion: true, metric: 'p99', bound: { value: 5 } }],
    });
  });

  it('reads what may be left out at the end', () => {
    const { phrase } = propertySchema('backoff');
    expect(matchPhrase(phrase, terms('linear'), span)).toEqual({ value: { kind: 'linear' } });
    expect(matchPhrase(phrase, terms('exponential 100 ms'), span)).toMatchObject({ value: { kind: 'exponential', base: { value: 0.1 } } });
    expect(matchPhrase(phrase, terms('exponential 10 MB'), span)).toMatchObject({ error: { rule: 'unit-mismatch' } });
  });

  it('wants more than nothing where nothing would divide by zero', () => {
    expect(matchPhrase(propertySchema('capacity').phrase, terms('0/s'), span)).toMatchObject({
      error: { message: '0/s must be more than 0' },
    });
    expect(matchPhrase(propertySchema('cpu-time').phrase, terms('0 ms'), span)).toHaveProperty('error');
  });

  it('tells a wrong dimension from a wrong word', () => {
    expect(errorOf('ttl', '10 MB')).toMatchObject({ rule: 'unit-mismatch', message: '10 MB is an amount of data, but a time is due here' });
    expect(errorOf('replicas', '1 B')?.message).toContain('for a billion write G');
    expect(errorOf('strategy', 'cache-asid')).toMatchObject({ rule: 'invalid-value', suggestion: 'cache-aside' });
    expect(errorOf('peak', '0.5x')?.message).toContain('too small');
    expect(errorOf('replicas', '2.5')?.message).toContain('whole number');
    expect(errorOf('replicas', '2 over us')?.message).toContain('unexpected over');
    expect(errorOf('health', '')?.message).toContain('expected');
  });
});
