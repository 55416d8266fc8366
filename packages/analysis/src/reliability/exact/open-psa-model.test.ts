import { expect, it } from 'vitest';
import { scramInstalled, scramReport } from '../../../test/scram.ts';
import { BooleanDagBuilder } from './boolean-dag.ts';
import { eventsWithoutValue, openPsaModel } from './open-psa-model.ts';

function tree(name: string, ids: readonly string[], q: readonly (number | undefined)[]) {
  const b = new BooleanDagBuilder();
  const nodes = ids.map((id) => b.event({ id, class: 0, element: id, label: id }));
  return { name, title: `${name} fails`, dag: b.build(b.or(nodes)), q };
}

const model = () =>
  openPsaModel([
    tree('Buy', ['instance:api@us.a#1', 'zone:us.a'], [0.1, 0.01]),
    tree('buy', ['zone:us.a', 'instance:api@us-a-1', '99'], [0.01, 0.2, undefined]),
  ]);

it('one definition for an event however many trees it stands in, under unique names that the format allows', () => {
  const text = model();
  expect(text.match(/<label>zone:us\.a<\/label>/g)).toHaveLength(1);
  const names = [...text.matchAll(/define-(?:basic-event|gate|fault-tree) name="([^"]*)"/g)].map((m) => (m[1] as string).toLowerCase());
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z_][a-z0-9_]*(-[a-z0-9_]+)*$/);
  expect(text).toContain('<define-gate name="Buy-fails"><label>Buy fails</label>');
});

it('an event without a probability has no expression, and is named', () => {
  const t = tree('F', ['a', 'b'], [undefined, 0.5]);
  expect(eventsWithoutValue(t)).toEqual(['a']);
  expect(openPsaModel([t])).toContain('<define-basic-event name="a"><label>a</label></define-basic-event>');
});

(scramInstalled ? it : it.skip)('SCRAM reads it: sets of every tree; probabilities only where all are known', () => {
  expect(scramReport(model(), []).match(/<product /g)).toHaveLength(5);
  expect(() => scramReport(model(), ['--probability', '1'])).toThrow(/expression/);
  const known = openPsaModel([tree('A', ['x', 'y'], [0.1, 0.2]), tree('B', ['y', 'z'], [0.2, 0.5])]);
  const found = [...scramReport(known, ['--probability', '1']).matchAll(/<sum-of-products name="([^"]*)"[^>]*probability="([^"]*)"/g)];
  expect(found.map((m) => [m[1], Number(m[2])])).toEqual([
    ['A-fails', 0.28],
    ['B-fails', 0.6],
  ]);
});
