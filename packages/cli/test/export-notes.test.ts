import { exportCompose } from '@sysd/export';
import { lowerText } from '@sysd/language';
import { allExplanations } from '@sysd/rules';
import { describe, expect, it } from 'vitest';

const notes = (text: string): string[] => {
  const { design, diagnostics } = lowerText(text);
  expect(diagnostics.filter((d) => d.severity === 'error')).toEqual([]);
  return exportCompose(design, { standin: '' }).diagnostics.map((d) => d.rule);
};

describe('what an export says of its limits', () => {
  it.each(allExplanations().filter((e) => e.category === 'export'))('$id is documented by examples that show it', ({ id, docs }) => {
    for (const { text } of docs.avoid) expect(notes(text)).toContain(id);
    for (const { text } of docs.prefer) expect(notes(text)).not.toContain(id);
  });
});
