import { describe, expect, it } from 'vitest';
import { lowerText } from '../lower-text.ts';

const text = (slo: string) => `system S
client users { daily-active: 1M }
service api
flow F from users at 1/s {
  users -> api
  slo: ${slo}
}
`;

describe('an objective of the wrong direction', () => {
  it.each([['p99 >= 200ms'], ['completion p50 >= 2 s'], ['rto >= 15 min'], ['availability >= 99%, p95 >= 1 s']])(
    '%s is turned round by its fix, and is none as it stands',
    (slo) => {
      const { design, diagnostics } = lowerText(text(slo));
      expect(design.flows.get('F')?.objectives).toHaveLength(slo.split(',').length - 1);
      const edit = diagnostics[0]?.fixes?.[0]?.edits[0];
      if (edit?.kind !== 'replace') throw new Error('no fix');
      const source = text(slo);
      const [from, to] = [edit.span.block.offset + edit.span.start, edit.span.block.offset + edit.span.end];
      expect(source.slice(from, to)).toBe('>=');
      expect(edit.text).toBe('<=');
      expect(lowerText(source.slice(0, from) + edit.text + source.slice(to)).diagnostics).toEqual([]);
    },
  );
});
