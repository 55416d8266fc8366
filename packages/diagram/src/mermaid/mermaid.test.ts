import { expect, test } from 'vitest';
import { overview } from '../model/overview.ts';
import { empty, everyKind, feed, nasty, type Sample } from '../testing/samples.ts';
import { mermaid } from './mermaid.ts';

const drawn = ({ design, traffic, findings }: Sample) => mermaid(overview(design, { traffic, findings })) ?? '';

test('every card, frame and edge of the overview stands in it', () => {
  const { design, traffic } = feed();
  const model = overview(design, { traffic });
  const lines = (mermaid(model) ?? '').split('\n');
  expect(lines[0]).toBe('flowchart LR');
  expect(lines.filter((l) => /^ +n\d+[([{]/.test(l))).toHaveLength(model.nodes.length);
  expect(lines.filter((l) => / (-->|-\.->|-\.-)/.test(l))).toHaveLength(model.edges.length);
  expect(lines.filter((l) => /^ +subgraph /.test(l))).toHaveLength(model.frames.length);
  expect(lines.filter((l) => /^ +end$/.test(l))).toHaveLength(model.frames.length);
  expect(lines.join('\n')).toContain('[("timelines<br/>Redis 96 × 3")]');
});

test.each([
  ['nasty', nasty],
  ['everyKind', everyKind],
  ['empty', empty],
])('%s: no text of the author is syntax', (_, sample) => {
  const [head, ...lines] = drawn(sample()).split('\n');
  expect(head).toBe('flowchart LR');
  const quoted = /"(?:[\p{L}\p{M}\p{N} ,()/×·–.%-]|#\d+;|<br\/>)+"/gu;
  for (const line of lines)
    expect(line.replaceAll(quoted, '""')).toMatch(/^ +(n\d+[([{]+""[)\]}]+|subgraph g\d+\[""\]|end|n\d+ -[-.]+>?(\|""\|)? n\d+)$/);
});

test('what Mermaid would refuse is not written', () => {
  const { design, traffic } = feed();
  const model = overview(design, { traffic });
  const many = (count: number) => ({ ...model, edges: Array.from({ length: count }, () => model.edges[0]!) });
  expect(mermaid(many(500))).toBeDefined();
  expect(mermaid(many(501))).toBeUndefined();
  expect(mermaid({ ...model, nodes: model.nodes.map((n) => ({ ...n, name: 'x'.repeat(5_000) })) })).toBeUndefined();
});
