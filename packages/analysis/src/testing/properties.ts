import {
  isProperty,
  matchPhrase,
  type Property,
  type PropertyBag,
  type PropertyName,
  parseQuantity,
  propertySchema,
  type Quantity,
  type Span,
  type Term,
} from '@sysd/core';

export const nowhere: Span = { block: { uri: 'test.sysd', offset: 0 }, start: 0, end: 0 };

/** A quantity as the language writes it. Throws on a mistake in a test. */
export function quantityOf(text: string): Quantity {
  const parsed = parseQuantity(text);
  if (!parsed.ok) throw new Error(`${text} is no quantity`);
  return { ...parsed.value, text };
}

const TOKEN =
  /"[^"]*"|\d[\d.]* (?:h|min)\.\.\d[\d.]* (?:h|min)|\d[\d.]*[kMGT]?\.\.\d[\d.]*[kMGT]?|\d[\d.]*[kMGT]?(?: ?(?:[A-Za-z]+|%))?(?:\/[A-Za-z]+)?|[A-Za-z_][\w-]*(?:\.[\w-]+)*\([^)]*\)|[A-Za-z_][\w-]*(?:\.[\w-]+)*|>=|<=|,/g;

function termsOf(text: string): Term[] {
  return (text.match(TOKEN) ?? []).flatMap((token): Term[] => {
    if (token === ',') return [{ kind: 'comma', span: nowhere }];
    if (token.startsWith('"')) return [{ kind: 'text', text: token.slice(1, -1), span: nowhere }];
    if (/^\d/.test(token)) {
      const whole = parseQuantity(token);
      if (whole.ok) return [{ kind: 'quantity', quantity: { ...whole.value, text: token }, span: nowhere }];
      const [number = '', word = ''] = token.split(' ');
      return [
        { kind: 'quantity', quantity: quantityOf(number), span: nowhere },
        { kind: 'word', word, span: nowhere },
      ];
    }
    const call = /^([\w-]+)\((.*)\)$/.exec(token);
    if (call) {
      const names = (call[2] ?? '').split(',').map((n) => ({ name: n.trim(), span: nowhere }));
      return [{ kind: 'call', name: call[1] ?? '', arguments: names, span: nowhere }];
    }
    return [{ kind: 'word', word: token, span: nowhere }];
  });
}

/** A bag from source texts: `{ replicas: '2', 'cpu-time': '10 ms' }`. Throws on a mistake in a test. */
export function bagOf(texts: Readonly<Record<string, string>>): PropertyBag {
  const bag = new Map<PropertyName, Property>();
  for (const [name, text] of Object.entries(texts)) {
    if (!isProperty(name)) throw new Error(`${name} is no property`);
    const matched = matchPhrase(propertySchema(name).phrase, termsOf(text), nowhere);
    if ('error' in matched) throw new Error(`${name}: ${text}: ${matched.error.message}`);
    bag.set(name, { value: matched.value, origin: { kind: 'declared' }, text, span: nowhere, valueSpan: nowhere });
  }
  return bag;
}
