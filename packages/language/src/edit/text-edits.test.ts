import { expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';
import { applyTextEdits, textEditsOf } from './text-edits.ts';

const uri = 'file:///design.sysd';

/** The text after a fix that sets properties (`name: value`) of an element. */
function set(text: string, on: string, ...properties: readonly string[]): string {
  const edits = properties.map((p) => {
    const [property = '', value = ''] = p.split(': ');
    return { kind: 'set-property' as const, on, property, value };
  });
  const { design } = lowerText(text);
  return applyTextEdits(
    text,
    uri,
    textEditsOf({ title: '', edits }, design, () => text),
  );
}

it.each([
  ['service a', 'service a { cores: 4 }'],
  ['service a // why', 'service a { cores: 4 } // why'],
  ['service a {}', 'service a { cores: 4 }'],
  ['service a { cores: 2 source "x" }', 'service a { cores: 4 source "x" }'],
  ['service a { replicas: 2 }', 'service a { replicas: 2, cores: 4 }'],
  ['service a { replicas: 2, }', 'service a { replicas: 2, cores: 4 }'],
  ['service a { replicas: 2 ; }', 'service a { replicas: 2, cores: 4 }'],
  ['service a { // why\n  replicas: 2\n}', 'service a { // why\n  cores: 4\n  replicas: 2\n}'],
  ['service a {\r\n\treplicas: 2\r\n}\r\n', 'service a {\r\n\tcores: 4\r\n\treplicas: 2\r\n}\r\n'],
  ['service a\n{\n}', 'service a\n{\n  cores: 4\n}'],
  ['group g { service a }', 'group g { service a { cores: 4 } }'],
])('sets a property in the author’s layout: %j', (text, expected) => {
  expect(set(text, 'a', 'cores: 4')).toBe(expected);
});

it('sets several at once, and changes nothing where the body is not closed', () => {
  expect(set('service a', 'a', 'cores: 4', 'replicas: 2')).toBe('service a { cores: 4, replicas: 2 }');
  expect(set('service a {\n', 'a', 'cores: 4')).toBe('service a {\n');
});

it('describes a connection that only steps make above the first flow that uses it', () => {
  const parts = 'client u\nservice a\n';
  const flow = '/// Why.\nflow F from u at 1/s { u -> a }\n';
  expect(set(`${parts}${flow}`, 'u->a', 'timeout: 1 s')).toBe(`${parts}u -> a { timeout: 1 s }\n\n${flow}`);
});
